//! Points: what she has, when they expire, and where each of them came from.

mod dates;
mod ledger;

use catalogue::text::points as words;
use contract::list::{Page, Whole};
use contract::overview::{Overview, overview};
use contract::points::{Entry, EntryKind, Lot, expiring};
use contract::programme::{Programme, programme};
use serde::{Deserialize, Serialize};

pub use dates::{DateView, LotView, Timeline};
pub use ledger::{EntryView, LedgerView, Rows, Sign};

use crate::effect::{Effect, Fresh};
use crate::env::Env;
use crate::failure::Failure;
use crate::load::Load;
use crate::route::Route;
use crate::view::{Body, Choices, Link, Row};
use crate::{Screen, chrome, format, trouble};

use ledger::Ledger;

/// Points.
#[derive(Debug)]
pub struct Points {
    overview: Load<Overview>,
    lots: Load<Whole<Lot>>,
    ledger: Ledger,
    /// Only for the number of days in the promise of notice: without it the promise is made without the number.
    notice_days: Option<u32>,
}

/// What can happen on it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case", tag = "on", content = "value")]
pub enum Event {
    /// Her balances.
    #[serde(skip)]
    Balances(Result<Fresh<Overview>, Failure>),
    /// Every lot.
    #[serde(skip)]
    Lots(Result<Fresh<Whole<Lot>>, Failure>),
    /// The programme's promise.
    #[serde(skip)]
    Programme(Result<Fresh<Programme>, Failure>),
    /// A page of the ledger: of which kind, and after which cursor.
    #[serde(skip)]
    Entries(Option<EntryKind>, Option<String>, Result<Fresh<Page<Entry>>, Failure>),
    /// Only entries of this kind, please.
    Filter(Option<EntryKind>),
    /// The next page of the ledger, please.
    More,
    /// She asks again, for all that did not come.
    Retry,
    /// She looks at the page again after a while.
    #[serde(skip)]
    CameBack,
}

/// What to draw.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct View {
    /// The page's heading.
    pub heading: String,
    /// Her balances.
    pub balances: Body<BalancesView>,
    /// Every date; `None` where the trouble with the balances speaks for it too.
    pub timeline: Option<Body<Timeline>>,
    /// Every entry; `None` where the trouble with the balances speaks for it too.
    pub ledger: Option<LedgerView>,
}

/// Her balances.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BalancesView {
    /// The one large number.
    pub available: String,
    /// What it counts.
    pub available_label: String,
    /// Held and pending, zero or not.
    pub others: Vec<Row>,
    /// To what holds them; `None` if nothing does.
    pub holds: Option<Link>,
    /// Since when they are true.
    pub as_of: String,
}

impl Points {
    fn fetch_balances() -> Effect<Event> {
        Effect::http(overview(), Event::Balances)
    }

    fn fetch_lots() -> Effect<Event> {
        Effect::http(expiring(), Event::Lots)
    }

    /// Asks again for what `wanted` says of each part.
    fn ask_again(&mut self, only_failed: bool) -> Vec<Effect<Event>> {
        let mut effects = Vec::new();
        if (!only_failed || self.overview.has_failed()) && self.overview.ask_again() {
            effects.push(Self::fetch_balances());
        }
        if (!only_failed || self.lots.has_failed()) && self.lots.ask_again() {
            effects.push(Self::fetch_lots());
        }
        effects.extend(self.ledger.ask_again(only_failed));
        effects
    }
}

impl Screen for Points {
    type Params = ();
    type Event = Event;
    type View = View;

    fn open((): (), _env: &Env) -> (Self, Vec<Effect<Event>>) {
        let (ledger, first_page) = Ledger::open();
        let screen = Self { overview: Load::Waiting, lots: Load::Waiting, ledger, notice_days: None };
        let programme = Effect::http(programme(), Event::Programme);
        (screen, vec![Self::fetch_balances(), Self::fetch_lots(), first_page, programme])
    }

    fn update(&mut self, event: Event, env: &Env) -> Vec<Effect<Event>> {
        let failure = match &event {
            Event::Balances(Err(failure)) | Event::Lots(Err(failure)) | Event::Entries(_, _, Err(failure)) => {
                Some(failure)
            }
            _ => None,
        };
        if let Some(away) = failure.and_then(|failure| trouble::leads_away(failure, &Route::Points, env)) {
            return away;
        }
        match event {
            Event::Balances(result) => self.overview.arrived(result),
            Event::Lots(result) => self.lots.arrived(result),
            Event::Programme(result) => {
                self.notice_days = result.ok().map(|fresh| fresh.value.expiry.notice_days);
            }
            Event::Entries(kind, cursor, result) => return self.ledger.arrived(kind, cursor.as_deref(), result, env),
            Event::Filter(kind) => return self.ledger.filter(kind),
            Event::More => return self.ledger.more(),
            Event::Retry => return self.ask_again(true),
            Event::CameBack => return self.ask_again(false),
        }
        Vec::new()
    }

    fn view(&self, env: &Env) -> View {
        let balances = self.overview.body(env, |overview| Some(overview.as_of), |overview| balances(overview, env));
        let lots = |lots: &Whole<Lot>| dates::timeline(&lots.items, lots.as_of, self.notice_days, env);
        let mut timeline = self.lots.body(env, |lots| Some(lots.as_of), lots);
        let mut ledger = self.ledger.view(env);
        // One network away is one trouble, not three; `Retry` asks for all of it.
        if let Body::Shown { banner: Some(_), .. } = balances {
            timeline.hide_banner();
            ledger.body.hide_banner();
        }
        let in_trouble = matches!(balances, Body::Trouble(_));
        View {
            heading: chrome::name(&Route::Points, env).to_owned(),
            balances,
            timeline: Some(timeline).filter(|timeline| !(in_trouble && timeline.is_trouble())),
            ledger: Some(ledger).filter(|ledger| !(in_trouble && ledger.body.is_trouble())),
        }
    }
}

fn balances(overview: &Overview, env: &Env) -> BalancesView {
    let locale = env.locale;
    let points = &overview.points;
    let row = |label: &str, points: i64| Row { label: label.to_owned(), value: format::number(points) };
    BalancesView {
        available: format::number(points.available),
        available_label: words::available(locale).to_owned(),
        others: vec![row(words::held(locale), points.held), row(words::pending(locale), points.pending)],
        holds: (points.held > 0).then(|| Link::to(words::held_link(locale), &Route::Reservations)),
        as_of: format::as_of(env, overview.as_of),
    }
}

/// The filters of the ledger.
pub(crate) type Filters = Choices<Option<EntryKind>>;

#[cfg(test)]
mod tests;
