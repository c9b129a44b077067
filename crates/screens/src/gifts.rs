//! Gifts: what her points can be exchanged for, with what is for her skin first.
//!
//! What is in which counter has to be asked of the server; her skin and her points are known here, so those filters answer at once.

mod filter;
mod scan;
mod view;

use contract::counter::{Counter, counters};
use contract::gift::{Gift, GiftFilter, gifts};
use contract::list::Page;
use contract::member::{Profile, SkinType, profile};
use serde::Deserialize;

pub use filter::{FilterView, Place, PlaceChoice, PlaceGroup, PlaceRow};
pub use view::{Absence, Contents, Dot, GiftCard, View};

use crate::effect::{Effect, Fresh, Scanned};
use crate::env::Env;
use crate::failure::Failure;
use crate::load::Load;
use crate::route::Route;
use crate::{Screen, trouble};
use scan::Scan;

/// Gifts.
#[derive(Debug)]
pub struct Gifts {
    gifts: Load<Page<Gift>>,
    her: Her,
    /// To filter by; without them there is no filter by place. `None` until that is known: a field must not come in above the list later.
    counters: Option<Vec<Counter>>,
    place: Place,
    for_skin: bool,
    enough: bool,
    scan: Scan,
}

/// Her skin, as her profile says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Her {
    /// Her profile is on its way: what it says comes first, and must not jump there later.
    Unknown,
    /// Her profile did not come.
    Away,
    /// She told, or did not.
    Skin(Option<SkinType>),
}

/// What can happen on it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case", tag = "on", content = "value")]
pub enum Event {
    /// Gifts, for this place.
    #[serde(skip)]
    Arrived(Place, Result<Fresh<Page<Gift>>, Failure>),
    /// Her skin.
    #[serde(skip)]
    Profile(Result<Fresh<Profile>, Failure>),
    /// Where gifts can be collected.
    #[serde(skip)]
    Counters(Result<Fresh<Page<Counter>>, Failure>),
    /// Only what is for her skin.
    ForSkin(bool),
    /// Only what she has the points for.
    Enough(bool),
    /// Only what is to be had there: the value of a [`PlaceChoice`].
    At(String),
    /// Every gift.
    All,
    /// The barcode of a box is to be read.
    Scan,
    /// What came of that.
    #[serde(skip)]
    Scanned(Scanned),
    /// Every gift there is, to look for this barcode among them.
    #[serde(skip)]
    Sought(String, Result<Fresh<Page<Gift>>, Failure>),
    /// She asks again.
    Retry,
    /// She looks at the page again after a while.
    #[serde(skip)]
    CameBack,
}

impl Screen for Gifts {
    type Params = ();
    type Event = Event;
    type View = View;

    fn open((): (), _env: &Env) -> (Self, Vec<Effect<Event>>) {
        let screen = Self {
            gifts: Load::Waiting,
            her: Her::Unknown,
            counters: None,
            place: Place::Any,
            for_skin: true,
            enough: false,
            scan: Scan::default(),
        };
        let effects =
            vec![screen.fetch(), Effect::http(profile(), Event::Profile), Effect::http(counters(), Event::Counters)];
        (screen, effects)
    }

    fn update(&mut self, event: Event, env: &Env) -> Vec<Effect<Event>> {
        if let Event::Arrived(_, Err(failure)) | Event::Sought(_, Err(failure)) = &event
            && let Some(away) = trouble::leads_away(failure, &Route::Gifts, env)
        {
            return away;
        }
        if let Event::ForSkin(_) | Event::Enough(_) | Event::At(_) | Event::All = &event {
            self.scan.forget();
        }
        match event {
            // An answer to a question that nobody asks any more is dropped.
            Event::Arrived(place, result) if place == self.place => self.gifts.arrived(result),
            Event::Arrived(..) => {}
            Event::Profile(result) => {
                self.her = result.map_or(Her::Away, |fresh| Her::Skin(fresh.value.skin_type));
            }
            Event::Counters(result) => {
                self.counters = Some(result.map(|fresh| fresh.value.items).unwrap_or_default());
            }
            Event::ForSkin(on) => self.for_skin = on,
            Event::Enough(on) => self.enough = on,
            Event::At(value) => return self.go(Place::parse(&value)),
            Event::All => {
                self.for_skin = false;
                self.enough = false;
                return self.go(Place::Any);
            }
            Event::Scan => return self.open_camera(env),
            Event::Scanned(scanned) => return self.scanned(&scanned),
            Event::Sought(barcode, result) => {
                return match result {
                    Ok(Fresh { value, .. }) => self.sought(&barcode, Ok(&value.items)),
                    Err(failure) => self.sought(&barcode, Err(failure)),
                };
            }
            Event::Retry | Event::CameBack if self.gifts.ask_again() => {
                let mut effects = vec![self.fetch()];
                if self.her == Her::Away {
                    effects.push(Effect::http(profile(), Event::Profile));
                }
                if self.counters.as_ref().is_some_and(Vec::is_empty) {
                    effects.push(Effect::http(counters(), Event::Counters));
                }
                return effects;
            }
            Event::Retry | Event::CameBack => {}
        }
        Vec::new()
    }

    fn view(&self, env: &Env) -> View {
        view::view(self, env)
    }
}

impl Gifts {
    fn fetch(&self) -> Effect<Event> {
        let place = self.place.clone();
        let filter = match &place {
            Place::Any => GiftFilter::default(),
            Place::City(city) => GiftFilter { city: Some(city.clone()), ..GiftFilter::default() },
            Place::Counter(id) => GiftFilter { counter: Some(id.clone()), ..GiftFilter::default() },
        };
        Effect::http(gifts(&filter), move |result| Event::Arrived(place, result))
    }

    fn go(&mut self, place: Place) -> Vec<Effect<Event>> {
        if place == self.place {
            return Vec::new();
        }
        self.place = place;
        self.gifts = Load::Waiting;
        vec![self.fetch()]
    }

    /// Her skin, if she told.
    fn skin(&self) -> Option<SkinType> {
        match self.her {
            Her::Skin(skin) => skin,
            Her::Unknown | Her::Away => None,
        }
    }
}

#[cfg(test)]
mod tests;
