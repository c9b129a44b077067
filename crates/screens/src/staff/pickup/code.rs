//! What is typed or scanned off a pass, read into what can be sent. A slip of the finger is noticed here: on the server it
//! would count as a wrong try.

use crate::format;

/// Letters and digits of a code.
const LENGTH: usize = 9;
/// None of them reads like another: no 0 and O, no 1, I and L, no U beside V.
const ALPHABET: &str = "23456789ABCDEFGHJKMNPQRSTVWXYZ";
/// What a pass's QR code begins with. Of what follows case counts.
const QR: &str = "SY1.";

/// Why there is no code yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hitch {
    /// Nothing was typed.
    Empty,
    /// Fewer than nine, or more.
    Length,
    /// Something that is in no code.
    Letter,
    /// What was scanned is no pass.
    NoPass,
    /// The camera may not be used.
    Forbidden,
    /// There is no camera.
    NoCamera,
}

/// What the input holds after `typed`, having held `before`: in groups while it is typed at the end, for whoever compares it
/// with what she reads out. Elsewhere it is left alone, or the caret would jump.
pub(super) fn while_typing(before: &str, typed: &str) -> String {
    if typed.trim_start().starts_with(QR) || !typed.starts_with(before) {
        return typed.to_owned();
    }
    format::spoken_code(&plain(typed))
}

/// What to send of what was typed; a scanner that types gives a whole QR code.
pub(super) fn typed(text: &str) -> Result<String, Hitch> {
    let text = text.trim();
    if text.starts_with(QR) {
        return Ok(text.to_owned());
    }
    let code = plain(text);
    if code.is_empty() {
        Err(Hitch::Empty)
    } else if !code.chars().all(|c| ALPHABET.contains(c)) {
        Err(Hitch::Letter)
    } else if code.len() != LENGTH {
        Err(Hitch::Length)
    } else {
        Ok(code)
    }
}

/// What to send of what the camera read.
pub(super) fn scanned(text: &str) -> Result<String, Hitch> {
    typed(text).map_err(|_| Hitch::NoPass)
}

/// Capital letters, without spaces and hyphens, and without a keyboard's full-width forms.
fn plain(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '－' | '·'))
        .map(|c| match c {
            '！'..='～' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
            other => other,
        })
        .map(|c| c.to_ascii_uppercase())
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_code_is_read_however_it_is_typed() {
        for text in ["K7M2QX9RT", "k7m 2qx 9rt", " K7M-2QX-9RT ", "Ｋ７Ｍ２ＱＸ９ＲＴ", "k7m\u{3000}2qx9rt"] {
            assert_eq!(typed(text).as_deref(), Ok("K7M2QX9RT"), "{text}");
        }
        assert_eq!(typed(" SY1.K7M2QX9RT.aB-_9 \n").as_deref(), Ok("SY1.K7M2QX9RT.aB-_9"));
        for (text, hitch) in [
            ("", Hitch::Empty),
            (" - ", Hitch::Empty),
            ("K7M2QX9R", Hitch::Length),
            ("K7M2QX9RT2", Hitch::Length),
            ("K7M2QX9R0", Hitch::Letter),
            ("K7M2QX9RO", Hitch::Letter),
            ("sy1", Hitch::Letter),
            ("取货码", Hitch::Letter),
        ] {
            assert_eq!(typed(text), Err(hitch), "{text}");
        }
        assert_eq!(scanned("6901234567892"), Err(Hitch::NoPass));
    }

    #[test]
    fn it_is_grouped_while_it_is_typed_at_the_end() {
        assert_eq!(while_typing("", "k7m2"), "K7M 2");
        assert_eq!(while_typing("K7M", "K7M2"), "K7M 2");
        assert_eq!(while_typing("K7M 2QX", "K7 2QX"), "K7 2QX", "corrected in the middle");
        assert_eq!(while_typing("", "SY1.K7M2QX9RT.aB"), "SY1.K7M2QX9RT.aB");
        assert_eq!(while_typing("SY1", "SY1."), "SY1.");
    }

    proptest! {
        #[test]
        fn what_is_sent_is_a_code_or_a_scanned_pass(text in ".*") {
            if let Ok(code) = typed(&text) {
                prop_assert!(code.starts_with(QR) || code.len() == LENGTH);
            }
        }

        #[test]
        fn grouping_loses_nothing(code in "[2-9A-HJKMNP-TV-Z]{0,9}") {
            prop_assert_eq!(plain(&while_typing("", &code)), code);
        }
    }
}
