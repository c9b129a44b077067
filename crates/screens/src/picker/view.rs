use catalogue::text::pick as words;
use contract::Instant;
use contract::counter::Counter;
use contract::gift::CounterStock;
use contract::reservation::Nearest;
use serde::Serialize;

use super::{Gone, Near, Picker, free};
use crate::env::Env;
use crate::format;
use crate::view::{Alert, Submit};

/// Where to collect.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PickerView {
    /// The section's heading.
    pub heading: String,
    /// Since when the figures are true, and that nothing is held.
    pub as_of: String,
    /// The last one just went; read out, and in view.
    pub gone: Option<Alert>,
    /// Sends `Near`; `None` once they are in the order of their distance.
    pub near: Option<Submit>,
    /// It is not known where she is.
    pub note: Option<String>,
    /// No counter has it, or a variant has to be chosen first.
    pub empty: Option<String>,
    /// Counters under what they have in common.
    pub groups: Vec<Group>,
    /// Nothing can be chosen now: something is on its way.
    pub locked: bool,
}

/// Counters with something in common.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Group {
    /// What: their city, or that they are the nearest that have it.
    pub heading: Option<String>,
    /// In the order to show them.
    pub rows: Vec<CounterRow>,
}

/// A counter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CounterRow {
    /// What choosing it sends.
    pub id: String,
    /// Its name.
    pub name: String,
    /// `10:00–22:00 · 静安区南京西路 1618 号`
    pub detail: String,
    /// `余 3 份`, `暂无`
    pub free: String,
    /// Why it stands out: hers, or where it is reserved now.
    pub note: Option<String>,
    /// What can be done with it.
    pub state: RowState,
}

/// What can be done with a counter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RowState {
    /// It can be chosen.
    Open,
    /// It is chosen; with what that means.
    Chosen(String),
    /// It can't be chosen: it has none, or she has it there already.
    Shut,
}

/// What to show the counters by.
pub(crate) struct Look<'a> {
    /// Every counter, as the server orders them.
    pub counters: &'a [CounterStock],
    /// Of which variant; `None` while none is chosen.
    pub variant: Option<&'a str>,
    /// Her counter; empty for none.
    pub home: &'a str,
    /// Where it is reserved now; empty for nowhere.
    pub present: &'a str,
    /// Since when the figures are true.
    pub as_of: Instant,
    /// Nothing can be chosen now.
    pub locked: bool,
}

/// Where to collect.
pub(crate) fn view(picker: &Picker, look: &Look<'_>, env: &Env) -> PickerView {
    let locale = env.locale;
    let gone = picker.gone.as_ref().filter(|gone| Some(gone.variant.as_str()) == look.variant);
    let groups = look.variant.map(|variant| groups(picker, gone, variant, look, env)).unwrap_or_default();
    let any = groups.iter().flat_map(|group| &group.rows).any(|row| row.state != RowState::Shut);
    let empty = match look.variant {
        None => Some(words::first_variant(locale)),
        Some(_) if any || gone.is_some() => None,
        Some(_) if look.present.is_empty() => Some(words::nowhere(locale)),
        Some(_) => Some(words::nowhere_else(locale)),
    };
    let asking = picker.near == Near::Asking;
    PickerView {
        heading: words::heading(locale).to_owned(),
        as_of: words::stock(locale, &format::as_of(env, look.as_of)),
        gone: gone.map(|gone| gone_alert(gone, look, env)),
        near: (!matches!(picker.near, Near::From(_))).then(|| Submit {
            label: (if asking { words::locating(locale) } else { words::by_distance(locale) }).to_owned(),
            can_submit: !asking && !look.locked,
            busy: asking,
        }),
        note: (picker.near == Near::Unknown).then(|| words::not_located(locale).to_owned()),
        empty: empty.map(str::to_owned),
        groups,
        locked: look.locked,
    }
}

fn gone_alert(gone: &Gone, look: &Look<'_>, env: &Env) -> Alert {
    let locale = env.locale;
    let counter = name_of(&gone.counter, look);
    let text = if gone.nearest.is_empty() { words::gone_nowhere } else { words::gone_text };
    Alert { title: words::gone_title(locale).to_owned(), detail: text(locale, counter) }
}

fn name_of<'a>(counter: &str, look: &Look<'a>) -> &'a str {
    let found = look.counters.iter().find(|row| row.counter.id == counter);
    found.map(|row| row.counter.name.as_str()).unwrap_or_default()
}

fn groups(picker: &Picker, gone: Option<&Gone>, variant: &str, look: &Look<'_>, env: &Env) -> Vec<Group> {
    let locale = env.locale;
    let rows = |of: &dyn Fn(&CounterStock) -> bool| -> Vec<CounterRow> {
        look.counters.iter().filter(|row| of(row)).map(|counter| row(picker, counter, variant, look, env)).collect()
    };
    if let Some(gone) = gone.filter(|gone| !gone.nearest.is_empty()) {
        let is_near = |row: &CounterStock| gone.nearest.iter().any(|near| near.counter.id == row.counter.id);
        let nearest = gone.nearest.iter().map(|near| near_row(picker, near, look, env)).collect();
        let heading = words::nearest(locale, name_of(&gone.counter, look));
        let others =
            Group { heading: Some(words::others(locale).to_owned()), rows: rows(&|counter| !is_near(counter)) };
        return vec![Group { heading: Some(heading), rows: nearest }, others];
    }
    if picker.position().is_some() {
        return vec![Group { heading: None, rows: rows(&|_| true) }];
    }
    // Her counter's city first; the others in the server's order.
    let mut cities: Vec<&str> = Vec::new();
    let home = look.counters.iter().find(|row| row.counter.id == look.home);
    for city in home.into_iter().chain(look.counters).map(|row| row.counter.city.as_str()) {
        if !cities.contains(&city) {
            cities.push(city);
        }
    }
    let of_city = |city: &str| {
        let mut rows = rows(&|row| row.counter.city == city);
        rows.sort_by_key(|row| row.id != look.home);
        Group { heading: Some(city.to_owned()), rows }
    };
    cities.into_iter().map(of_city).collect()
}

fn row(picker: &Picker, stock: &CounterStock, variant: &str, look: &Look<'_>, env: &Env) -> CounterRow {
    let counter = &stock.counter;
    let left = if picker.is_gone(&counter.id, variant) { 0 } else { free(stock, variant) };
    let detail = match counter.distance_km {
        Some(distance) if picker.position().is_some() => {
            // Where she is, is known to about a kilometre: anything finer would be made up.
            let about = f64::from(((distance + 0.5) as u32).max(1));
            words::away(env.locale, &counter.city, &format::distance(env.locale, about), &counter.hours)
        }
        _ => beside(&counter.hours, &counter.address),
    };
    finish(picker, counter, detail, left, look, env)
}

fn near_row(picker: &Picker, near: &Nearest, look: &Look<'_>, env: &Env) -> CounterRow {
    let Nearest { counter, distance_km, free, .. } = near;
    let distance = format::distance(env.locale, *distance_km);
    let detail = words::from_there(env.locale, &counter.city, &distance, &counter.hours);
    finish(picker, counter, detail, *free, look, env)
}

fn finish(picker: &Picker, counter: &Counter, detail: String, left: i64, look: &Look<'_>, env: &Env) -> CounterRow {
    let locale = env.locale;
    let present = counter.id == look.present;
    let note = if present {
        Some(words::present(locale))
    } else if counter.id == look.home {
        Some(words::yours(locale))
    } else {
        None
    };
    let chosen = picker.chosen.as_ref() == Some(&counter.id);
    CounterRow {
        id: counter.id.clone(),
        name: counter.name.clone(),
        detail,
        free: if left > 0 { words::free(locale, &format::number(left)) } else { words::none(locale).to_owned() },
        note: note.map(str::to_owned),
        state: match (left > 0 && !present, chosen) {
            (false, _) => RowState::Shut,
            (true, false) => RowState::Open,
            (true, true) => RowState::Chosen(words::chosen(locale).to_owned()),
        },
    }
}

/// `10:00–22:00 · 静安区南京西路 1618 号`: what is short first, so that it stays on one line.
fn beside(one: &str, other: &str) -> String {
    [one, other].join(" · ")
}
