//! To look at, for desk and managers: reservations that no counter has put aside in time, and (managers alone) what the record
//! calls an alert.

mod view;

use contract::list::Page;
use contract::staff::{AuditEntry, Role, StaffFilter, StaffReservation, audit, reservations};

pub use view::{AlertRow, Alerts, Contents, Late, View};

use super::{OnDuty, Route, trouble};
use crate::Screen;
use crate::effect::{Effect, Fresh};
use crate::env::Env;
use crate::failure::Failure;
use crate::load::Load;
use crate::pulse::Pulse;

/// To look at.
#[derive(Debug)]
pub struct Attention {
    on_duty: OnDuty,
    late: Load<Vec<StaffReservation>>,
    alerts: Load<Record>,
    pulse: Pulse,
}

/// As much of the record as was asked for.
#[derive(Debug)]
struct Record {
    entries: Vec<AuditEntry>,
    more: More,
}

/// What lies before it.
#[derive(Debug)]
enum More {
    /// Nothing.
    None,
    /// This much, if asked for.
    Next(String),
    /// It is being asked for.
    Asked(String),
    /// It did not come.
    Failed(String, Failure),
}

/// What can happen on it.
#[derive(Debug)]
pub enum Event {
    /// Those that are late.
    Late(Result<Fresh<Page<StaffReservation>>, Failure>),
    /// The newest of the record.
    Alerts(Result<Fresh<Page<AuditEntry>>, Failure>),
    /// What lies before.
    Older(Result<Fresh<Page<AuditEntry>>, Failure>),
    /// Time to look again.
    Tick,
    /// She asks again.
    Retry,
    /// She looks at the page again after a while.
    CameBack,
    /// Show what lies before.
    More,
}

impl Screen for Attention {
    type Params = OnDuty;
    type Event = Event;
    type View = View;

    fn open(on_duty: OnDuty, _env: &Env) -> (Self, Vec<Effect<Event>>) {
        let mut screen = Self { on_duty, late: Load::Waiting, alerts: Load::Waiting, pulse: Pulse::new() };
        if !screen.is_for_her() {
            return (screen, Vec::new());
        }
        let mut effects = vec![ask_late()];
        effects.extend(screen.reads_record().then(ask_alerts));
        effects.extend(screen.pulse.beat(Event::Tick));
        (screen, effects)
    }

    fn update(&mut self, event: Event, env: &Env) -> Vec<Effect<Event>> {
        match event {
            Event::Late(result) => {
                if let Some(away) = leads_away(result.as_ref().err(), env) {
                    return away;
                }
                self.late.arrived(result.map(|Fresh { value, version }| Fresh { value: value.items, version }));
                Vec::new()
            }
            Event::Alerts(result) => self.alerts_arrived(result, env),
            Event::Older(result) => self.older_arrived(result, env),
            Event::Tick => {
                let mut effects = if self.pulse.has_beaten() { self.look() } else { Vec::new() };
                effects.extend(self.pulse.beat(Event::Tick));
                effects
            }
            Event::Retry | Event::CameBack if self.is_for_her() => self.look(),
            Event::Retry | Event::CameBack => Vec::new(),
            Event::More => self.older(),
        }
    }

    fn view(&self, env: &Env) -> View {
        view::view(self, env)
    }
}

impl Attention {
    /// A counter has its own under today.
    fn is_for_her(&self) -> bool {
        self.on_duty.role != Role::Counter
    }

    fn reads_record(&self) -> bool {
        self.on_duty.role == Role::Manager
    }

    fn look(&mut self) -> Vec<Effect<Event>> {
        let mut effects = Vec::new();
        if self.late.ask_again() {
            effects.push(ask_late());
        }
        if self.reads_record() && self.alerts.ask_again() {
            effects.push(ask_alerts());
        }
        effects
    }

    fn alerts_arrived(&mut self, result: Result<Fresh<Page<AuditEntry>>, Failure>, env: &Env) -> Vec<Effect<Event>> {
        if let Some(away) = leads_away(result.as_ref().err(), env) {
            return away;
        }
        let fresh = result.map(|Fresh { value, version }| {
            let Page { items, next } = value;
            let record = match self.alerts.shown() {
                // What was there before, in front of it what is new: older pages that were asked for stay.
                Some(before) if before.overlaps(&items) => before.with_newer(items),
                _ => Record { entries: items, more: next.map_or(More::None, More::Next) },
            };
            Fresh { value: record, version }
        });
        self.alerts.arrived(fresh);
        Vec::new()
    }

    fn older(&mut self) -> Vec<Effect<Event>> {
        let Load::Shown(record, _) = &mut self.alerts else { return Vec::new() };
        let (More::Next(cursor) | More::Failed(cursor, _)) = &record.more else { return Vec::new() };
        let cursor = cursor.clone();
        let effect = Effect::http(audit(true, Some(&cursor)), Event::Older);
        record.more = More::Asked(cursor);
        vec![effect]
    }

    fn older_arrived(&mut self, result: Result<Fresh<Page<AuditEntry>>, Failure>, env: &Env) -> Vec<Effect<Event>> {
        if let Some(away) = leads_away(result.as_ref().err(), env) {
            return away;
        }
        let Load::Shown(record, _) = &mut self.alerts else { return Vec::new() };
        let More::Asked(cursor) = &record.more else { return Vec::new() };
        match result {
            Ok(Fresh { value: Page { items, next }, .. }) => {
                let new = items.into_iter().filter(|entry| !record.entries.iter().any(|known| known.id == entry.id));
                let new: Vec<AuditEntry> = new.collect();
                record.entries.extend(new);
                record.more = next.map_or(More::None, More::Next);
            }
            Err(failure) => record.more = More::Failed(cursor.clone(), failure),
        }
        Vec::new()
    }
}

impl Record {
    fn overlaps(&self, newest: &[AuditEntry]) -> bool {
        newest.iter().any(|entry| self.entries.iter().any(|known| known.id == entry.id))
    }

    /// The same with what is new before it.
    fn with_newer(&self, mut newest: Vec<AuditEntry>) -> Record {
        newest.retain(|entry| !self.entries.iter().any(|known| known.id == entry.id));
        newest.extend(self.entries.iter().cloned());
        Record { entries: newest, more: self.more.again() }
    }
}

impl More {
    fn again(&self) -> Self {
        match self {
            More::None => More::None,
            More::Next(cursor) => More::Next(cursor.clone()),
            More::Asked(cursor) => More::Asked(cursor.clone()),
            More::Failed(cursor, failure) => More::Failed(cursor.clone(), failure.clone()),
        }
    }
}

fn ask_late() -> Effect<Event> {
    Effect::http(reservations(&StaffFilter { late: true, ..StaffFilter::default() }, None), Event::Late)
}

fn ask_alerts() -> Effect<Event> {
    Effect::http(audit(true, None), Event::Alerts)
}

fn leads_away(failure: Option<&Failure>, env: &Env) -> Option<Vec<Effect<Event>>> {
    trouble::leads_away(failure?, &Route::Attention, env)
}

#[cfg(test)]
mod tests;
