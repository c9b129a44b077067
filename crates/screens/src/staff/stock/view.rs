//! What a counter has, in words.

use catalogue::text::staff_stock as words;
use contract::counter::Counter;
use contract::staff::StockLine;

use super::edit::EditView;
use super::{Lines, Stock, Told};
use crate::env::Env;
use crate::format;
use crate::load::Load;
use crate::staff::{Route, chrome, standing, trouble};
use crate::variant::{VariantWords, variant};
use crate::view::{Alert, Body, Link};

/// What to draw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// The page's heading.
    pub heading: String,
    /// What it has, or which counter is meant.
    pub body: Body<Contents>,
}

/// What it has, or which counter is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Contents {
    /// Whoever works at no counter chooses one.
    Choose {
        /// What is asked.
        lead: String,
        /// City by city.
        cities: Vec<City>,
    },
    /// What it has.
    Shelf(Shelf),
}

/// The counters of a city.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct City {
    /// Its name.
    pub name: String,
    /// To the stock of each.
    pub counters: Vec<Link>,
}

/// What a counter has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shelf {
    /// `杭州 · 湖滨专柜`; `None` for whoever works there.
    pub counter: Option<String>,
    /// To another counter; `None` for whoever works at one.
    pub others: Option<Link>,
    /// That no figure is a promise, and what is.
    pub lead: String,
    /// Gift by gift.
    pub gifts: Vec<GiftStock>,
    /// Said where there is no gift at all.
    pub empty: Option<String>,
    /// A figure is being changed.
    pub edit: Option<EditView>,
    /// `截至今天 09:41，未为任何人锁定`
    pub as_of: String,
}

/// What a counter has of a gift.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GiftStock {
    /// The gift's identifier.
    pub id: String,
    /// Its name.
    pub gift: String,
    /// The address of its picture.
    pub picture: String,
    /// Variant by variant.
    pub lines: Vec<LineView>,
}

/// What a counter has of a variant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineView {
    /// The variant's identifier: what `Count` and `Receive` send.
    pub id: String,
    /// In words and colour.
    pub variant: VariantWords,
    /// `柜上`, and how many.
    pub on_hand: Figure,
    /// `已锁定`, and how many.
    pub held: Figure,
    /// `未锁定`, and how many.
    pub free: Figure,
    /// It was changed just now: read out when it appears.
    pub told: Option<Alert>,
    /// More are held than are there: loud.
    pub short: Option<Alert>,
    /// `11月21日 18:20 李敏盘点`
    pub counted: String,
    /// Sends `Count`; `None` for those who only look.
    pub count: Option<String>,
    /// Sends `Receive`; `None` for those who only look.
    pub receive: Option<String>,
    /// The only way to promise one; where none is left, the way to find out where there is.
    pub hold: Link,
}

/// A number and what it counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// What it counts.
    pub label: String,
    /// How many.
    pub number: String,
}

pub(super) fn view(screen: &Stock, env: &Env) -> View {
    let heading = chrome::name(&Route::Stock { counter: None }, env).to_owned();
    let body = match &screen.counter {
        None => trouble::body(&screen.counters, env, |_| None, |counters| choose(counters, env)),
        Some(counter) => trouble::body(
            &screen.lines,
            env,
            |lines| Some(lines.as_of),
            |lines| Contents::Shelf(shelf(screen, counter, lines, env)),
        ),
    };
    View { heading, body }
}

fn choose(counters: &[Counter], env: &Env) -> Contents {
    let mut cities: Vec<City> = Vec::new();
    for counter in counters {
        let link = trouble::link(&counter.name, &Route::Stock { counter: Some(counter.id.clone()) });
        match cities.iter_mut().find(|city| city.name == counter.city) {
            Some(city) => city.counters.push(link),
            None => cities.push(City { name: counter.city.clone(), counters: vec![link] }),
        }
    }
    Contents::Choose { lead: words::choose(env.locale).to_owned(), cities }
}

fn shelf(screen: &Stock, counter: &str, lines: &Lines, env: &Env) -> Shelf {
    let locale = env.locale;
    let sees_all = screen.on_duty.sees_all();
    let may_change = screen.may_change();
    let mut gifts: Vec<GiftStock> = Vec::new();
    for line in &lines.lines {
        let changed = screen.told.as_ref().filter(|told| told.variant_id == line.variant.id);
        let shown = LineView { told: changed.map(|what| told(what, env)), ..line_view(line, counter, may_change, env) };
        match gifts.iter_mut().find(|gift| gift.id == line.gift.id) {
            Some(gift) => gift.lines.push(shown),
            None => gifts.push(GiftStock {
                id: line.gift.id.clone(),
                gift: line.gift.name.clone(),
                picture: line.gift.picture.clone(),
                lines: vec![shown],
            }),
        }
    }
    let named = match (&screen.counters, sees_all) {
        (Load::Shown(counters, _), true) => counters.iter().find(|known| known.id == counter),
        _ => None,
    };
    Shelf {
        counter: named.map(|counter| standing::place(counter, env)),
        others: sees_all.then(|| trouble::link(words::others(locale), &Route::Stock { counter: None })),
        lead: words::lead(locale).to_owned(),
        empty: gifts.is_empty().then(|| words::empty(locale).to_owned()),
        gifts,
        edit: screen.edit.as_ref().and_then(|edit| Some(edit.view(screen.line(&edit.variant)?, env))),
        as_of: words::as_of(locale, &format::as_of(env, lines.as_of)),
    }
}

fn line_view(line: &StockLine, counter: &str, may_change: bool, env: &Env) -> LineView {
    let locale = env.locale;
    let figure = |label: &str, number| Figure { label: label.to_owned(), number: format::number(number) };
    let hold = Route::Hold { counter: Some(counter.to_owned()), variant: Some(line.variant.id.clone()) };
    LineView {
        id: line.variant.id.clone(),
        variant: variant(&line.variant, env),
        on_hand: figure(words::on_hand(locale), line.on_hand),
        held: figure(words::held(locale), line.held),
        free: figure(words::free(locale), line.free),
        told: None,
        short: (line.held > line.on_hand).then(|| short(line.on_hand, line.held, env)),
        counted: match (line.counted_at, &line.counted_by) {
            (Some(at), Some(by)) => words::counted(locale, by, &format::moment(env, at)),
            (Some(at), None) => words::counted_at(locale, &format::moment(env, at)),
            (None, _) => words::never_counted(locale).to_owned(),
        },
        count: may_change.then(|| words::count(locale).to_owned()),
        receive: may_change.then(|| words::receive(locale).to_owned()),
        hold: trouble::link(if line.free > 0 { words::hold(locale) } else { words::look_elsewhere(locale) }, &hold),
    }
}

/// More are held than are there.
pub(super) fn short(on_hand: i64, held: i64, env: &Env) -> Alert {
    let locale = env.locale;
    let missing = held - on_hand;
    Alert {
        title: words::short_title(locale, missing, &format::number(missing)),
        detail: words::short_detail(locale, &format::number(held), &format::number(on_hand)),
    }
}

/// What was changed.
pub(super) fn told(told: &Told, env: &Env) -> Alert {
    let locale = env.locale;
    Alert {
        title: words::saved(locale).to_owned(),
        detail: words::saved_detail(
            locale,
            &format::number(told.on_hand),
            &words::of(locale, &told.gift, &told.variant),
        ),
    }
}
