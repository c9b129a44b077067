//! Barcode and QR code as SVG paths.

use barcoders::sym::code128::Code128;
use qrcodegen::{QrCode, QrCodeEcc};
use serde::ser::{Serialize, SerializeStruct, Serializer};

use crate::format::digits;

/// A drawing of dark modules, each one unit wide. Serialised, it has one field more: [`Drawing::picture`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawing {
    /// `viewBox`, with the quiet zone that a scanner needs around the code.
    pub view_box: String,
    /// `d` of the one path, to be filled with ink on a light ground in every theme.
    pub path: String,
    /// What it is, for those who can't see it.
    pub label: String,
}

impl Drawing {
    /// The whole as an address of itself, black on nothing, for shells that can draw pictures and no paths. It fills whatever it is put into.
    pub fn picture(&self) -> String {
        let svg = [
            "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' preserveAspectRatio='none' viewBox='",
            &self.view_box,
            "'><path d='",
            &self.path,
            "'/></svg>",
        ];
        svg.concat().replace('<', "%3C").replace('>', "%3E").replace(' ', "%20")
    }
}

impl Serialize for Drawing {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Drawing", 4)?;
        fields.serialize_field("view_box", &self.view_box)?;
        fields.serialize_field("path", &self.path)?;
        fields.serialize_field("label", &self.label)?;
        fields.serialize_field("picture", &self.picture())?;
        fields.end()
    }
}

/// Modules of quiet around a Code 128, each side.
const BARCODE_QUIET: usize = 10;
/// Modules of quiet around a QR code, each side.
const QR_QUIET: usize = 4;

/// `text` as Code 128, one unit high (stretch it with `preserveAspectRatio="none"`); `None` if it can't be one.
pub(super) fn barcode(text: &str, label: &str) -> Option<Drawing> {
    let modules = Code128::new(code_sets(text)).ok()?.encode();
    let mut path = String::new();
    push_runs(&mut path, modules.iter().map(|module| *module == 1), BARCODE_QUIET, 0);
    let width = modules.len() + 2 * BARCODE_QUIET;
    let mut view_box = String::from("0 0 ");
    view_box.push_str(&digits(width as u64));
    view_box.push_str(" 1");
    Some(Drawing { view_box, path, label: label.to_owned() })
}

/// `text` with its code sets named as the encoder wants them: pairs of digits take set C, half as wide as the others.
fn code_sets(text: &str) -> String {
    const SET_B: char = '\u{0181}';
    const SET_C: char = '\u{0106}';
    let mut sets = String::with_capacity(text.len() + 4);
    if !text.is_ascii() || !text.bytes().all(|byte| byte.is_ascii_digit()) || text.len() < 2 {
        sets.push(SET_B);
        sets.push_str(text);
        return sets;
    }
    let (odd, pairs) = text.split_at(text.len() % 2);
    if !odd.is_empty() {
        sets.push(SET_B);
        sets.push_str(odd);
    }
    sets.push(SET_C);
    sets.push_str(pairs);
    sets
}

/// `text` as a QR code that survives a scratched or badly lit screen; `None` if it is too long.
pub(crate) fn qr(text: &str, label: &str) -> Option<Drawing> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).ok()?;
    let size = code.size();
    let mut path = String::new();
    for y in 0..size {
        let row = usize::try_from(y).ok()? + QR_QUIET;
        push_runs(&mut path, (0..size).map(|x| code.get_module(x, y)), QR_QUIET, row);
    }
    let side = digits(u64::try_from(size).ok()? + 2 * QR_QUIET as u64);
    let mut view_box = String::from("0 0 ");
    view_box.push_str(&side);
    view_box.push(' ');
    view_box.push_str(&side);
    Some(Drawing { view_box, path, label: label.to_owned() })
}

/// A rectangle for each run of dark modules: a tenth of the path that a square for each module makes, and no hairlines
/// between them.
fn push_runs(path: &mut String, modules: impl Iterator<Item = bool>, left: usize, top: usize) {
    let mut run = 0;
    for (end, dark) in (left..).zip(modules.chain([false])) {
        if dark {
            run += 1;
        } else if run > 0 {
            let width = digits(run as u64);
            path.push('M');
            path.push_str(&digits((end - run) as u64));
            path.push(' ');
            path.push_str(&digits(top as u64));
            path.push('h');
            path.push_str(&width);
            path.push_str("v1h-");
            path.push_str(&width);
            path.push('z');
            run = 0;
        }
    }
}

#[cfg(test)]
#[path = "drawing_tests.rs"]
mod tests;
