//! Work at one reservation, in words.

use catalogue::text::staff_work as words;

use super::{GiveUpView, Mismatch, Purpose, Stage, Told, Work};
use crate::env::Env;
use crate::staff::exchange::{self, ChoosingView, WaitingView};
use crate::staff::trouble;
use crate::staff::unit::{Unit, UnitView};
use crate::variant::{VariantWords, variant};
use crate::view::Alert;
use crate::wish::Wish;

/// What to draw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// What was done last: read out when it appears.
    pub told: Option<Alert>,
    /// What was done last went as it was wanted.
    pub good: bool,
    /// What is being done.
    pub step: Step,
    /// Sends `OfferOther`; `None` where there is nothing to offer.
    pub offer: Option<String>,
    /// Sends `GiveUp`; `None` where it can't be given up.
    pub give_up: Option<String>,
}

/// What is being done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// The unit is scanned.
    Unit(UnitStep),
    /// The wrong unit: over everything, and nothing else on the page.
    Mismatch(MismatchView),
    /// Another variant is chosen, to be offered.
    Choosing(ChoosingView),
    /// The member is asked.
    Waiting {
        /// What she is asked.
        waiting: WaitingView,
        /// The latest look did not get through; it goes on trying.
        blind: Option<String>,
    },
    /// It can't be kept.
    GivingUp(GiveUpView),
    /// There is nothing to scan.
    Nothing,
}

/// The unit is scanned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitStep {
    /// `扫这一件的条码`
    pub heading: String,
    /// What follows. What it has to be stands in the page's summary; its barcode nowhere: whoever could read it off the screen
    /// could type it without the box.
    pub lead: String,
    /// Camera, input, button.
    pub unit: UnitView,
    /// Why it is not done.
    pub alert: Option<Alert>,
}

/// A gift's variant, as it stands on the box.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Goods {
    /// The gift's name.
    pub gift: String,
    /// The variant in words and colour.
    pub variant: VariantWords,
    /// In its groups: `6 901234 567892`; `None` for what is still to be scanned.
    pub barcode: Option<String>,
}

/// The wrong unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MismatchView {
    /// `不是这一件`
    pub heading: String,
    /// That nothing has changed, and that it is on record.
    pub text: String,
    /// What stands over what was reserved.
    pub expected_label: String,
    /// What was reserved.
    pub expected: Goods,
    /// What stands over what was scanned.
    pub scanned_label: String,
    /// What was scanned; `None` if no gift has this barcode.
    pub scanned: Option<Goods>,
    /// What was read, where no gift has it: `没有礼品用这个条码：…`.
    pub unknown: Option<String>,
    /// Sends `Again`.
    pub again: String,
    /// Sends `OfferOther`: the member may want just this one.
    pub offer: Option<String>,
}

pub(in crate::staff) fn view(work: &Work, env: &Env) -> View {
    let locale = env.locale;
    let can_offer = work.can_offer(env);
    let idle = matches!(work.stage, Stage::Unit { .. }) && work.is_free();
    let told = told(work, env);
    View {
        good: matches!(work.told, Some(Told::PutAside | Told::HandedOver | Told::Exchange(exchange::Outcome::Taken))),
        told,
        step: step(work, env),
        offer: (idle && can_offer).then(|| words::offer(locale).to_owned()),
        give_up: (idle && work.can_give_up(env)).then(|| words::give_up(locale).to_owned()),
    }
}

fn step(work: &Work, env: &Env) -> Step {
    match (&work.stage, exchange::waiting(&work.reservation, env)) {
        (Stage::Mismatch(mismatch), _) => Step::Mismatch(mismatched(work, mismatch, env)),
        (Stage::GivingUp(give_up), _) => Step::GivingUp(give_up.view(&work.reservation, env)),
        (Stage::Choosing(choosing), None) => Step::Choosing(exchange::choosing(choosing, &work.reservation, env)),
        (_, Some(waiting)) => Step::Waiting { waiting, blind: work.blind.then(|| words::blind(env.locale).to_owned()) },
        // What ended while its unit was on its way still wants to know what became of that.
        (Stage::Unit { unit, sending }, None) if work.scans(env) || sending.is_open() => {
            Step::Unit(unit_step(work, unit, sending, env))
        }
        (Stage::Unit { .. }, None) => Step::Nothing,
    }
}

fn unit_step(work: &Work, unit: &Unit, sending: &Wish<String>, env: &Env) -> UnitStep {
    let locale = env.locale;
    let (heading, lead, submit, running) = match work.purpose {
        Purpose::PutAside => (
            words::put_aside_heading(locale),
            words::put_aside_lead(locale),
            words::put_aside(locale),
            words::putting_aside(locale),
        ),
        Purpose::HandOver => (
            words::hand_over_heading(locale),
            words::hand_over_lead(locale),
            words::hand_over(locale),
            words::handing_over(locale),
        ),
    };
    let label = if sending.is_busy() {
        running
    } else if sending.is_unsure() {
        words::again(locale)
    } else {
        submit
    };
    let mut unit = unit.view(label, sending.is_busy(), env);
    // Until its outcome is known, no other unit is taken.
    unit.scan.can_submit &= !sending.is_unsure();
    UnitStep { heading: heading.to_owned(), lead: lead.to_owned(), unit, alert: trouble::of_wish(sending, env) }
}

fn mismatched(work: &Work, mismatch: &Mismatch, env: &Env) -> MismatchView {
    let locale = env.locale;
    let found = &mismatch.found;
    let expected =
        Goods { gift: work.reservation.gift.name.clone(), variant: variant(&found.expected, env), barcode: None };
    let scanned = found.scanned.as_ref().map(|scanned| Goods {
        gift: scanned.gift.clone(),
        variant: variant(&scanned.variant, env),
        barcode: Some(grouped(&scanned.variant.barcode)),
    });
    let is_another = found
        .scanned
        .as_ref()
        .is_some_and(|scanned| work.reservation.others.iter().any(|other| other.id == scanned.variant.id));
    let can_offer = is_another && work.can_offer(env);
    MismatchView {
        heading: mismatch_heading(env),
        text: words::mismatch_text(locale).to_owned(),
        expected_label: words::expected(locale).to_owned(),
        expected,
        scanned_label: words::scanned(locale).to_owned(),
        unknown: scanned.is_none().then(|| words::unknown(locale, &grouped(&mismatch.barcode))),
        scanned,
        again: words::scan_again(locale).to_owned(),
        offer: can_offer.then(|| words::offer_scanned(locale).to_owned()),
    }
}

pub(super) fn mismatch_heading(env: &Env) -> String {
    words::mismatch_heading(env.locale).to_owned()
}

/// What was done last, in words.
pub(super) fn told(work: &Work, env: &Env) -> Option<Alert> {
    let locale = env.locale;
    let (title, detail) = match work.told? {
        Told::PutAside => (words::put_aside_title(locale), words::put_aside_detail(locale)),
        Told::HandedOver => (words::handed_over_title(locale), words::handed_over_detail(locale)),
        Told::GaveUp => (words::gave_up_title(locale), words::gave_up_detail(locale)),
        Told::Overtaken => (words::overtaken_title(locale), words::overtaken_detail(locale)),
        Told::Elsewhere => (words::elsewhere_title(locale), words::elsewhere_detail(locale)),
        Told::Exchange(outcome) => return Some(exchange::told(outcome, &work.reservation, env)),
    };
    Some(Alert { title: title.to_owned(), detail: detail.to_owned() })
}

/// As it stands under the bars: `6 901234 567892`.
fn grouped(barcode: &str) -> String {
    let mut text = String::with_capacity(barcode.len() + 2);
    for (index, digit) in barcode.chars().enumerate() {
        if index == 1 || index == 7 {
            text.push(' ');
        }
        text.push(digit);
    }
    text
}
