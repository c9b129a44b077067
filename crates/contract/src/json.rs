//! The one place that knows which JSON library is linked.
//!
//! In a browser (feature `browser`) the text goes through the browser's own parser, everywhere else through serde_json.

#[cfg(feature = "browser")]
mod parsed;

use serde::{Serialize, de::DeserializeOwned};

/// The text is not JSON of the wanted shape. What was wrong is dropped on purpose: a member can't act on it, and
/// serde's messages cost a phone bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Garbled;

impl core::fmt::Display for Garbled {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("garbled")
    }
}

impl std::error::Error for Garbled {}

/// Reads a value from JSON text.
///
/// # Errors
/// [`Garbled`] if the text is not JSON or not of this shape.
#[cfg(not(feature = "browser"))]
pub fn decode<T: DeserializeOwned>(text: &str) -> Result<T, Garbled> {
    serde_json::from_str(text).map_err(|_| Garbled)
}

/// Reads a value from JSON text.
///
/// # Errors
/// [`Garbled`] if the text is not JSON or not of this shape.
#[cfg(feature = "browser")]
pub fn decode<T: DeserializeOwned>(text: &str) -> Result<T, Garbled> {
    let value = js_sys::JSON::parse(text).map_err(|_| Garbled)?;
    T::deserialize(parsed::Parsed(value))
}

/// Writes a value as JSON text.
///
/// # Errors
/// [`Garbled`] if the value can't be written as JSON; no type of this contract is such a value.
#[cfg(not(feature = "browser"))]
pub fn encode<T: Serialize>(value: &T) -> Result<String, Garbled> {
    serde_json::to_string(value).map_err(|_| Garbled)
}

/// Writes a value as JSON text.
///
/// # Errors
/// [`Garbled`] if the value can't be written as JSON; no type of this contract is such a value.
#[cfg(feature = "browser")]
pub fn encode<T: Serialize>(value: &T) -> Result<String, Garbled> {
    let value = value.serialize(&serde_wasm_bindgen::Serializer::json_compatible()).map_err(|_| Garbled)?;
    js_sys::JSON::stringify(&value).map(String::from).map_err(|_| Garbled)
}
