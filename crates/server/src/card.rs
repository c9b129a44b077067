//! What the counter scans: the card's number and six digits that change, so that a screenshot is soon worthless.

use chrono::{DateTime, Utc};

use crate::code::mac;

/// Seconds for which a token is shown.
const SLOT: i64 = 30;

/// A token and for how long it is good.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// The card's number and six digits.
    pub text: String,
    /// Seconds, at least one.
    pub valid_for: u32,
}

/// The token of a card at an instant.
pub fn token(secret: &[u8], card_number: &str, now: DateTime<Utc>) -> Token {
    let seconds = now.timestamp();
    let slot = seconds.div_euclid(SLOT);
    let digest = mac(secret, &[b"card token", card_number.as_bytes(), &slot.to_be_bytes()]);
    let [a, b, c, d, ..] = digest;
    let code = u32::from_be_bytes([a, b, c, d]) % 1_000_000;
    let left = SLOT - seconds.rem_euclid(SLOT);
    Token { text: format!("{card_number}{code:06}"), valid_for: u32::try_from(left).unwrap_or(1) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_changes_with_its_slot_and_says_how_long_it_lasts() {
        let at = |seconds: i64| {
            token(b"secret", "004200000017", DateTime::from_timestamp(1_800_000_000 + seconds, 0).unwrap())
        };
        assert_eq!(at(0).text, at(29).text);
        assert_ne!(at(0).text, at(30).text);
        assert_eq!((at(0).valid_for, at(29).valid_for, at(30).valid_for), (30, 1, 30));
        assert!(at(0).text.starts_with("004200000017") && at(0).text.len() == 18);
        assert_ne!(
            at(0).text,
            token(b"other", "004200000017", DateTime::from_timestamp(1_800_000_000, 0).unwrap()).text
        );
    }
}
