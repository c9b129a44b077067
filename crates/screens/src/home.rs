//! Home. On the boot path: it must stay small, and drag in nothing of other pages.

use catalogue::text::{home as words, standing as standing_words};
use contract::overview::{Overview, SuggestedGift, overview};
use contract::reservation::{OpenReservation, ReservationState};
use serde::{Deserialize, Serialize};

use crate::effect::{Effect, Fresh};
use crate::env::Env;
use crate::failure::Failure;
use crate::load::{Load, Renewal};
use crate::progress::Tone;
use crate::route::Route;
use crate::standing::{Standing, standing};
use crate::view::{Bar, Body, Link, Stressed};
use crate::{Screen, chrome, format, timeline, trouble};

/// The bars of the panel; the page of the points has them all.
const BARS: usize = 6;
/// As many as can be taken in at a glance.
const RESERVATIONS: usize = 2;
/// As many as fit into a row.
const GIFTS: usize = 3;

/// Home.
#[derive(Debug)]
pub struct Home {
    overview: Load<Overview>,
}

/// What can happen on it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case", tag = "on", content = "value")]
pub enum Event {
    /// The answer.
    #[serde(skip)]
    Arrived(Result<Fresh<Overview>, Failure>),
    /// She asks again.
    Retry,
    /// She looks at the page again after a while.
    #[serde(skip)]
    CameBack,
}

/// What to draw.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct View {
    /// The page's name; not shown, the status sentence stands in its place.
    pub heading: String,
    /// Her figures.
    pub body: Body<Figures>,
}

/// Her figures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Figures {
    /// Line one: "… your membership is active until …"; the date stands out.
    pub status: Stressed,
    /// Since when all of it is true.
    pub as_of: String,
    /// Her card.
    pub card: CardPanel,
    /// Her open reservations, the one that is safe to travel for first; two at most, the others are on their page.
    pub reservations: Vec<ReservationPanel>,
    /// Where she stands.
    pub tier: TierPanel,
    /// Her points' dates, or what to do if she has none.
    pub expiry: ExpiryPanel,
    /// What she can have now; `None` if there is nothing.
    pub gifts: Option<GiftsPanel>,
}

/// An open reservation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReservationPanel {
    /// To the pass, if there is one, else to the reservation.
    pub path: String,
    /// What its colour says; the words say the same.
    pub tone: Tone,
    /// `可放心前往`
    pub title: String,
    /// The gift.
    pub gift: String,
    /// Where, and the next deadline.
    pub text: String,
}

/// What she can have now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GiftsPanel {
    /// The panel's heading.
    pub heading: String,
    /// To all of them.
    pub all: Link,
    /// Three at most.
    pub gifts: Vec<GiftCard>,
}

/// A gift she can have now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GiftCard {
    /// To it.
    pub path: String,
    /// The address of its picture.
    pub picture: String,
    /// Its name.
    pub name: String,
    /// `300 积分`
    pub points: String,
}

/// Her card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CardPanel {
    /// The tier's name.
    pub tier: String,
    /// The tier's id: names its material in the brand's theme.
    pub material: String,
    /// What the number is, for those who can't see the card.
    pub number_label: String,
    /// In groups of four.
    pub number: String,
    /// The one large number.
    pub available: String,
    /// What it counts.
    pub available_label: String,
    /// `锁定 300`; `None` if nothing is.
    pub held: Option<String>,
    /// `待入账 86`; `None` if nothing is.
    pub pending: Option<String>,
    /// To barcode and QR code.
    pub show: Link,
}

/// Where she stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TierPanel {
    /// Ring and sentence.
    pub standing: Standing,
    /// To the trace.
    pub why: Link,
}

/// Her points' dates.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ExpiryPanel {
    /// There are points, and they expire.
    Dates {
        /// The panel's heading.
        heading: String,
        /// To every date.
        all: Link,
        /// The next six.
        bars: Vec<Bar>,
        /// What expires next, and whether she was told; number and date stand out.
        next: Stressed,
    },
    /// There are points, and they never expire.
    Never {
        /// The panel's heading.
        heading: String,
        /// That.
        sentence: String,
    },
    /// There are none yet.
    Empty {
        /// That.
        heading: String,
        /// How to come by some, or when those on their way can be used.
        text: String,
        /// To how points are earned.
        link: Link,
    },
}

impl Home {
    /// The page with `overview` on it: as the server renders it, and as it opens where the answer came with the page.
    pub fn arrived(overview: Overview) -> Self {
        Self { overview: Load::Shown(overview, Renewal::None) }
    }

    fn fetch() -> Vec<Effect<Event>> {
        vec![Effect::http(overview(), Event::Arrived)]
    }
}

impl Screen for Home {
    type Params = ();
    type Event = Event;
    type View = View;

    fn open((): (), _env: &Env) -> (Self, Vec<Effect<Event>>) {
        (Self { overview: Load::Waiting }, Self::fetch())
    }

    fn update(&mut self, event: Event, env: &Env) -> Vec<Effect<Event>> {
        match event {
            Event::Arrived(result) => {
                if let Some(away) =
                    result.as_ref().err().and_then(|failure| trouble::leads_away(failure, &Route::Home, env))
                {
                    return away;
                }
                self.overview.arrived(result);
                Vec::new()
            }
            Event::Retry | Event::CameBack if self.overview.ask_again() => Self::fetch(),
            Event::Retry | Event::CameBack => Vec::new(),
        }
    }

    fn view(&self, env: &Env) -> View {
        let mut body = self.overview.body(env, |overview| Some(overview.as_of), |overview| figures(overview, env));
        if let Body::Trouble(trouble) = &mut body {
            // This is the page that other pages lead back to.
            trouble.way_out = Some(link(Route::Programme, env));
        }
        View { heading: chrome::name(&Route::Home, env).to_owned(), body }
    }
}

fn link(route: Route, env: &Env) -> Link {
    Link::to(chrome::name(&route, env), &route)
}

fn figures(overview: &Overview, env: &Env) -> Figures {
    let locale = env.locale;
    let until = format::date(locale, overview.status_sentence.active_until);
    Figures {
        status: Stressed::new(&words::status(locale, &until, &overview.status_sentence.name), &until),
        as_of: format::as_of(env, overview.as_of),
        card: card(overview, env),
        reservations: reservations(&overview.reservations, env),
        tier: TierPanel {
            standing: standing(&overview.tier, env),
            why: Link::to(standing_words::why(locale), &Route::Tier),
        },
        expiry: expiry(overview, env),
        gifts: gifts(&overview.gifts, env),
    }
}

/// The one that is safe to travel for first: that is what she came to see.
fn reservations(open: &[OpenReservation], env: &Env) -> Vec<ReservationPanel> {
    let is_ready = |one: &&OpenReservation| one.state == ReservationState::Ready;
    let others = open.iter().filter(|one| !is_ready(one));
    open.iter().filter(is_ready).chain(others).take(RESERVATIONS).map(|one| reservation(one, env)).collect()
}

fn reservation(one: &OpenReservation, env: &Env) -> ReservationPanel {
    let locale = env.locale;
    let route = Route::reservation(&one.id);
    let (tone, title, text, route) = if one.state == ReservationState::Ready {
        let until = words::ready_until(locale, &one.counter, &format::moment(env, one.hold_until));
        (Tone::Good, words::ready(locale), until, Route::Pass { id: one.id.clone() })
    } else if one.late {
        (Tone::Late, words::late(locale), words::late_at(locale, &one.counter), route)
    } else {
        let by = words::waiting_by(locale, &format::moment(env, one.ready_by), &one.counter);
        (Tone::Waiting, words::waiting(locale), by, route)
    };
    ReservationPanel { path: route.path(), tone, title: title.to_owned(), gift: one.gift.clone(), text }
}

fn gifts(gifts: &[SuggestedGift], env: &Env) -> Option<GiftsPanel> {
    let locale = env.locale;
    let card = |gift: &SuggestedGift| GiftCard {
        path: Route::gift(&gift.id).path(),
        picture: gift.picture.clone(),
        name: gift.name.clone(),
        points: words::gift_points(locale, gift.points, &format::number(gift.points)),
    };
    (!gifts.is_empty()).then(|| GiftsPanel {
        heading: words::gifts_heading(locale).to_owned(),
        all: Link::to(words::gifts_all(locale), &Route::Gifts),
        gifts: gifts.iter().take(GIFTS).map(card).collect(),
    })
}

fn card(overview: &Overview, env: &Env) -> CardPanel {
    let locale = env.locale;
    let points = &overview.points;
    CardPanel {
        tier: overview.tier.current.name.clone(),
        material: overview.tier.current.id.clone(),
        number_label: words::card_number(locale).to_owned(),
        number: format::card_number(&overview.member.card.number),
        available: format::number(points.available),
        available_label: words::available(locale).to_owned(),
        held: (points.held != 0).then(|| words::held(locale, &format::number(points.held))),
        pending: (points.pending != 0).then(|| words::pending(locale, &format::number(points.pending))),
        show: Link::to(words::show_card(locale), &Route::Card),
    }
}

fn expiry(overview: &Overview, env: &Env) -> ExpiryPanel {
    let locale = env.locale;
    let heading = words::expiry_heading(locale).to_owned();
    let dated = overview.expiring.iter().filter(|batch| batch.on.is_some()).count();
    let first = overview.expiring.iter().find_map(|batch| Some((batch, batch.on?)));
    match first {
        Some((batch, on)) => {
            let count = i64::try_from(dated).unwrap_or(i64::MAX);
            ExpiryPanel::Dates {
                heading,
                all: Link::to(&words::expiry_all(locale, count, &format::number(count)), &Route::Points),
                bars: timeline::bars(&overview.expiring, BARS, env),
                next: timeline::next(batch.points, on, batch.notified.as_ref(), env),
            }
        }
        None if overview.expiring.is_empty() => {
            let pending = overview.points.pending;
            ExpiryPanel::Empty {
                heading: words::empty_heading(locale).to_owned(),
                text: if pending > 0 {
                    words::empty_pending(locale, pending, &format::number(pending))
                } else {
                    words::empty_text(locale).to_owned()
                },
                link: Link::to(words::empty_link(locale), &Route::Programme),
            }
        }
        None => ExpiryPanel::Never { heading, sentence: words::never_expires(locale).to_owned() },
    }
}

#[cfg(test)]
mod tests;
