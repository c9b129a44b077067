//! What a counter has: so many are there, so many of them held, so many not. Counted with a reason, and received with a key.
//!
//! It never says that something is to be had (P2): beside every figure stands the way to hold a unit for the member who asks.

mod edit;
mod view;

use contract::counter::{Counter, counters};
use contract::list::{Page, Whole};
use contract::staff::{CountReason, Role, StockLine, count, receive, stock};
use contract::{Code, Id, Instant};

pub(super) use edit::reason_name;
pub use edit::{EditView, NOTE, QUANTITY};
pub use view::{City, Contents, Figure, GiftStock, LineView, Shelf, View};

use edit::{Change, Edit};

use super::work::TOLD;
use super::{OnDuty, Route, trouble};
use crate::Screen;
use crate::effect::{Effect, Fresh, Signal};
use crate::env::Env;
use crate::failure::Failure;
use crate::load::Load;
use crate::pulse::Pulse;
use crate::wish::{After, SOON};

/// What a counter has.
#[derive(Debug)]
pub struct Stock {
    on_duty: OnDuty,
    /// Whose; `None` for somebody without a counter who has not chosen one.
    counter: Option<Id>,
    /// For those who see all of them: to choose from, and for the name of the one that is shown.
    counters: Load<Vec<Counter>>,
    lines: Load<Lines>,
    edit: Option<Edit>,
    /// The latest change that was made; stays until another is begun.
    told: Option<Told>,
    pulse: Pulse,
}

/// What a counter has.
#[derive(Debug)]
struct Lines {
    lines: Vec<StockLine>,
    as_of: Instant,
}

/// What was changed.
#[derive(Debug)]
struct Told {
    variant_id: Id,
    gift: String,
    variant: String,
    on_hand: i64,
}

/// What its address says, and who asks.
#[derive(Clone, Debug, PartialEq)]
pub struct Params {
    /// Who is signed in.
    pub on_duty: OnDuty,
    /// Whose stock, from the address. Somebody who works at a counter sees her own, whatever it says.
    pub counter: Option<Id>,
}

/// What can happen on it.
#[derive(Debug)]
pub enum Event {
    /// The counters.
    Counters(Result<Fresh<Page<Counter>>, Failure>),
    /// What the counter has.
    Arrived(Result<Fresh<Whole<StockLine>>, Failure>),
    /// Time to look again.
    Tick,
    /// She asks again.
    Retry,
    /// She looks at the page again after a while.
    CameBack,
    /// This variant was counted.
    Count(Id),
    /// Some of this variant arrived.
    Receive(Id),
    /// The number's input now holds this.
    NumberTyped(String),
    /// One more, or one less.
    Step(i64),
    /// Why the count is not what it was.
    Reason(CountReason),
    /// The note's input now holds this.
    NoteTyped(String),
    /// Save it.
    Save,
    /// Leave it as it is.
    Leave,
    /// The key of what arrived.
    Key(String),
    /// The first copy of the request was still running; a second went by.
    StillRunning,
    /// The answer to saving.
    Saved(Result<Fresh<StockLine>, Failure>),
}

impl Screen for Stock {
    type Params = Params;
    type Event = Event;
    type View = View;

    fn open(params: Params, _env: &Env) -> (Self, Vec<Effect<Event>>) {
        let Params { on_duty, counter } = params;
        let counter = on_duty.counter_id().cloned().or(counter);
        let screen = Self {
            on_duty,
            counter,
            counters: Load::Waiting,
            lines: Load::Waiting,
            edit: None,
            told: None,
            pulse: Pulse::new(),
        };
        let mut effects = Vec::new();
        if screen.on_duty.sees_all() {
            effects.push(Effect::http(counters(), Event::Counters));
        }
        effects.extend(screen.fetch());
        (screen, effects)
    }

    fn update(&mut self, event: Event, env: &Env) -> Vec<Effect<Event>> {
        match event {
            Event::Counters(result) => {
                let all = result.map(|Fresh { value, version }| Fresh { value: value.items, version });
                self.counters.arrived(all);
                Vec::new()
            }
            Event::Arrived(result) => self.arrived(result, env),
            Event::Tick => {
                if self.pulse.has_beaten() && self.lines.ask_again() {
                    return self.fetch().into_iter().collect();
                }
                Vec::new()
            }
            Event::Retry | Event::CameBack => self.retry(),
            Event::Count(variant) => self.begin(&variant, Change::count),
            Event::Receive(variant) => self.begin(&variant, |_| Change::receive()),
            Event::NumberTyped(text) => self.edit(|edit| edit.number_typed(&text)),
            Event::Step(by) => self.edit(|edit| edit.step(by)),
            Event::Reason(reason) => self.edit(|edit| edit.reason(reason)),
            Event::NoteTyped(text) => self.edit(|edit| edit.note_typed(text)),
            Event::Save => self.save(),
            Event::Leave => {
                self.edit = self.edit.take().filter(Edit::is_open);
                Vec::new()
            }
            Event::Key(key) => {
                let named = self.edit.as_mut().and_then(|edit| edit.named(key));
                named.into_iter().filter_map(|named| self.receipt(named)).collect()
            }
            Event::StillRunning => {
                let named = self.edit.as_ref().and_then(Edit::look_after);
                named.into_iter().filter_map(|named| self.receipt(named)).collect()
            }
            Event::Saved(result) => self.saved(result, env),
        }
    }

    fn view(&self, env: &Env) -> View {
        view::view(self, env)
    }
}

impl Stock {
    fn route(&self) -> Route {
        let counter = self.counter.clone().filter(|_| self.on_duty.sees_all());
        Route::Stock { counter }
    }

    /// The desk looks; whoever has the units in hand, or answers for them, changes figures.
    fn may_change(&self) -> bool {
        matches!(self.on_duty.role, Role::Counter | Role::Manager)
    }

    fn fetch(&self) -> Option<Effect<Event>> {
        self.counter.as_deref().map(|counter| Effect::http(stock(Some(counter)), Event::Arrived))
    }

    fn retry(&mut self) -> Vec<Effect<Event>> {
        let mut effects = Vec::new();
        if self.on_duty.sees_all() && self.counters.has_failed() && self.counters.ask_again() {
            effects.push(Effect::http(counters(), Event::Counters));
        }
        if self.counter.is_some() && self.lines.ask_again() {
            effects.extend(self.fetch());
        }
        effects
    }

    fn arrived(&mut self, result: Result<Fresh<Whole<StockLine>>, Failure>, env: &Env) -> Vec<Effect<Event>> {
        let failure = result.as_ref().err();
        if let Some(away) = failure.and_then(|failure| trouble::leads_away(failure, &self.route(), env)) {
            return away;
        }
        self.lines.arrived(result.map(|Fresh { value: Whole { items, as_of, .. }, version }| Fresh {
            value: Lines { lines: items, as_of },
            version,
        }));
        let mut effects: Vec<_> = self.pulse.beat(Event::Tick).into_iter().collect();
        effects.extend(self.rebase(env));
        effects
    }

    /// A count that was refused because the book had changed goes by what stands there now.
    fn rebase(&mut self, env: &Env) -> Vec<Effect<Event>> {
        let variant = self.edit.as_ref().map(|edit| edit.variant.clone());
        let Some(line) = variant.and_then(|variant| self.line(&variant)).cloned() else { return Vec::new() };
        let saved_already = self.edit.as_mut().is_some_and(|edit| edit.rebase(line.on_hand));
        if saved_already { self.changed(line, env) } else { Vec::new() }
    }

    fn line(&self, variant: &str) -> Option<&StockLine> {
        self.lines.shown()?.lines.iter().find(|line| line.variant.id == variant)
    }

    fn begin(&mut self, variant: &str, change: impl FnOnce(&StockLine) -> Change) -> Vec<Effect<Event>> {
        let free = self.edit.as_ref().is_none_or(|edit| !edit.is_open());
        let Some(line) = self.line(variant).filter(|_| free && self.may_change()) else { return Vec::new() };
        let change = change(line);
        self.edit = Some(Edit::begin(variant.to_owned(), change));
        self.told = None;
        vec![Effect::Focus(QUANTITY)]
    }

    fn edit(&mut self, change: impl FnOnce(&mut Edit)) -> Vec<Effect<Event>> {
        if let Some(edit) = &mut self.edit
            && !edit.is_open()
        {
            change(edit);
        }
        Vec::new()
    }

    fn save(&mut self) -> Vec<Effect<Event>> {
        let Some(edit) = &mut self.edit else { return Vec::new() };
        match edit.save() {
            edit::Save::Nothing => Vec::new(),
            edit::Save::Correct(field) => vec![Effect::Focus(field)],
            edit::Save::MakeKey => vec![Effect::MakeKey(Event::Key)],
            edit::Save::Again(named) => self.receipt(named).into_iter().collect(),
            edit::Save::Count(counted) => {
                let variant = edit.variant.clone();
                let counter = self.counter.as_deref().unwrap_or_default();
                vec![Effect::http(count(counter, &variant, &counted), Event::Saved)]
            }
        }
    }

    fn receipt(&self, named: edit::NamedReceipt) -> Option<Effect<Event>> {
        let variant = &self.edit.as_ref()?.variant;
        let counter = self.counter.as_deref()?;
        Some(Effect::http(receive(counter, variant, &named.what, &named.key), Event::Saved))
    }

    fn saved(&mut self, result: Result<Fresh<StockLine>, Failure>, env: &Env) -> Vec<Effect<Event>> {
        let failure = match result {
            Ok(Fresh { value, .. }) => return self.changed(value, env),
            Err(failure) => failure,
        };
        if let Some(away) = trouble::leads_away(&failure, &self.route(), env) {
            return away;
        }
        match self.edit.as_mut().and_then(|edit| edit.failed(failure)) {
            None => Vec::new(),
            Some(After::Wait) => vec![Effect::Wait(SOON, Event::StillRunning)],
            Some(After::Refused(Some(Code::VersionStale))) => {
                let mut effects = vec![Effect::Signal(Signal::Bad)];
                if self.lines.ask_again() {
                    effects.extend(self.fetch());
                }
                effects
            }
            Some(After::Unsure | After::Refused(_)) => vec![Effect::Signal(Signal::Bad)],
        }
    }

    fn changed(&mut self, line: StockLine, env: &Env) -> Vec<Effect<Event>> {
        let told = Told {
            variant_id: line.variant.id.clone(),
            gift: line.gift.name.clone(),
            variant: line.variant.label.clone(),
            on_hand: line.on_hand,
        };
        let short = line.held > line.on_hand;
        self.edit = None;
        let announced = view::told(&told, env);
        self.told = Some(told);
        if let Load::Shown(lines, _) = &mut self.lines
            && let Some(place) = lines.lines.iter_mut().find(|known| known.variant.id == line.variant.id)
        {
            *place = line;
        }
        // Fewer than are held: what was saved is saved, and somebody has to look up.
        let signal = if short { Signal::Bad } else { Signal::Good };
        vec![Effect::Signal(signal), Effect::Focus(TOLD), Effect::Announce(announced.text(env.locale))]
    }
}

#[cfg(test)]
mod tests;
