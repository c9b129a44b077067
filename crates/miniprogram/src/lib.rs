//! The mini-program's core: the members' screens behind three functions and JSON.
//!
//! WeChat's WebAssembly has no wasm-bindgen, no fetch and no clock, so the core imports nothing: a request goes in
//! ([`protocol::Request`]), pages to draw and effects to run come out ([`protocol::Answer`]), and what came of an effect goes in as the next
//! request. Whatever goes in, something readable comes out: bad input is a typed error and changes nothing.

mod app;
mod clock;
#[cfg(target_arch = "wasm32")]
mod door;
mod effects;
mod open;
mod page;
mod places;
pub mod protocol;
mod session;

pub use app::App;

/// Takes a request as JSON text, and answers as JSON text.
pub fn call(app: &mut App, request: &str) -> String {
    let answer = match serde_json::from_str(request) {
        Ok(request) => app.hear(request),
        Err(error) => Err(protocol::Refusal::malformed(&error)),
    };
    let answer = match answer {
        Ok(answer) => protocol::Outcome::Ok(answer),
        Err(refusal) => protocol::Outcome::Err(refusal),
    };
    // Nothing in an answer can fail to be written; if it ever did, the caller would still get its typed error.
    serde_json::to_string(&answer).unwrap_or_else(|_| UNWRITABLE.to_owned())
}

const UNWRITABLE: &str = r#"{"err":{"code":"unwritable","detail":""}}"#;
