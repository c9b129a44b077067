//! Her reservations: the open ones first, those that have ended below.

use catalogue::text::reservations as words;
use contract::json;
use contract::list::Page;
use contract::reservation::{Pass, Reservation, ReservationEventKind, ReservationState, reservations};
use serde::{Deserialize, Serialize};

use crate::effect::{Effect, Fresh};
use crate::env::Env;
use crate::failure::Failure;
use crate::load::Load;
use crate::paged::Paged;
use crate::pass::has_ended;
use crate::progress::{self, Tone};
use crate::route::Route;
use crate::view::{Alert, Body, Link, Submit};
use crate::{Screen, chrome, format, trouble};

/// Her reservations.
#[derive(Debug)]
pub struct Reservations {
    list: Paged<Reservation>,
    pocket: Pocket,
}

/// What is kept on this phone.
#[derive(Debug)]
enum Pocket {
    /// Nobody has looked, or not found out yet.
    Unknown,
    /// No pass.
    Empty,
    /// This one.
    Holds(Box<Pass>),
}

/// What can happen on it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case", tag = "on", content = "value")]
pub enum Event {
    /// A page of them: after which cursor.
    #[serde(skip)]
    Arrived(Option<String>, Result<Fresh<Page<Reservation>>, Failure>),
    /// What is kept on this phone, when some have ended or none could be had.
    #[serde(skip)]
    Found(Option<String>),
    /// The next page, please.
    More,
    /// She asks again.
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
    /// The reservations.
    pub body: Body<Contents>,
}

/// The reservations.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Contents {
    /// There is none.
    pub none: Option<Nothing>,
    /// Those with the same fate.
    pub groups: Vec<Group>,
    /// Sends `More`; `None` if there is no more.
    pub more: Option<Submit>,
    /// Why there is not.
    pub alert: Option<Alert>,
}

/// In place of reservations.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Nothing {
    /// That there is none.
    pub heading: String,
    /// What to do.
    pub text: String,
    /// To the gifts.
    pub link: Link,
}

/// Reservations that are open, or have ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Group {
    /// Which of the two.
    pub heading: String,
    /// In the server's order.
    pub cards: Vec<Card>,
}

/// A reservation among others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Card {
    /// To it.
    pub path: String,
    /// The address of the gift's picture.
    pub picture: String,
    /// The gift and its variant: `清润水乳旅行套装 · 清爽型`.
    pub name: String,
    /// How far it has come.
    pub state: String,
    /// The same as a colour.
    pub tone: Tone,
    /// Where.
    pub counter: String,
    /// The next deadline, or when it ended.
    pub when: String,
}

impl Reservations {
    fn fetch(cursor: Option<String>) -> Effect<Event> {
        let endpoint = reservations(cursor.as_deref());
        Effect::http(endpoint, move |result| Event::Arrived(cursor, result))
    }
}

impl Screen for Reservations {
    type Params = ();
    type Event = Event;
    type View = View;

    fn open((): (), _env: &Env) -> (Self, Vec<Effect<Event>>) {
        (Self { list: Paged::waiting(), pocket: Pocket::Unknown }, vec![Self::fetch(None)])
    }

    fn update(&mut self, event: Event, env: &Env) -> Vec<Effect<Event>> {
        match event {
            Event::Arrived(cursor, result) => {
                let failure = result.as_ref().err();
                if let Some(away) = failure.and_then(|failure| trouble::leads_away(failure, &Route::Reservations, env))
                {
                    return away;
                }
                let ended = |page: &Page<Reservation>| page.items.iter().any(|one| !one.state.is_open());
                let some_ended = result.as_ref().is_ok_and(|fresh| ended(&fresh.value));
                let mut effects = Vec::new();
                let added = self.list.arrived(cursor.as_deref(), result);
                if some_ended || matches!(self.list.items, Load::Failed(_)) {
                    effects.push(Effect::ReadPass(Event::Found));
                }
                if let Some(added) = added {
                    let added = i64::try_from(added).unwrap_or(i64::MAX);
                    effects.push(Effect::Announce(words::added(env.locale, added, &format::number(added))));
                }
                effects
            }
            Event::Found(text) => self.found(text, env),
            Event::More => self.list.more().map(|cursor| Self::fetch(Some(cursor))).into_iter().collect(),
            Event::Retry | Event::CameBack if self.list.items.ask_again() => vec![Self::fetch(None)],
            Event::Retry | Event::CameBack => Vec::new(),
        }
    }

    fn view(&self, env: &Env) -> View {
        let as_of = |page: &Page<Reservation>| page.items.first().map(|one| one.as_of);
        let mut body = self.list.items.body(env, as_of, |page| self.contents(page, env));
        if let Body::Trouble(trouble) = &mut body {
            match &self.pocket {
                // The way out must not change under her thumb.
                Pocket::Unknown => body = Body::Loading(trouble::loading(env)),
                Pocket::Holds(pass) if !has_ended(pass, env) => {
                    let to = Route::Pass { id: pass.reservation_id.clone() };
                    trouble.way_out = Some(Link::to(words::kept_pass(env.locale), &to));
                }
                Pocket::Holds(_) | Pocket::Empty => {}
            }
        }
        View { heading: chrome::name(&Route::Reservations, env).to_owned(), body }
    }
}

impl Reservations {
    /// A pass that was kept for a place without signal must not outlive its reservation. Otherwise it is what there is without one.
    fn found(&mut self, text: Option<String>, env: &Env) -> Vec<Effect<Event>> {
        self.pocket = Pocket::Empty;
        let Some(pass) = text.and_then(|text| json::decode::<Pass>(&text).ok()) else { return Vec::new() };
        let its = |one: &Reservation| one.id == pass.reservation_id && !one.state.is_open();
        if has_ended(&pass, env) || self.list.items.shown().is_some_and(|page| page.items.iter().any(its)) {
            return vec![Effect::KeepPass(None)];
        }
        self.pocket = Pocket::Holds(Box::new(pass));
        Vec::new()
    }

    fn contents(&self, page: &Page<Reservation>, env: &Env) -> Contents {
        let locale = env.locale;
        let group = |heading: &str, open: bool| Group {
            heading: heading.to_owned(),
            cards: page.items.iter().filter(|one| one.state.is_open() == open).map(|one| card(one, env)).collect(),
        };
        let groups = [group(words::open(locale), true), group(words::over(locale), false)];
        Contents {
            none: page.items.is_empty().then(|| Nothing {
                heading: words::none_heading(locale).to_owned(),
                text: words::none_text(locale).to_owned(),
                link: Link::to(words::none_link(locale), &Route::Gifts),
            }),
            groups: groups.into_iter().filter(|group| !group.cards.is_empty()).collect(),
            more: self.list.button(words::more(locale), words::loading_more(locale)),
            alert: self.list.alert(env),
        }
    }
}

fn card(one: &Reservation, env: &Env) -> Card {
    let locale = env.locale;
    let mut name = one.gift.name.clone();
    name.push_str(" · ");
    name.push_str(&one.variant.label);
    let day = |what| format::day_of(env, progress::when(one, what).unwrap_or(one.hold_until));
    let when = match one.state {
        ReservationState::Held if one.late => words::late(locale, &format::moment(env, one.ready_by)),
        ReservationState::Held => words::held(locale, &format::moment(env, one.ready_by)),
        ReservationState::Ready => words::ready(locale, &format::moment(env, one.hold_until)),
        ReservationState::Collected => day(ReservationEventKind::Collected),
        ReservationState::Cancelled => words::back(locale, &day(ReservationEventKind::Cancelled)),
        ReservationState::Failed => words::back(locale, &day(ReservationEventKind::Failed)),
        ReservationState::Expired => words::back(locale, &day(ReservationEventKind::Expired)),
    };
    Card {
        path: Route::reservation(&one.id).path(),
        picture: one.gift.picture.clone(),
        name,
        state: progress::name(one.state, one.late, env).to_owned(),
        tone: progress::tone(one.state, one.late),
        counter: one.counter.name.clone(),
        when,
    }
}

#[cfg(test)]
mod tests;
