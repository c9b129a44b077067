//! Pick-up codes: made, read however they are typed or scanned, and hashed.
//!
//! A code is derived from the server's secret and not stored: a copy of the database opens no pass. 30⁹ of them are a little
//! more than 44 bits, and only few may be tried.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use subtle::ConstantTimeEq;
use uuid::Uuid;

use crate::code::{hex, mac};

/// No 0, O, 1, I, L and no U, which reads like V.
const ALPHABET: &[u8; 30] = b"23456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH: usize = 9;
/// What a QR code begins with: what it is, and how it is made.
const SCHEME: &str = "SY1";
/// 128 bits of a signature are as good as all of them, and make a coarser QR code that scans from a worn screen.
const SIGNATURE: usize = 16;

/// A pick-up code, as far as it can be one. No `Debug`: it must not reach a log.
#[derive(Clone, PartialEq, Eq)]
pub struct PickupCode(String);

impl PickupCode {
    /// The code of a reservation that was made ready for the `number`th time.
    pub fn derive(secret: &[u8], reservation: Uuid, number: i64) -> Self {
        let hash = mac(secret, &[b"pickup", reservation.as_bytes(), &number.to_be_bytes()]);
        // 128 bits over 30⁹ codes: none is preferred by more than one in 2⁸³.
        let mut left = hash.iter().take(16).fold(0_u128, |number, byte| (number << 8) | u128::from(*byte));
        let mut code = String::with_capacity(LENGTH);
        for _ in 0..LENGTH {
            let digit = usize::try_from(left % 30).unwrap_or_default();
            code.push(char::from(ALPHABET[digit]));
            left /= 30;
        }
        Self(code)
    }

    /// Reads what was typed (small letters, spaces, hyphens and full-width characters are fine) or scanned: then the
    /// signature has to be ours. `None` for what can't be a code.
    pub fn parse(secret: &[u8], text: &str) -> Option<Self> {
        let text = text.trim();
        if let Some(rest) = text.strip_prefix(SCHEME).and_then(|rest| rest.strip_prefix('.')) {
            let (code, signature) = rest.split_once('.')?;
            let code = Self::typed(code)?;
            let ours = code.signature(secret);
            return bool::from(ours.as_bytes().ct_eq(signature.as_bytes())).then_some(code);
        }
        Self::typed(text)
    }

    fn typed(text: &str) -> Option<Self> {
        let mut code = String::with_capacity(LENGTH);
        for character in text.chars().filter(|character| !character.is_whitespace() && !"-－·".contains(*character)) {
            let plain = match character {
                // The full-width forms of ASCII stand in its order.
                '！'..='～' => char::from_u32(u32::from(character) - 0xfee0)?,
                other => other,
            };
            let plain = plain.to_ascii_uppercase();
            let known = u8::try_from(plain).is_ok_and(|plain| ALPHABET.contains(&plain));
            if !known || code.len() == LENGTH {
                return None;
            }
            code.push(plain);
        }
        (code.len() == LENGTH).then_some(Self(code))
    }

    /// What she reads out.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// The contents of the QR code.
    pub fn qr(&self, secret: &[u8]) -> String {
        format!("{SCHEME}.{}.{}", self.0, self.signature(secret))
    }

    /// What is stored of it.
    pub fn hash(&self, secret: &[u8]) -> String {
        hex(&mac(secret, &[b"pickup look-up", self.0.as_bytes()]))
    }

    fn signature(&self, secret: &[u8]) -> String {
        let signature = mac(secret, &[b"pickup qr", SCHEME.as_bytes(), self.0.as_bytes()]);
        URL_SAFE_NO_PAD.encode(signature.get(..SIGNATURE).unwrap_or(&signature))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &[u8] = b"a secret";

    fn parsed(text: &str) -> Option<String> {
        PickupCode::parse(SECRET, text).map(|code| code.0)
    }

    #[test]
    fn a_code_is_read_however_it_is_typed() {
        let code = PickupCode::derive(SECRET, Uuid::from_u128(7), 1);
        let text = code.expose();
        assert_eq!(text.len(), 9);
        let grouped = format!(" {} {}-{} ", &text[..3], &text[3..6], &text[6..]).to_lowercase();
        let wide: String = text.chars().map(|c| char::from_u32(u32::from(c) + 0xfee0).unwrap()).collect();
        for typed in [text, &grouped, &wide] {
            assert_eq!(parsed(typed).as_deref(), Some(text), "{typed}");
        }
        for wrong in ["", "23456789", "23456789AB", "0123456789", "23456789O", "23456789é", "SY1", "SY1.23456789A"] {
            assert_eq!(parsed(wrong), None, "{wrong}");
        }
        assert_eq!(parsed(&"2".repeat(100_000)), None);
    }

    #[test]
    fn a_scanned_code_is_signed() {
        let code = PickupCode::derive(SECRET, Uuid::from_u128(7), 1);
        let qr = code.qr(SECRET);
        assert_eq!(parsed(&qr).as_deref(), Some(code.expose()));
        assert!(PickupCode::parse(b"another secret", &qr).is_none());
        let other = PickupCode::derive(SECRET, Uuid::from_u128(7), 2);
        assert!(parsed(&qr.replace(code.expose(), other.expose())).is_none());
        assert!(parsed(&format!("{qr}x")).is_none());
    }

    #[test]
    fn every_time_it_is_ready_there_is_another_code() {
        let code = |secret: &[u8], reservation, number| {
            PickupCode::derive(secret, Uuid::from_u128(reservation), number).expose().to_owned()
        };
        let base = code(SECRET, 7, 1);
        assert_eq!(base, code(SECRET, 7, 1));
        for other in [code(SECRET, 7, 2), code(SECRET, 8, 1), code(b"another secret", 7, 1)] {
            assert_ne!(base, other);
        }
        let all: std::collections::HashSet<String> = (0..2_000).map(|number| code(SECRET, 7, number)).collect();
        assert_eq!(all.len(), 2_000);
        for letter in ALPHABET {
            assert!(all.iter().any(|code| code.as_bytes().contains(letter)));
        }
    }
}
