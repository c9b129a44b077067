//! One reservation: its unit is put aside, or can't be kept; another variant is offered; and who did what when.

use catalogue::text::staff_reservation as words;
use contract::Id;
use contract::staff::{StaffReservation, reservation};

use super::standing::{self, HistoryRow, Standing, Summary};
use super::work::{self, Purpose, Work};
use super::{OnDuty, Route, chrome, trouble};
use crate::effect::{Effect, Fresh};
use crate::env::Env;
use crate::failure::Failure;
use crate::load::Load;
use crate::view::{Body, Link};
use crate::{Screen, format};

/// One reservation.
#[derive(Debug)]
pub struct Reservation {
    on_duty: OnDuty,
    id: Id,
    /// How far fetching it has come; what came is in `work`.
    load: Load<()>,
    work: Option<Work>,
}

/// What its address says, and who asks.
#[derive(Clone, Debug, PartialEq)]
pub struct Params {
    /// Who is signed in.
    pub on_duty: OnDuty,
    /// Which reservation.
    pub id: Id,
}

/// What can happen on it.
#[derive(Debug)]
pub enum Event {
    /// The reservation.
    Arrived(Result<Fresh<StaffReservation>, Failure>),
    /// She asks again.
    Retry,
    /// She looks at the page again after a while.
    CameBack,
    /// Something about the work at it.
    Work(work::Event),
}

impl From<work::Event> for Event {
    fn from(event: work::Event) -> Self {
        Event::Work(event)
    }
}

/// What to draw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// The page's heading.
    pub heading: String,
    /// The reservation.
    pub body: Body<Contents>,
}

/// The reservation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contents {
    /// What it is about, and how it stands.
    pub summary: Summary,
    /// What is being done.
    pub work: work::View,
    /// To where it is handed over; only where it waits to be fetched, and for those who work there.
    pub pickup: Option<Link>,
    /// `300 积分，11月21日 16:20 预约`
    pub made: String,
    /// The heading over what happened.
    pub history_heading: String,
    /// Who did what when, oldest first.
    pub history: Vec<HistoryRow>,
    /// Since when all of it is true.
    pub as_of: String,
}

impl Screen for Reservation {
    type Params = Params;
    type Event = Event;
    type View = View;

    fn open(params: Params, _env: &Env) -> (Self, Vec<Effect<Event>>) {
        let Params { on_duty, id } = params;
        let screen = Self { on_duty, id, load: Load::Waiting, work: None };
        let effects = screen.fetch();
        (screen, effects)
    }

    fn update(&mut self, event: Event, env: &Env) -> Vec<Effect<Event>> {
        match event {
            Event::Arrived(result) => self.arrived(result, env),
            Event::Retry | Event::CameBack if self.load.ask_again() => self.fetch(),
            Event::Retry | Event::CameBack => Vec::new(),
            Event::Work(event) => match &mut self.work {
                Some(work) => work.update(event, &Route::Reservation(self.id.clone()), env),
                None => Vec::new(),
            },
        }
    }

    fn view(&self, env: &Env) -> View {
        let as_of = self.work.as_ref().map(|work| work.reservation().as_of);
        let body = trouble::body(&self.load, env, |()| as_of, |()| self.work.as_ref());
        View {
            heading: chrome::name(&Route::Reservation(self.id.clone()), env).to_owned(),
            body: self.filled(body, env),
        }
    }
}

impl Reservation {
    fn fetch(&self) -> Vec<Effect<Event>> {
        vec![Effect::http(reservation(&self.id), Event::Arrived)]
    }

    fn arrived(&mut self, result: Result<Fresh<StaffReservation>, Failure>, env: &Env) -> Vec<Effect<Event>> {
        let (result, effects) = match result {
            Ok(Fresh { value, version }) => {
                let effects = match &mut self.work {
                    Some(work) => work.renewed(value, env),
                    None => {
                        let (work, effects) = Work::begin(Purpose::PutAside, self.on_duty.role, value);
                        self.work = Some(work);
                        effects
                    }
                };
                (Ok(Fresh { value: (), version }), effects)
            }
            Err(failure) => {
                let away = trouble::leads_away(&failure, &Route::Reservation(self.id.clone()), env);
                if let Some(away) = away {
                    return away;
                }
                (Err(failure), Vec::new())
            }
        };
        self.load.arrived(result);
        effects
    }

    fn filled(&self, body: Body<Option<&Work>>, env: &Env) -> Body<Contents> {
        match body {
            Body::Shown { content: Some(work), banner } => {
                Body::Shown { content: contents(work, &self.on_duty, env), banner }
            }
            // Nothing is shown before something came.
            Body::Shown { content: None, .. } => Body::Loading(crate::trouble::loading(env)),
            Body::Loading(words) => Body::Loading(words),
            Body::Trouble(trouble) => Body::Trouble(trouble),
        }
    }
}

fn contents(work: &Work, on_duty: &OnDuty, env: &Env) -> Contents {
    let locale = env.locale;
    let reservation = work.reservation();
    let waits = standing::standing(reservation, env) == Standing::Ready;
    let works_there = on_duty.counter_id() == Some(&reservation.counter.id);
    Contents {
        summary: standing::summary(reservation, on_duty.sees_all(), env),
        work: work::view(work, env),
        pickup: (waits && works_there).then(|| trouble::link(words::to_pickup(locale), &Route::Pickup)),
        made: words::made(
            locale,
            reservation.points,
            &format::number(reservation.points),
            &format::moment(env, reservation.made_at),
        ),
        history_heading: words::history(locale).to_owned(),
        history: standing::history(reservation, env),
        as_of: format::as_of(env, reservation.as_of),
    }
}

#[cfg(test)]
mod tests;
