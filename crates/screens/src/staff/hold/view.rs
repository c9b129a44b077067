//! A hold for a member on the telephone, in words.

use catalogue::text::{staff_hold as words, staff_stock as stock_words};
use contract::counter::Counter;
use contract::reservation::{InsufficientPoints, Nearest};
use contract::staff::{StaffReservation, StockLine};
use contract::{Code, Id};

use super::{Hold, PHONE, Part, PhoneWrong, Stage};
use crate::env::Env;
use crate::failure::Failure;
use crate::format;
use crate::staff::{Route, chrome, standing, trouble};
use crate::variant::{VariantWords, variant};
use crate::view::{Alert, Body, Field, Link, Submit};

/// What to draw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// The page's heading.
    pub heading: String,
    /// That nothing is promised before it is held; `None` once it is.
    pub lead: Option<String>,
    /// What has been said so far; empty where it is over, or came to nothing.
    pub chosen: Vec<Chosen>,
    /// What is asked now.
    pub step: StepView,
}

/// A part that has been said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chosen {
    /// What it is.
    pub label: String,
    /// What was said.
    pub value: String,
    /// How to say something else; `None` where it is fixed.
    pub change: Option<Changeable>,
}

/// How to say something else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changeable {
    /// The button's words.
    pub label: String,
    /// What `Change` sends.
    pub part: Part,
}

/// What is asked now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StepView {
    /// Her number: `type="tel"`.
    Phone {
        /// The number.
        field: Field,
        /// Goes on.
        submit: Submit,
    },
    /// Where.
    Counter {
        /// What is asked.
        question: String,
        /// City by city.
        body: Body<Vec<City>>,
    },
    /// Of which gift.
    Gift {
        /// What is asked.
        question: String,
        /// Each.
        body: Body<Vec<GiftChoice>>,
    },
    /// Which variant.
    Variant {
        /// What is asked.
        question: String,
        /// Each.
        body: Body<Vec<VariantChoice>>,
    },
    /// All of it, to be read over.
    Confirm(Confirming),
    /// There was no unit.
    Elsewhere(Elsewhere),
    /// It is held.
    Made(Made),
}

/// The counters of a city.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct City {
    /// Its name.
    pub name: String,
    /// Each of its counters.
    pub counters: Vec<Place>,
}

/// A counter to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// What `Counter` sends.
    pub id: Id,
    /// Its name.
    pub name: String,
    /// Where it is, how far.
    pub detail: String,
}

/// A gift to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GiftChoice {
    /// What `Gift` sends.
    pub id: Id,
    /// Its name.
    pub name: String,
    /// The address of its picture.
    pub picture: String,
    /// That every unit here is held or gone; it can be asked for all the same, to find out where there is one.
    pub note: Option<String>,
}

/// A variant to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VariantChoice {
    /// What `Variant` sends.
    pub id: Id,
    /// In words and colour.
    pub variant: VariantWords,
    /// That every unit here is held or gone.
    pub note: Option<String>,
}

/// All of it, to be read over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confirming {
    /// What is about to happen.
    pub question: String,
    /// What it locks.
    pub consequence: String,
    /// The variant in words and colour.
    pub variant: Option<VariantWords>,
    /// Holds it.
    pub submit: Submit,
    /// Why it is not held.
    pub alert: Option<Alert>,
}

/// There was no unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Elsewhere {
    /// That.
    pub title: String,
    /// What can be done.
    pub text: String,
    /// The nearest that have it.
    pub places: Vec<Place>,
    /// The words of each one's button, which sends `Counter`; `None` for those who hold at their own counter alone.
    pub choose: Option<String>,
    /// Sends `Change(Gift)`.
    pub other_gift: String,
}

/// It is held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// `已留下`
    pub title: String,
    /// What stands over what is to be read out.
    pub read_out_label: String,
    /// Word for word, to the caller.
    pub read_out: String,
    /// Whose it is: `林* · +86 138****0001`.
    pub whose: String,
    /// The variant in words and colour.
    pub variant: VariantWords,
    /// To the reservation.
    pub details: Link,
    /// Sends `Another`.
    pub another: String,
}

pub(super) fn view(screen: &Hold, env: &Env) -> View {
    let locale = env.locale;
    let made = matches!(screen.stage, Stage::Made(_));
    View {
        heading: chrome::name(&Route::Hold { counter: None, variant: None }, env).to_owned(),
        lead: (!made).then(|| words::lead(locale).to_owned()),
        chosen: match screen.stage {
            Stage::Asking(_) | Stage::Confirming => chosen(screen, env),
            Stage::Elsewhere(_) | Stage::Made(_) => Vec::new(),
        },
        step: step(screen, env),
    }
}

/// The parts that have been said and are not being asked for.
fn chosen(screen: &Hold, env: &Env) -> Vec<Chosen> {
    let locale = env.locale;
    let asked = if let Stage::Asking(part) = &screen.stage { Some(*part) } else { None };
    let change = |part| (screen.is_free()).then(|| Changeable { label: words::change(locale).to_owned(), part });
    let part = |part, label: &str, value: Option<String>, may_change: bool| {
        value.filter(|_| asked != Some(part)).map(|value| Chosen {
            label: label.to_owned(),
            value,
            change: change(part).filter(|_| may_change),
        })
    };
    let phone = Some(screen.phone.clone()).filter(|phone| !phone.is_empty());
    let counter = screen.counter.as_ref().map(|counter| standing::place(counter, env));
    let gift = screen.gift.as_ref().map(|gift| gift.name.clone());
    let label = screen.variant.as_ref().map(|variant| variant.label.clone());
    [
        part(Part::Phone, words::phone(locale), phone, true),
        part(Part::Counter, words::at(locale), counter, screen.on_duty.sees_all()),
        part(Part::Gift, words::gift(locale), gift, true),
        part(Part::Variant, words::variant(locale), label, true),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn step(screen: &Hold, env: &Env) -> StepView {
    let locale = env.locale;
    match &screen.stage {
        Stage::Asking(Part::Phone) => StepView::Phone {
            field: Field::new(PHONE, words::phone(locale), &screen.phone)
                .hint(words::phone_hint(locale))
                .error(phone_error(screen, env)),
            submit: Submit { label: words::go_on(locale).to_owned(), can_submit: true, busy: false },
        },
        Stage::Asking(Part::Counter) => StepView::Counter {
            question: words::which_counter(locale).to_owned(),
            body: trouble::body(&screen.counters, env, |_| None, |counters| cities(counters)),
        },
        Stage::Asking(Part::Gift) => StepView::Gift {
            question: words::which_gift(locale).to_owned(),
            body: trouble::body(&screen.shelf, env, |_| None, |lines| gifts(lines, env)),
        },
        Stage::Asking(Part::Variant) => StepView::Variant {
            question: words::which_variant(locale).to_owned(),
            body: trouble::body(&screen.shelf, env, |_| None, |lines| variants(screen, lines, env)),
        },
        Stage::Confirming => StepView::Confirm(confirming(screen, env)),
        Stage::Elsewhere(nearest) => StepView::Elsewhere(elsewhere(screen, nearest, env)),
        Stage::Made(reservation) => StepView::Made(made(reservation, env)),
    }
}

fn phone_error(screen: &Hold, env: &Env) -> Option<String> {
    let locale = env.locale;
    Some(match screen.phone_wrong.as_ref()? {
        PhoneWrong::Empty => words::phone_empty(locale).to_owned(),
        PhoneWrong::Mistyped => words::phone_mistyped(locale).to_owned(),
        PhoneWrong::Refused(failure) => failure.of_field("phone")?.to_owned(),
    })
}

fn cities(counters: &[Counter]) -> Vec<City> {
    let mut cities: Vec<City> = Vec::new();
    for counter in counters {
        let place = Place { id: counter.id.clone(), name: counter.name.clone(), detail: counter.address.clone() };
        match cities.iter_mut().find(|city| city.name == counter.city) {
            Some(city) => city.counters.push(place),
            None => cities.push(City { name: counter.city.clone(), counters: vec![place] }),
        }
    }
    cities
}

fn none_here(env: &Env) -> String {
    words::none_here(env.locale).to_owned()
}

fn gifts(lines: &[StockLine], env: &Env) -> Vec<GiftChoice> {
    let mut gifts: Vec<GiftChoice> = Vec::new();
    for line in lines.iter().filter(|line| is_first_of_gift(line, lines)) {
        let free = lines.iter().any(|other| other.gift.id == line.gift.id && other.free > 0);
        gifts.push(GiftChoice {
            id: line.gift.id.clone(),
            name: line.gift.name.clone(),
            picture: line.gift.picture.clone(),
            note: (!free).then(|| none_here(env)),
        });
    }
    gifts
}

fn is_first_of_gift(line: &StockLine, lines: &[StockLine]) -> bool {
    let first = lines.iter().find(|other| other.gift.id == line.gift.id);
    first.is_some_and(|first| first.variant.id == line.variant.id)
}

fn variants(screen: &Hold, lines: &[StockLine], env: &Env) -> Vec<VariantChoice> {
    let of_gift = |line: &&StockLine| screen.gift.as_ref().is_some_and(|gift| gift.id == line.gift.id);
    lines
        .iter()
        .filter(of_gift)
        .map(|line| VariantChoice {
            id: line.variant.id.clone(),
            variant: variant(&line.variant, env),
            note: (line.free <= 0).then(|| none_here(env)),
        })
        .collect()
}

fn confirming(screen: &Hold, env: &Env) -> Confirming {
    let locale = env.locale;
    let (busy, unsure) = (screen.wish.is_busy(), screen.wish.is_unsure());
    let label = if busy {
        words::holding(locale)
    } else if unsure {
        stock_words::again(locale)
    } else {
        words::hold(locale)
    };
    Confirming {
        question: words::confirm(locale).to_owned(),
        consequence: words::consequence(locale).to_owned(),
        variant: screen.variant.as_ref().map(|chosen| variant(chosen, env)),
        submit: Submit { label: label.to_owned(), can_submit: !busy, busy },
        alert: alert(screen, env),
    }
}

/// The server says why; what is missing, and what to do about it, is said here.
fn alert(screen: &Hold, env: &Env) -> Option<Alert> {
    let locale = env.locale;
    let refused = screen.wish.refusal();
    match (refused.and_then(Failure::code), refused) {
        (Some(Code::InsufficientPoints), Some(Failure::Refused(problem))) => {
            let missing = problem.members::<InsufficientPoints>().map(|members| members.missing)?;
            Some(Alert {
                title: words::missing_points(locale, missing, &format::number(missing)),
                detail: words::missing_points_detail(locale).to_owned(),
            })
        }
        _ => trouble::of_wish(&screen.wish, env),
    }
}

/// What is said when no unit is left.
pub(super) fn none_left(env: &Env) -> String {
    words::none_left(env.locale).to_owned()
}

fn elsewhere(screen: &Hold, nearest: &[Nearest], env: &Env) -> Elsewhere {
    let locale = env.locale;
    let may_choose = screen.on_duty.sees_all();
    let text = match (nearest.is_empty(), may_choose) {
        (true, _) => words::nowhere(locale),
        (false, true) => words::elsewhere(locale),
        (false, false) => words::elsewhere_by_herself(locale),
    };
    let place = |near: &Nearest| Place {
        id: near.counter.id.clone(),
        name: standing::place(&near.counter, env),
        detail: words::away(locale, &format::distance(locale, near.distance_km)),
    };
    Elsewhere {
        title: none_left(env),
        text: text.to_owned(),
        places: nearest.iter().map(place).collect(),
        choose: may_choose.then(|| words::hold_there(locale).to_owned()),
        other_gift: words::other_gift(locale).to_owned(),
    }
}

fn made(reservation: &StaffReservation, env: &Env) -> Made {
    let locale = env.locale;
    let member = &reservation.member;
    let whose =
        if member.phone.is_empty() { member.name.clone() } else { words::whose(locale, &member.name, &member.phone) };
    Made {
        title: words::made(locale).to_owned(),
        read_out_label: words::read_out(locale).to_owned(),
        read_out: to_read_out(reservation, env),
        whose,
        variant: variant(&reservation.variant, env),
        details: trouble::link(words::details(locale), &Route::Reservation(reservation.id.clone())),
        another: words::another(locale).to_owned(),
    }
}

/// Word for word, to the caller: what is held, what it locks, when to come and when not yet.
pub(super) fn to_read_out(reservation: &StaffReservation, env: &Env) -> String {
    let locale = env.locale;
    let mut sentence = words::sentence_what(
        locale,
        reservation.points,
        &reservation.counter.name,
        &reservation.gift.name,
        &format::number(reservation.points),
        &reservation.variant.label,
    );
    let (ready, until) = (format::moment(env, reservation.ready_by), format::moment(env, reservation.hold_until));
    sentence.push_str(&words::sentence_when(locale, &ready, &until));
    sentence
}
