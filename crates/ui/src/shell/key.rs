//! `Effect::MakeKey`: a fresh random UUID.

use leptos::prelude::*;
use screens::effect::key_of;

/// A UUIDv4. Not `crypto.randomUUID`, which older WebViews and plain-http hosts lack.
pub(super) fn make() -> String {
    let mut bytes = [0_u8; 16];
    if let Ok(crypto) = window().crypto() {
        // It fails only for more than 65,536 bytes.
        let _ = crypto.get_random_values_with_u8_array(&mut bytes);
    }
    key_of(bytes)
}
