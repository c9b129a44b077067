//! A gift: which variant, at which counter, and the one tap that reserves it.
//!
//! A tap is one wish with one name until its outcome is known, so twenty taps, a lost reply, a second try and a reload in the
//! middle make one reservation: the tab remembers the wish until then.

pub(crate) mod bar;
pub(crate) mod memory;
mod view;

use contract::gift::{Gift as Known, gift};
use contract::list::Page;
use contract::member::{Profile, profile};
use contract::reservation::{Reservation, ReservationRequest, reservations, reserve};
use contract::{Code, Id};
use serde::Deserialize;

pub use bar::Bar;
pub use view::{Already, GiftView, VariantCard, Variants, View};

use crate::effect::{Effect, Fresh, Located, Navigation, Purpose};
use crate::env::Env;
use crate::failure::Failure;
use crate::load::Load;
use crate::picker::{self, Picker};
use crate::route::Route;
use crate::wish::{After, Named, SOON, Wish};
use crate::{Screen, trouble, variant};

/// The id of the variants' list.
pub const VARIANTS: &str = "variants";

/// A gift.
#[derive(Debug)]
pub struct Gift {
    params: Params,
    gift: Load<Known>,
    her: Her,
    /// Her open reservations of this gift; not known yet at first: what came later would push the rest down under her thumb.
    already: Load<Vec<Reservation>>,
    variant: Option<Id>,
    picker: Picker,
    wish: Wish<ReservationRequest>,
}

/// What her profile says, as far as this page needs it.
#[derive(Debug)]
enum Her {
    /// Not known yet: what is hers would jump to the front later.
    Unknown,
    /// Known, or not to be had; the page does without it then.
    Known(Option<Box<Profile>>),
}

/// What its address says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Params {
    /// Which gift.
    pub id: String,
    /// The counter to choose to begin with; empty for none.
    pub counter: String,
    /// The variant to choose to begin with; empty for none.
    pub variant: String,
}

/// What can happen on it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case", tag = "on", content = "value")]
pub enum Event {
    /// The gift with every counter.
    #[serde(skip)]
    Arrived(Result<Fresh<Known>, Failure>),
    /// Her skin and her counter.
    #[serde(skip)]
    Profile(Result<Fresh<Profile>, Failure>),
    /// What she has reserved already.
    #[serde(skip)]
    Already(Result<Fresh<Page<Reservation>>, Failure>),
    /// This variant.
    Variant(Id),
    /// This counter.
    Counter(Id),
    /// The nearest counters first, please.
    Near,
    /// Where she is.
    #[serde(skip)]
    Located(Located),
    /// Reserve it; also to ask again where the outcome is not known.
    Reserve,
    /// The name of this wish.
    #[serde(skip)]
    Key(String),
    /// The answer to that.
    #[serde(skip)]
    Reserved(Result<Fresh<Reservation>, Failure>),
    /// The first copy may have come to its end by now.
    #[serde(skip)]
    LookAfter,
    /// What the tab remembers of before a reload.
    #[serde(skip)]
    Recalled(Option<String>),
    /// She asks again.
    Retry,
    /// She looks at the page (`true`), or away.
    #[serde(skip)]
    Seen(bool),
}

impl Screen for Gift {
    type Params = Params;
    type Event = Event;
    type View = View;

    fn open(params: Params, _env: &Env) -> (Self, Vec<Effect<Event>>) {
        let screen = Self {
            gift: Load::Waiting,
            her: Her::Unknown,
            already: Load::Waiting,
            variant: None,
            picker: Picker::new(&params.counter),
            wish: Wish::None,
            params,
        };
        let effects = vec![
            screen.fetch(),
            Effect::http(profile(), Event::Profile),
            Self::fetch_already(),
            Effect::Recall(Event::Recalled),
        ];
        (screen, effects)
    }

    fn update(&mut self, event: Event, env: &Env) -> Vec<Effect<Event>> {
        if !self.wish.forget_old(env) {
            return self.hear(event, env);
        }
        // She was told that she may ask again: her tap is no new wish, and she is shown what there is.
        let event = if matches!(event, Event::Reserve) { Event::Seen(true) } else { event };
        [Effect::Remember(None)].into_iter().chain(self.hear(event, env)).collect()
    }

    fn view(&self, env: &Env) -> View {
        view::view(self, env)
    }
}

impl Gift {
    fn hear(&mut self, event: Event, env: &Env) -> Vec<Effect<Event>> {
        let failure = match &event {
            Event::Arrived(Err(failure)) | Event::Reserved(Err(failure)) => Some(failure),
            _ => None,
        };
        if let Some(away) = failure.and_then(|failure| trouble::leads_away(failure, &self.route(), env)) {
            return away;
        }
        match event {
            Event::Arrived(result) => {
                let is_news = result.is_ok();
                self.gift.arrived(result);
                // While a wish is open its counter stays: the figures may already count the unit that was given to her.
                if let (true, false, Load::Shown(gift, _)) = (is_news, self.wish.is_open(), &self.gift) {
                    self.picker.renewed(&gift.counters);
                }
                self.settle();
                // With the first answer the server's clock is known, too.
                return self.ask_again_if_fresh(env);
            }
            Event::Recalled(text) => return self.recalled(text, env),
            Event::Profile(result) => {
                self.her = Her::Known(result.ok().map(|fresh| Box::new(fresh.value)));
                self.settle();
            }
            Event::Already(result) => {
                let of_this = |one: &Reservation| one.gift.id == self.params.id && one.state.is_open();
                match result {
                    Ok(fresh) => self.is_known(fresh.value.items.into_iter().filter(of_this).collect()),
                    // The page does without it.
                    Err(_) if self.already.shown().is_none() => self.is_known(Vec::new()),
                    Err(failure) => self.already.arrived(Err(failure)),
                }
            }
            Event::Variant(id) if !self.wish.is_open() => {
                self.variant = Some(id);
                self.wish.forget_refusal();
                self.picker.forget_gone();
                self.settle();
            }
            Event::Counter(id) if !self.wish.is_open() => {
                self.wish.forget_refusal();
                self.picker.choose(id);
                self.settle();
            }
            Event::Variant(_) | Event::Counter(_) => {}
            Event::Near => return self.picker.locate(Event::Located),
            Event::Located(located) => {
                if self.picker.located(located).is_some() {
                    // An answer that is on its way is in the other order: this one comes after it.
                    self.gift.ask_again();
                    return vec![self.fetch()];
                }
            }
            Event::Reserve => return self.reserve(),
            Event::Key(key) => {
                let Some(named) = self.wish.named_at(key, env) else { return Vec::new() };
                // Remembered before it is sent: whatever happens in between, it keeps its name.
                return vec![Effect::Remember(memory::write(&self.params.id, &named)), Self::send(&named)];
            }
            Event::LookAfter => return self.wish.look_after().as_ref().map(Self::send).into_iter().collect(),
            Event::Reserved(Ok(Fresh { value, .. })) => {
                let to = Route::reservation(&value.id).path();
                self.reserved(value);
                return vec![Effect::Remember(None), Effect::Navigate(Navigation::Instead(to))];
            }
            Event::Reserved(Err(failure)) => return self.not_reserved(failure),
            Event::Retry if self.gift.ask_again() => return vec![self.fetch()],
            Event::Retry | Event::Seen(false) => {}
            Event::Seen(true) => return self.look_again(env),
        }
        Vec::new()
    }

    fn route(&self) -> Route {
        let Params { id, counter, variant } = self.params.clone();
        // What she has chosen since is worth more than what she came with.
        let counter = self.picker.chosen().cloned().unwrap_or(counter);
        Route::Gift { id, counter, variant: self.variant.clone().unwrap_or(variant) }
    }

    fn fetch(&self) -> Effect<Event> {
        Effect::http(gift(&self.params.id, self.picker.position()), Event::Arrived)
    }

    fn fetch_already() -> Effect<Event> {
        Effect::http(reservations(None), Event::Already)
    }

    fn send(named: &Named<ReservationRequest>) -> Effect<Event> {
        Effect::http(reserve(&named.what, &named.key), Event::Reserved)
    }

    /// Her profile, once it is known whether there is one.
    fn profile(&self) -> Option<&Profile> {
        match &self.her {
            Her::Known(profile) => profile.as_deref(),
            Her::Unknown => None,
        }
    }

    /// Chooses what goes without saying, and takes back what is no longer to be had.
    fn settle(&mut self) {
        let (Load::Shown(gift, _), Her::Known(profile)) = (&self.gift, &self.her) else { return };
        let known = |id: &Id| gift.variants.iter().any(|variant| variant.id == *id);
        if !self.variant.as_ref().is_some_and(known) {
            let wanted = Some(&self.params.variant).filter(|id| known(id)).cloned();
            let skin = profile.as_ref().and_then(|profile| profile.skin_type);
            self.variant = wanted.or_else(|| variant::best(&gift.variants, skin).map(|variant| variant.id.clone()));
        }
        if !self.wish.is_open() {
            self.picker.check(&gift.counters, self.variant.as_deref());
        }
    }

    fn reserve(&mut self) -> Vec<Effect<Event>> {
        if self.wish.is_unsure() {
            return self.wish.ask_again().as_ref().map(Self::send).into_iter().collect();
        }
        let Some(gift) = self.gift.shown() else { return Vec::new() };
        if bar::is_barred(gift) {
            return Vec::new();
        }
        let points = gift.points;
        let Some(variant_id) = self.variant.clone() else { return vec![Effect::Focus(VARIANTS)] };
        let Some(counter_id) = self.picker.chosen().cloned() else { return vec![Effect::Focus(picker::COUNTERS)] };
        if !self.wish.want(ReservationRequest { variant_id, counter_id, points: Some(points) }) {
            return Vec::new();
        }
        // WeChat asks within the tap alone, so nothing comes before it.
        vec![Effect::AskConsent(Purpose::Reservation), Effect::MakeKey(Event::Key)]
    }

    /// It is hers. The page may be there for a while: it says so, and a tap that comes late finds nothing chosen.
    fn reserved(&mut self, reservation: Reservation) {
        self.wish = Wish::None;
        self.picker.is_done();
        let mut already = self.already.shown().cloned().unwrap_or_default();
        already.retain(|one| one.id != reservation.id);
        already.extend(Some(reservation).filter(|one| one.state.is_open()));
        self.is_known(already);
    }

    fn is_known(&mut self, already: Vec<Reservation>) {
        self.already.arrived(Ok(Fresh { value: already, version: String::new() }));
    }

    fn not_reserved(&mut self, failure: Failure) -> Vec<Effect<Event>> {
        let reason = failure.clone();
        match self.wish.failed(failure) {
            Some(After::Wait) => vec![Effect::Wait(SOON, Event::LookAfter)],
            Some(After::Refused(code)) => {
                let mut effects = vec![Effect::Remember(None)];
                if let (Some(Code::OutOfStock), Some(what)) = (code, self.wish.what()) {
                    self.picker.gone(&what.variant_id, &what.counter_id, &reason);
                    self.wish = Wish::None;
                    effects.push(Effect::Focus(picker::GONE));
                }
                // The figures that led her here are out of date.
                if self.gift.ask_again() {
                    effects.push(self.fetch());
                }
                effects
            }
            Some(After::Unsure) | None => Vec::new(),
        }
    }

    fn ask_again_if_fresh(&mut self, env: &Env) -> Vec<Effect<Event>> {
        self.wish.ask_again_if_fresh(env).as_ref().map(Self::send).into_iter().collect()
    }

    /// A reload in the middle, or another page of this gift: nobody knows what came of what she wanted there. Of another gift it is not this
    /// page's.
    fn recalled(&mut self, text: Option<String>, env: &Env) -> Vec<Effect<Event>> {
        let found = text.and_then(|text| memory::read(&text, &self.params.id));
        let Some(named) = found.filter(|_| !self.wish.is_open()) else { return Vec::new() };
        let chosen = named.what.clone();
        if !self.wish.recall(named, env) {
            return vec![Effect::Remember(None)];
        }
        self.variant = Some(chosen.variant_id);
        self.picker.choose(chosen.counter_id);
        Vec::new()
    }

    /// She is back: first what she wanted and nobody knows the outcome of, on another page perhaps; then what has changed meanwhile.
    fn look_again(&mut self, env: &Env) -> Vec<Effect<Event>> {
        let mut effects = self.ask_again_if_fresh(env);
        if !self.wish.is_open() {
            effects.push(Effect::Recall(Event::Recalled));
        }
        if self.gift.ask_again() {
            effects.push(self.fetch());
        }
        if self.already.ask_again() {
            effects.push(Self::fetch_already());
        }
        effects
    }
}

#[cfg(test)]
mod tests;
