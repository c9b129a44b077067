//! The three functions that JavaScript sees.
//!
//! JavaScript writes into a buffer of ours and reads from another: no ownership crosses the door, so a wrong length can't free what is in use.
#![allow(unsafe_code, reason = "`no_mangle` is all that is unsafe here")]

use core::cell::RefCell;

use crate::App;

#[derive(Default)]
struct Door {
    app: App,
    request: Vec<u8>,
    answer: Vec<u8>,
}

thread_local! {
    static DOOR: RefCell<Door> = RefCell::default();
}

/// Room for a request of `length` bytes; good until the next call of any of the three.
#[unsafe(no_mangle)]
extern "C" fn core_alloc(length: usize) -> *mut u8 {
    DOOR.with_borrow_mut(|door| {
        door.request.clear();
        door.request.resize(length, 0);
        door.request.as_mut_ptr()
    })
}

/// Answers the first `length` bytes of that room. What is pointed to: the answer's length in bytes, 32 bits, little-endian, and the answer, UTF-8.
#[unsafe(no_mangle)]
extern "C" fn core_call(length: usize) -> *const u8 {
    DOOR.with_borrow_mut(|door| {
        let Door { app, request, answer } = door;
        let text = request.get(..length).map(String::from_utf8_lossy).unwrap_or_default();
        let said = crate::call(app, &text);
        answer.clear();
        answer.extend_from_slice(&u32::try_from(said.len()).unwrap_or_default().to_le_bytes());
        answer.extend_from_slice(said.as_bytes());
        answer.as_ptr()
    })
}

/// The request and its answer have been read: gives back their memory.
#[unsafe(no_mangle)]
extern "C" fn core_free() {
    DOOR.with_borrow_mut(|door| {
        door.request = Vec::new();
        door.answer = Vec::new();
    });
}
