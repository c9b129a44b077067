//! Work at one reservation: its unit is scanned, to be put aside or to be handed over; another variant is offered; or the counter
//! can't keep it. The page of a reservation and the page of pick-ups both do this, and both do it here.
//!
//! Not a screen: it has no address and opens with what its page has fetched. Its events travel inside its page's.

mod act;
mod give_up;
mod view;

use contract::reservation::ReservationState;
use contract::staff::{Role, StaffReservation, VariantMismatch, reservation};
use contract::{Code, Id};

pub use give_up::{GiveUpView, REASON, Reason};
pub(super) use view::view;
pub use view::{Goods, MismatchView, Step, UnitStep, View};

use give_up::GiveUp;

use super::exchange::{self, Choosing, Outcome, Watch};
use super::unit::Unit;
use super::{Route, standing, trouble};
use crate::effect::{Effect, Fresh, Scanned, Signal};
use crate::env::Env;
use crate::failure::Failure;
use crate::wish::{After, SOON, Wish};

/// The id of the heading of what is being done.
pub const STEP: &str = "step";
/// The id of the heading over the wrong unit.
pub const MISMATCH: &str = "mismatch";
/// The id of what was done last.
pub const TOLD: &str = "told";

/// Work at one reservation.
#[derive(Debug)]
pub(crate) struct Work {
    purpose: Purpose,
    role: Role,
    reservation: StaffReservation,
    stage: Stage,
    told: Option<Told>,
    watch: Watch,
    /// The latest look did not get through.
    blind: bool,
}

/// What its unit is scanned for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// To be put aside: `held` becomes `ready`.
    PutAside,
    /// To be handed over: `ready` becomes `collected`.
    HandOver,
}

/// What is being done.
#[derive(Debug)]
enum Stage {
    /// The unit is scanned, where there is something to scan it for.
    Unit { unit: Unit, sending: Wish<String> },
    /// The unit that was scanned is another one: nothing has changed.
    Mismatch(Box<Mismatch>),
    /// Another variant is chosen, to be offered.
    Choosing(Choosing),
    /// It can't be kept.
    GivingUp(GiveUp),
}

/// The wrong unit.
#[derive(Debug)]
struct Mismatch {
    barcode: String,
    found: VariantMismatch,
}

/// What was done last. Stays on the page until something else is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Told {
    PutAside,
    HandedOver,
    GaveUp,
    Exchange(Outcome),
    /// It was overtaken: the reservation had changed before the unit was scanned.
    Overtaken,
    /// The member has taken it to another counter.
    Elsewhere,
}

/// What can happen.
#[derive(Debug)]
pub enum Event {
    /// Open the camera on the unit.
    Scan,
    /// What came of it.
    Scanned(Scanned),
    /// The unit's input now holds this.
    UnitTyped(String),
    /// The unit's button, or Enter.
    SubmitUnit,
    /// Away from the wrong unit, to scan the right one.
    Again,
    /// Choose another variant to offer.
    OfferOther,
    /// This one.
    Choose(Id),
    /// Ask the member.
    Ask,
    /// The counter can't keep it.
    GiveUp,
    /// Why.
    Reason(Reason),
    /// Why, in words of one's own.
    ReasonTyped(String),
    /// Yes, really.
    ConfirmGiveUp,
    /// Leave things as they are.
    Leave,
    /// The key of what is wanted.
    Key(String),
    /// The first copy of the request was still running; a second went by.
    StillRunning,
    /// The answer to what was wanted.
    Answered(Result<Fresh<StaffReservation>, Failure>),
    /// A second went by while the member is asked.
    Tick,
    /// How the reservation stands now.
    Looked(Result<Fresh<StaffReservation>, Failure>),
}

/// Effects of a page `E` that carries the events of this work inside its own.
type Effects<E> = Vec<Effect<E>>;

impl Work {
    /// Begins, with what was fetched.
    pub fn begin<E: From<Event> + 'static>(
        purpose: Purpose,
        role: Role,
        reservation: StaffReservation,
    ) -> (Self, Effects<E>) {
        let stage = Stage::Unit { unit: Unit::default(), sending: Wish::None };
        let mut work = Self { purpose, role, reservation, stage, told: None, watch: Watch::default(), blind: false };
        let effects = work.watch();
        (work, effects)
    }

    /// The reservation, as it stands.
    pub fn reservation(&self) -> &StaffReservation {
        &self.reservation
    }

    /// The unit was handed over just now.
    pub fn is_handed_over(&self) -> bool {
        self.told == Some(Told::HandedOver)
    }

    /// Why it is not handed over, if it is for want of the pass: whoever scans the unit has to have looked it up, and lately.
    pub fn wants_pass(&self) -> Option<&Failure> {
        let Stage::Unit { sending, .. } = &self.stage else { return None };
        sending.refusal().filter(|failure| failure.code() == Some(Code::PassNotShown))
    }

    /// Something is on its way: whoever turns away now would not see what becomes of it.
    pub fn is_busy(&self) -> bool {
        match &self.stage {
            Stage::Unit { sending, .. } => sending.is_busy(),
            Stage::Choosing(choosing) => choosing.offer.is_busy(),
            Stage::GivingUp(give_up) => give_up.sending.is_busy(),
            Stage::Mismatch(_) => false,
        }
    }

    /// It was fetched anew by its page.
    pub fn renewed<E: From<Event> + 'static>(&mut self, reservation: StaffReservation, env: &Env) -> Effects<E> {
        self.looked(reservation, env)
    }

    /// Takes in what happened on `page`.
    pub fn update<E: From<Event> + 'static>(&mut self, event: Event, page: &Route, env: &Env) -> Effects<E> {
        match event {
            Event::Scan => self.scan(env),
            Event::Scanned(scanned) => self.scanned(&scanned, env),
            Event::UnitTyped(text) => self.typed(text),
            Event::SubmitUnit => self.submit_unit(env),
            Event::Again | Event::Leave => self.leave(),
            Event::OfferOther => self.choose_other(env),
            Event::Choose(id) => self.choose(id),
            Event::Ask => self.ask(),
            Event::GiveUp => self.give_up(env),
            Event::Reason(reason) => self.reason(reason),
            Event::ReasonTyped(text) => self.reason_typed(text),
            Event::ConfirmGiveUp => self.confirm_give_up(env),
            Event::Key(key) => self.named(key),
            Event::StillRunning => self.look_after(),
            Event::Answered(result) => self.answered(result, page, env),
            Event::Tick => self.tick(),
            Event::Looked(Ok(Fresh { value, .. })) => {
                self.watch.answered();
                self.blind = false;
                self.looked(value, env)
            }
            Event::Looked(Err(failure)) => {
                self.watch.answered();
                if failure.code() == Some(Code::NotFound) {
                    // The member has taken it to another counter: it is no business of this one any more.
                    self.reservation.exchange = None;
                    self.told = Some(Told::Elsewhere);
                    return vec![Effect::Signal(Signal::Bad)];
                }
                self.blind = true;
                trouble::leads_away(&failure, page, env).unwrap_or_default()
            }
        }
    }

    /// There is something to scan the unit for, and somebody who has it in hand: only a counter has.
    fn scans(&self, env: &Env) -> bool {
        // While she is asked which one it is to be, none is handed over.
        if self.role != Role::Counter || self.reservation.exchange.is_some() {
            return false;
        }
        let state = standing::state(&self.reservation, env);
        match self.purpose {
            Purpose::PutAside => state == ReservationState::Held,
            Purpose::HandOver => state == ReservationState::Ready,
        }
    }

    /// Another variant may be offered: by whom the member stands before.
    fn can_offer(&self, env: &Env) -> bool {
        self.role == Role::Counter && exchange::is_possible(&self.reservation, env)
    }

    /// The counter may still say that it can't keep it.
    fn can_give_up(&self, env: &Env) -> bool {
        let is_open = standing::state(&self.reservation, env).is_open();
        self.purpose == Purpose::PutAside && is_open && self.reservation.exchange.is_none()
    }

    fn answered<E: From<Event> + 'static>(
        &mut self,
        result: Result<Fresh<StaffReservation>, Failure>,
        page: &Route,
        env: &Env,
    ) -> Effects<E> {
        match result {
            Ok(Fresh { value, .. }) => self.done(value, env),
            Err(failure) => trouble::leads_away(&failure, page, env).unwrap_or_else(|| self.failed(failure, env)),
        }
    }

    /// What was wanted is done.
    fn done<E: From<Event> + 'static>(&mut self, reservation: StaffReservation, env: &Env) -> Effects<E> {
        self.told = match (&self.stage, self.purpose) {
            (Stage::Unit { .. }, Purpose::PutAside) => Some(Told::PutAside),
            (Stage::Unit { .. }, Purpose::HandOver) => Some(Told::HandedOver),
            (Stage::GivingUp(_), _) => Some(Told::GaveUp),
            (Stage::Choosing(_) | Stage::Mismatch(_), _) => None,
        };
        self.reservation = reservation;
        self.back_to_unit();
        let focus = if self.told.is_some() { TOLD } else { STEP };
        let mut effects = vec![Effect::Signal(Signal::Good), Effect::Focus(focus)];
        effects.extend(self.announce(env));
        effects.extend(self.watch());
        effects
    }

    /// What was wanted is not done, or nobody knows.
    fn failed<E: From<Event> + 'static>(&mut self, failure: Failure, env: &Env) -> Effects<E> {
        if failure.code() == Some(Code::VariantMismatch)
            && let Some(effects) = self.mismatched(&failure, env)
        {
            return effects;
        }
        let after = match &mut self.stage {
            Stage::Unit { sending, .. } => sending.failed(failure),
            Stage::Choosing(choosing) => choosing.offer.failed(failure),
            Stage::GivingUp(give_up) => give_up.sending.failed(failure),
            Stage::Mismatch(_) => None,
        };
        match after {
            None => Vec::new(),
            Some(After::Wait) => vec![Effect::Wait(SOON, Event::StillRunning.into())],
            // How it stands now is what the clerk needs to know, too.
            Some(After::Refused(Some(Code::ReservationState | Code::NotFound))) => {
                vec![Effect::Signal(Signal::Bad), self.look()]
            }
            Some(After::Unsure | After::Refused(_)) => vec![Effect::Signal(Signal::Bad)],
        }
    }

    fn mismatched<E>(&mut self, failure: &Failure, env: &Env) -> Option<Effects<E>> {
        let Failure::Refused(problem) = failure else { return None };
        let Stage::Unit { sending, .. } = &self.stage else { return None };
        let mismatch = Mismatch { barcode: sending.what()?.clone(), found: problem.members()? };
        self.stage = Stage::Mismatch(Box::new(mismatch));
        let heading = view::mismatch_heading(env);
        Some(vec![Effect::Signal(Signal::Bad), Effect::Focus(MISMATCH), Effect::Announce(heading)])
    }

    fn look<E: From<Event> + 'static>(&self) -> Effect<E> {
        Effect::http(reservation(&self.reservation.id), |result| Event::Looked(result).into())
    }

    /// It was looked at anew: the member may have decided, or done something else.
    fn looked<E: From<Event> + 'static>(&mut self, after: StaffReservation, env: &Env) -> Effects<E> {
        let outcome = exchange::outcome(&self.reservation, &after);
        let changed = after.state != self.reservation.state || after.variant.id != self.reservation.variant.id;
        self.reservation = after;
        if changed && self.is_free() {
            if matches!(&self.stage, Stage::Unit { sending, .. } if sending.refusal().is_some()) {
                self.told = Some(Told::Overtaken);
            }
            self.back_to_unit();
        }
        let mut effects = Vec::new();
        if let Some(outcome) = outcome {
            self.told = Some(Told::Exchange(outcome));
            effects.push(Effect::Signal(if outcome == Outcome::Taken { Signal::Good } else { Signal::Bad }));
            effects.extend(self.announce(env));
        }
        effects.extend(self.watch());
        effects
    }

    /// Ticks as long as an offer waits.
    fn watch<E: From<Event> + 'static>(&mut self) -> Effects<E> {
        if self.reservation.exchange.is_some() && self.watch.begin() {
            return vec![Effect::Wait(SOON, Event::Tick.into())];
        }
        Vec::new()
    }

    fn tick<E: From<Event> + 'static>(&mut self) -> Effects<E> {
        if self.reservation.exchange.is_none() {
            self.watch.end();
            return Vec::new();
        }
        let mut effects = vec![Effect::Wait(SOON, Event::Tick.into())];
        if self.watch.tick() {
            effects.push(self.look());
        }
        effects
    }

    fn announce<E>(&self, env: &Env) -> Option<Effect<E>> {
        view::told(self, env).map(|told| Effect::Announce(told.text(env.locale)))
    }
}
