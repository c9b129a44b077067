//! Phone numbers, parsed once at the edge.

use core::fmt;

/// A phone number in E.164. It has no `Display` on purpose: the only way out is [`Phone::expose`], so that a number does not slip into a log.
#[derive(Clone, PartialEq, Eq)]
pub struct Phone(String);

/// The country of the programme. One so far; a programme in another country would bring its own.
const COUNTRY: &str = "86";

impl Phone {
    /// Reads E.164, `00` in place of `+`, or a national mobile number; spaces, hyphens, brackets and full-width digits
    /// are fine. `None` for what can't be a number.
    pub fn parse(text: &str) -> Option<Self> {
        let mut digits = String::with_capacity(16);
        let mut international = false;
        for character in text.trim().chars() {
            match character {
                '0'..='9' => digits.push(character),
                // Full-width digits stand in the order of the ASCII ones.
                '０'..='９' => digits.push(char::from_digit(u32::from(character) - u32::from('０'), 10)?),
                '+' | '＋' if digits.is_empty() && !international => international = true,
                ' ' | '\u{a0}' | '\u{3000}' | '-' | '－' | '(' | ')' | '（' | '）' | '.' => {}
                _ => return None,
            }
            if digits.len() > 17 {
                return None;
            }
        }
        let number = if international {
            digits
        } else if let Some(rest) = digits.strip_prefix("00") {
            rest.to_owned()
        } else if is_mobile(&digits) {
            format!("{COUNTRY}{digits}")
        } else if digits.strip_prefix(COUNTRY).is_some_and(is_mobile) {
            digits
        } else {
            return None;
        };
        let plausible = match number.strip_prefix(COUNTRY) {
            Some(national) => is_mobile(national),
            None => (8..=15).contains(&number.len()) && !number.starts_with('0'),
        };
        plausible.then(|| Self(format!("+{number}")))
    }

    /// E.164, for the database and the gateway.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

/// A stored number (E.164), with its middle hidden.
pub fn mask(number: &str) -> String {
    let (country, national) = match number.strip_prefix("+86") {
        Some(national) => ("+86 ", national),
        None => number.split_at_checked(2).unwrap_or((number, "")),
    };
    let shown = national.len().min(7);
    let (front, back) = (shown.saturating_sub(4), shown.min(4));
    match (national.get(..front), national.get(national.len().saturating_sub(back)..)) {
        (Some(front), Some(back)) => format!("{country}{front}****{back}"),
        _ => "****".to_owned(),
    }
}

impl fmt::Debug for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Phone(…)")
    }
}

fn is_mobile(national: &str) -> bool {
    national.len() == 11 && national.starts_with('1') && !national.starts_with("10") && !national.starts_with("11")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_number_has_many_spellings() {
        for text in [
            "+8613800000001",
            "13800000001",
            "138 0000 0001",
            "138-0000-0001",
            "+86 (138) 0000 0001",
            "008613800000001",
            "8613800000001",
            "１３８０００００００１",
            "＋８６　138 0000 0001",
        ] {
            assert_eq!(
                Phone::parse(text).map(|phone| phone.expose().to_owned()).as_deref(),
                Some("+8613800000001"),
                "{text}"
            );
        }
        assert_eq!(
            Phone::parse("+44 20 7946 0000").map(|phone| phone.expose().to_owned()).as_deref(),
            Some("+442079460000")
        );
    }

    #[test]
    fn what_can_be_no_number_is_refused() {
        for text in [
            "",
            "+",
            "138",
            "1380000000a",
            "138000000011",
            "+86138000000",
            "10000000000",
            "+0123456789",
            "++8613800000001",
            "'; --",
        ] {
            assert_eq!(Phone::parse(text), None, "{text}");
        }
        assert_eq!(Phone::parse(&"1".repeat(10_000)), None);
    }

    #[test]
    fn a_masked_number_hides_its_middle() {
        assert_eq!(mask("+8613800000001"), "+86 138****0001");
        assert!(!mask("+442079460000").contains("7946"));
        assert!(!format!("{:?}", Phone::parse("13800000001")).contains("138"));
    }
}
