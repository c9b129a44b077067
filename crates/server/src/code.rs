//! One-time codes: drawn, hashed, and compared.

use chrono::TimeDelta;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::entropy::{self, Entropy, Exhausted};

/// How long a code is good.
pub const LIFE: TimeDelta = TimeDelta::minutes(5);
/// How many tries a challenge takes, the right one included.
pub const TRIES: u32 = 5;
const DIGITS: u32 = 6;

/// Six digits.
pub fn draw(entropy: &dyn Entropy) -> Result<String, Exhausted> {
    entropy::digits(entropy, DIGITS)
}

/// What of a typed code is a code: six digits, full-width ones and spaces between them are fine. `None` for anything else.
pub fn parse(text: &str) -> Option<String> {
    let digits: Option<String> = text
        .chars()
        .filter(|character| !character.is_whitespace() && *character != '-')
        .take(DIGITS as usize + 1)
        .map(|character| match character {
            '0'..='9' => Some(character),
            '０'..='９' => char::from_digit(u32::from(character) - u32::from('０'), 10),
            _ => None,
        })
        .collect();
    digits.filter(|digits| digits.len() == DIGITS as usize)
}

/// What is stored of a code: keyed, because a million candidates are quickly tried, and bound to its challenge.
pub fn hash(secret: &[u8], challenge_id: &str, code: &str) -> String {
    hex(&mac(secret, &[b"one-time code", challenge_id.as_bytes(), code.as_bytes()]))
}

/// HMAC-SHA256 over the parts, each ended by a zero byte so that no two lists of parts read the same.
pub fn mac(secret: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    // HMAC takes keys of any length, so this never is an error.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret) else { return [0; 32] };
    for part in parts {
        mac.update(part);
        mac.update(&[0]);
    }
    mac.finalize().into_bytes().into()
}

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        text.push(char::from(DIGITS[usize::from(byte >> 4)]));
        text.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_six_digits_however_they_are_typed() {
        for text in ["012345", " 012 345 ", "０１２３４５", "012-345"] {
            assert_eq!(parse(text).as_deref(), Some("012345"), "{text}");
        }
        for text in ["", "01234", "0123456", "01234a", "٠١٢٣٤٥"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_hash_is_bound_to_secret_challenge_and_code() {
        let base = hash(b"s", "c", "012345");
        assert_eq!(base.len(), 64);
        for other in [hash(b"t", "c", "012345"), hash(b"s", "d", "012345"), hash(b"s", "c", "012346")] {
            assert_ne!(base, other);
        }
    }
}
