//! The barcode of a box at the counter leads to its gift, with the variant in her hand chosen.

use catalogue::text::gifts as words;
use contract::gift::{Gift, GiftFilter, gifts};

use super::{Event, Gifts, Place};
use crate::effect::{Effect, Navigation, Scanned};
use crate::env::Env;
use crate::failure::Failure;
use crate::route::Route;
use crate::trouble;
use crate::view::Alert;

/// How far that has come.
#[derive(Debug, Default)]
pub(super) struct Scan {
    /// The camera is open.
    open: bool,
    /// This barcode is looked for among gifts that are on their way.
    sought: Option<String>,
    hitch: Option<Hitch>,
}

/// Why it led nowhere.
#[derive(Debug)]
enum Hitch {
    /// No gift has it.
    Unknown,
    /// The camera may not be used.
    Forbidden,
    /// There is no camera.
    NoCamera,
    /// The gifts to look among did not come.
    Away(Failure),
}

impl Scan {
    /// She turns to something else: nothing found late takes her away from it, and nothing said of before stays.
    pub fn forget(&mut self) {
        self.sought = None;
        self.hitch = None;
    }

    /// The label of the button; `None` where nothing reads codes.
    pub fn label(&self, env: &Env) -> Option<String> {
        let label = if self.sought.is_some() { words::seeking(env.locale) } else { words::scan(env.locale) };
        env.can_scan.then(|| label.to_owned())
    }

    /// Why it led nowhere, and what to do.
    pub fn alert(&self, env: &Env) -> Option<Alert> {
        let locale = env.locale;
        let (title, detail) = match self.hitch.as_ref()? {
            Hitch::Unknown => (words::unknown_title(locale), words::unknown_detail(locale)),
            Hitch::Forbidden => (words::forbidden_title(locale), words::forbidden_detail(locale)),
            Hitch::NoCamera => (words::no_camera_title(locale), words::no_camera_detail(locale)),
            Hitch::Away(failure) => return Some(trouble::alert(failure, env)),
        };
        Some(Alert { title: title.to_owned(), detail: detail.to_owned() })
    }
}

impl Gifts {
    /// Opens the camera, once.
    pub(super) fn open_camera(&mut self, env: &Env) -> Vec<Effect<Event>> {
        if !env.can_scan || self.scan.open {
            return Vec::new();
        }
        self.scan = Scan { open: true, ..Scan::default() };
        vec![Effect::Scan(Event::Scanned)]
    }

    /// What came of it.
    pub(super) fn scanned(&mut self, scanned: &Scanned) -> Vec<Effect<Event>> {
        self.scan.open = false;
        self.scan.hitch = match scanned {
            Scanned::Read(code) => return self.seek(significant(code)),
            Scanned::Closed => None,
            Scanned::Forbidden => Some(Hitch::Forbidden),
            Scanned::Unavailable => Some(Hitch::NoCamera),
        };
        Vec::new()
    }

    /// The gifts to look among, or why they did not come. Dropped where nobody looks for that any more.
    pub(super) fn sought(&mut self, barcode: &str, result: Result<&[Gift], Failure>) -> Vec<Effect<Event>> {
        if self.scan.sought.take_if(|sought| sought == barcode).is_none() {
            return Vec::new();
        }
        match result {
            Ok(gifts) => self.found(find(gifts, barcode)),
            Err(failure) => {
                self.scan.hitch = Some(Hitch::Away(failure));
                Vec::new()
            }
        }
    }

    /// Among all gifts: what she has narrowed the list down to says nothing of the box in her hand.
    fn seek(&mut self, barcode: String) -> Vec<Effect<Event>> {
        if let (Place::Any, Some(page)) = (&self.place, self.gifts.shown()) {
            let found = find(&page.items, &barcode);
            return self.found(found);
        }
        self.scan.sought = Some(barcode.clone());
        vec![Effect::http(gifts(&GiftFilter::default()), move |result| Event::Sought(barcode, result))]
    }

    fn found(&mut self, found: Option<(String, String)>) -> Vec<Effect<Event>> {
        let Some((id, variant)) = found else {
            self.scan.hitch = Some(Hitch::Unknown);
            return Vec::new();
        };
        let to = Route::Gift { id, counter: self.place.counter(), variant };
        vec![Effect::Navigate(Navigation::To(to.path()))]
    }
}

/// The gift and its variant with this barcode.
fn find(gifts: &[Gift], barcode: &str) -> Option<(String, String)> {
    let has_it = |gift: &Gift| {
        let variant = gift.variants.iter().find(|variant| significant(&variant.barcode) == barcode)?;
        Some((gift.id.clone(), variant.id.clone()))
    };
    if barcode.is_empty() { None } else { gifts.iter().find_map(has_it) }
}

/// A barcode's digits from the first that is not zero: readers give an EAN-13 as the UPC-A or with the GTIN-14 around it, which differ
/// from it by zeros in front.
fn significant(code: &str) -> String {
    let digits: String = code.chars().filter(char::is_ascii_digit).collect();
    digits.trim_start_matches('0').to_owned()
}
