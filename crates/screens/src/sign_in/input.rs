//! What she types, pastes or lets the phone fill in, read into what can be sent.

use crate::format;

/// Digits of a one-time code.
pub(super) const CODE_LENGTH: usize = 6;
/// The longest number of E.164, digits.
const LONGEST: usize = 15;

/// What the phone's input holds after `typed`, having held `before`.
///
/// Groups are put in only while she types at the end or pastes into an empty field: a shell that writes another value
/// into an input moves the caret to its end, which in the middle of a correction is the wrong place.
pub(crate) fn phone_typed(before: &str, typed: &str) -> String {
    let narrow = narrow(typed);
    if narrow.starts_with(before) { phone_grouped(&narrow) } else { narrow }
}

/// In groups, if it is, or may become, a mainland Chinese number; as it is otherwise.
pub(crate) fn phone_grouped(text: &str) -> String {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let text = text.trim();
    if let Some(rest) = text.strip_prefix('+') {
        return match digits.strip_prefix("86") {
            Some(national) if rest.starts_with("86") && !national.is_empty() && national.len() <= 11 => {
                let mut grouped = String::from("+86 ");
                grouped.push_str(&format::phone(national));
                grouped
            }
            _ => text.to_owned(),
        };
    }
    let plain = text.chars().all(|c| c.is_ascii_digit() || c == ' ' || c == '-');
    if plain && digits.len() <= 11 { format::phone(&digits) } else { text.to_owned() }
}

/// The number as it is sent: a mainland mobile number of 11 digits, or E.164 with its plus. `None` if it is neither.
pub(crate) fn phone_to_send(text: &str) -> Option<String> {
    let text = narrow(text);
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    if text.chars().any(|c| !(c.is_ascii_digit() || matches!(c, '+' | ' ' | '-' | '(' | ')' | '.'))) {
        return None;
    }
    match text.trim().strip_prefix('+') {
        Some(rest) if rest.contains('+') => None,
        Some(_) => {
            let good = match digits.strip_prefix("86") {
                Some(national) => is_mobile(national),
                None => (8..=LONGEST).contains(&digits.len()) && !digits.starts_with('0'),
            };
            good.then(|| {
                let mut number = String::from("+");
                number.push_str(&digits);
                number
            })
        }
        None => (is_mobile(&digits) && !text.contains('+')).then_some(digits),
    }
}

fn is_mobile(digits: &str) -> bool {
    matches!(digits.as_bytes(), [b'1', b'3'..=b'9', ..] if digits.len() == 11)
}

/// The digits of the code in `text`, six at most. In a whole message it is the first run of exactly six digits.
pub(super) fn code_typed(text: &str) -> String {
    let text = narrow(text);
    let run = text.split(|c: char| !c.is_ascii_digit()).find(|run| run.len() == CODE_LENGTH);
    match run {
        Some(run) => run.to_owned(),
        None => text.chars().filter(char::is_ascii_digit).take(CODE_LENGTH).collect(),
    }
}

/// Full-width digits, plus and space, as a Chinese keyboard may give them, made ASCII.
fn narrow(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '０'..='９' | '＋' | '－' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
            '\u{3000}' | '\u{a0}' => ' ',
            other => other,
        })
        .collect()
}
