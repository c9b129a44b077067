//! The unit in the clerk's hand: what its barcode says, read by the camera, by a scanner that types, or typed in.

use catalogue::text::staff_unit as words;

use crate::effect::Scanned;
use crate::env::Env;
use crate::view::{Alert, Field, Submit};

/// The id of the barcode's input.
pub const UNIT: &str = "unit";

/// Digits of an EAN-13.
const LENGTH: usize = 13;

/// What has been read or typed so far.
#[derive(Debug, Default)]
pub(crate) struct Unit {
    typed: String,
    /// The camera is open.
    scanning: bool,
    hitch: Option<Hitch>,
}

/// Why there is no barcode yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Hitch {
    /// Nothing was typed.
    Empty,
    /// What was typed is no EAN-13.
    Mistyped,
    /// What was read is no EAN-13: a pass, or another kind of label.
    OtherCode,
    /// The camera may not be used.
    Forbidden,
    /// There is no camera.
    NoCamera,
}

/// The unit's barcode is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitView {
    /// Opens the camera.
    pub scan: Submit,
    /// `inputmode="numeric"`; a scanner that types ends with Enter, which submits.
    pub field: Field,
    /// With what was typed.
    pub submit: Submit,
    /// Why the camera did not help.
    pub alert: Option<Alert>,
}

impl Unit {
    /// The input now holds this.
    pub fn typed(&mut self, text: String) {
        self.typed = text;
        self.hitch = None;
    }

    /// Whether to open the camera now: it is opened once.
    pub fn scan(&mut self) -> bool {
        self.hitch = None;
        !core::mem::replace(&mut self.scanning, true)
    }

    /// What came of the camera: a barcode, if that is what it was shown.
    pub fn scanned(&mut self, scanned: &Scanned) -> Option<String> {
        self.scanning = false;
        let (barcode, hitch) = match scanned {
            Scanned::Read(text) => (barcode(text), Some(Hitch::OtherCode)),
            Scanned::Closed => (None, None),
            Scanned::Forbidden => (None, Some(Hitch::Forbidden)),
            Scanned::Unavailable => (None, Some(Hitch::NoCamera)),
        };
        self.hitch = if barcode.is_some() { None } else { hitch };
        if let Some(barcode) = &barcode {
            self.typed.clone_from(barcode);
        }
        barcode
    }

    /// What was typed, if it is a barcode.
    pub fn submit(&mut self) -> Option<String> {
        let barcode = barcode(&self.typed);
        self.hitch = match &barcode {
            Some(_) => None,
            None if self.typed.trim().is_empty() => Some(Hitch::Empty),
            None => Some(Hitch::Mistyped),
        };
        barcode
    }

    /// As a view. `busy`: what was read is on its way, and nothing else is taken.
    pub fn view(&self, submit: &str, busy: bool, env: &Env) -> UnitView {
        let locale = env.locale;
        let error = match self.hitch {
            Some(Hitch::Empty) => Some(words::empty(locale)),
            Some(Hitch::Mistyped) => Some(words::mistyped(locale)),
            _ => None,
        };
        let alert = match self.hitch {
            Some(Hitch::OtherCode) => Some((words::other_code_title(locale), words::other_code_detail(locale))),
            Some(Hitch::Forbidden) => Some((words::forbidden_title(locale), words::forbidden_detail(locale))),
            Some(Hitch::NoCamera) => Some((words::no_camera_title(locale), words::no_camera_detail(locale))),
            _ => None,
        };
        UnitView {
            scan: Submit { label: words::scan(locale).to_owned(), can_submit: !busy && !self.scanning, busy: false },
            field: Field::new(UNIT, words::barcode(locale), &self.typed)
                .hint(words::barcode_hint(locale))
                .error(error.map(str::to_owned)),
            submit: Submit { label: submit.to_owned(), can_submit: !busy, busy },
            alert: alert.map(|(title, detail)| Alert { title: title.to_owned(), detail: detail.to_owned() }),
        }
    }
}

/// The EAN-13 in `text`, its check digit verified, so that a slip of the finger is not put on record as the wrong unit. A UPC-A
/// of twelve digits is the EAN-13 with a zero before it; scanners may put the symbology's `]E0` in front.
pub(crate) fn barcode(text: &str) -> Option<String> {
    let text = text.trim();
    let text = text.strip_prefix("]E0").unwrap_or(text);
    let mut digits = String::with_capacity(LENGTH);
    for c in text.chars() {
        match c {
            '0'..='9' => digits.push(c),
            '０'..='９' => digits.extend(char::from_u32(u32::from(c) - 0xfee0)),
            ' ' | '-' | '\u{a0}' | '\u{3000}' => {}
            _ => return None,
        }
    }
    if digits.len() == LENGTH - 1 {
        digits.insert(0, '0');
    }
    is_ean_13(&digits).then_some(digits)
}

/// The digits at even places count three times; with the check digit they sum to a multiple of ten (GS1 General
/// Specifications, 7.9).
fn is_ean_13(digits: &str) -> bool {
    let sum: u32 = digits
        .bytes()
        .enumerate()
        .map(|(index, digit)| u32::from(digit - b'0') * if index % 2 == 0 { 1 } else { 3 })
        .sum();
    digits.len() == LENGTH && sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests;
