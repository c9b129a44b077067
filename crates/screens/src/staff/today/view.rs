//! Today, in words.

use catalogue::text::staff_today as words;
use contract::Instant;
use contract::staff::StaffReservation;

use super::{Gathered, Today};
use crate::env::Env;
use crate::format;
use crate::staff::standing::{self, Standing, Summary};
use crate::staff::{Route, chrome, trouble};
use crate::view::{Body, Choice, Choices};

/// What to draw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// The page's heading.
    pub heading: String,
    /// The lists.
    pub body: Body<Lists>,
}

/// The lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lists {
    /// `截至今天 09:41，自动更新`; `None` where nothing is shown.
    pub as_of: Option<String>,
    /// For those who see more than one counter.
    pub filter: Option<Filter>,
    /// In the order of how pressing they are; only those with something in them.
    pub groups: Vec<Group>,
    /// Said where there is nothing at all.
    pub empty: Option<String>,
}

/// Which counters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    /// A city, or all.
    pub city: Choices<Option<String>>,
    /// A counter of it, or all.
    pub counter: Choices<Option<String>>,
}

/// Reservations that stand alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// How they stand.
    pub standing: Standing,
    /// `待备货`
    pub heading: String,
    /// How many.
    pub count: String,
    /// Each.
    pub rows: Vec<Row>,
}

/// A reservation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its identifier; a key for the list.
    pub id: String,
    /// To its page.
    pub path: String,
    /// What it is about.
    pub summary: Summary,
}

impl Row {
    /// With the counter's name, if `name_counter`.
    pub(in crate::staff) fn of(reservation: &StaffReservation, name_counter: bool, env: &Env) -> Self {
        Self {
            id: reservation.id.clone(),
            path: Route::Reservation(reservation.id.clone()).path(),
            summary: standing::summary(reservation, name_counter, env),
        }
    }
}

pub(super) fn view(screen: &Today, env: &Env) -> View {
    View {
        heading: chrome::name(&Route::Today, env).to_owned(),
        body: trouble::body(&screen.shown, env, |gathered| gathered.as_of, |gathered| lists(screen, gathered, env)),
    }
}

/// What is said when there are more than before.
pub(super) fn news(count: usize, env: &Env) -> String {
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    words::news(env.locale, count, &format::number(count))
}

fn lists(screen: &Today, gathered: &Gathered, env: &Env) -> Lists {
    let locale = env.locale;
    let wanted: Vec<&StaffReservation> =
        gathered.reservations.iter().filter(|reservation| is_wanted(screen, reservation)).collect();
    let groups: Vec<Group> = [Standing::Late, Standing::ToPutAside, Standing::Ready, Standing::Ended]
        .into_iter()
        .filter_map(|standing| group(standing, &wanted, screen.on_duty.sees_all(), env))
        .collect();
    Lists {
        as_of: gathered.as_of.map(|as_of| words::as_of(locale, &format::as_of(env, as_of))),
        filter: screen.on_duty.sees_all().then(|| filter(screen, gathered, env)).flatten(),
        empty: groups.is_empty().then(|| words::empty(locale).to_owned()),
        groups,
    }
}

fn is_wanted(screen: &Today, reservation: &StaffReservation) -> bool {
    let counter = &reservation.counter;
    let in_city = screen.city.as_ref().is_none_or(|city| *city == counter.city);
    let at_counter = screen.counter.as_ref().is_none_or(|id| *id == counter.id);
    in_city && at_counter
}

fn group(standing: Standing, all: &[&StaffReservation], name_counter: bool, env: &Env) -> Option<Group> {
    let locale = env.locale;
    let mut members: Vec<&StaffReservation> =
        all.iter().copied().filter(|reservation| standing::standing(reservation, env) == standing).collect();
    let heading = match standing {
        Standing::Late => words::late(locale),
        Standing::ToPutAside => words::to_put_aside(locale),
        Standing::Ready => words::ready(locale),
        Standing::Ended => words::ended(locale),
    };
    members.sort_by_key(|reservation| by(standing, reservation));
    if standing == Standing::Ended {
        // What has just ended is what somebody may ask about.
        members.reverse();
    }
    let count = i64::try_from(members.len()).unwrap_or(i64::MAX);
    (!members.is_empty()).then(|| Group {
        standing,
        heading: heading.to_owned(),
        count: format::number(count),
        rows: members.into_iter().map(|reservation| Row::of(reservation, name_counter, env)).collect(),
    })
}

fn by(standing: Standing, reservation: &StaffReservation) -> Instant {
    match standing {
        Standing::Late | Standing::ToPutAside => reservation.ready_by,
        Standing::Ready => reservation.hold_until,
        Standing::Ended => standing::ended_at(reservation),
    }
}

/// The cities and counters that have something today: a choice that shows nothing is none. `None` with a single counter.
fn filter(screen: &Today, gathered: &Gathered, env: &Env) -> Option<Filter> {
    let locale = env.locale;
    let mut counters: Vec<_> = gathered.reservations.iter().map(|reservation| &reservation.counter).collect();
    counters.sort_by(|a, b| (&a.city, &a.name, &a.id).cmp(&(&b.city, &b.name, &b.id)));
    counters.dedup_by(|a, b| a.id == b.id);
    let mut cities: Vec<&String> = counters.iter().map(|counter| &counter.city).collect();
    cities.dedup();
    let narrowed = screen.city.is_some() || screen.counter.is_some();
    if counters.len() < 2 && !narrowed {
        return None;
    }
    let choice = |label: &str, value: Option<String>, chosen: &Option<String>| Choice {
        label: label.to_owned(),
        chosen: value == *chosen,
        value,
    };
    let city = core::iter::once(choice(words::every_city(locale), None, &screen.city))
        .chain(cities.into_iter().map(|city| choice(city, Some(city.clone()), &screen.city)));
    let of_city = counters.iter().filter(|counter| screen.city.as_ref().is_none_or(|city| *city == counter.city));
    let counter = core::iter::once(choice(words::every_counter(locale), None, &screen.counter))
        .chain(of_city.map(|counter| choice(&counter.name, Some(counter.id.clone()), &screen.counter)));
    Some(Filter {
        city: Choices { label: words::city(locale).to_owned(), choices: city.collect() },
        counter: Choices { label: words::counter(locale).to_owned(), choices: counter.collect() },
    })
}
