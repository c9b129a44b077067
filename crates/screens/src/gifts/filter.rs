//! What narrows the gifts down.

use catalogue::text::gifts as words;
use contract::Id;
use contract::counter::Counter;
use serde::Serialize;

use super::{Gifts, Her};
use crate::env::Env;
use crate::route::Route;
use crate::variant::skin_name;
use crate::view::{Link, Switch};

/// Where gifts are to be had.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// Anywhere.
    Any,
    /// At some counter of this city.
    City(String),
    /// At this counter.
    Counter(Id),
}

/// What narrows the gifts down.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FilterView {
    /// What they do.
    pub label: String,
    /// Sends `ForSkin`; `None` if her skin is not known.
    pub for_skin: Option<Switch>,
    /// Sends `Enough`.
    pub enough: Switch,
    /// To her profile, if she has not told her skin.
    pub tell_skin: Option<Link>,
    /// What [`Self::places`] are.
    pub place_label: String,
    /// Cities with their counters; empty if they are not known.
    pub places: Vec<PlaceGroup>,
    /// The same, for a list that knows no groups.
    pub row: PlaceRow,
}

/// Places one after another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PlaceRow {
    /// In the order of their groups.
    pub choices: Vec<PlaceChoice>,
    /// The words of the chosen one; `None` if none is known.
    pub label: Option<String>,
    /// Its index in [`Self::choices`].
    pub index: usize,
}

impl PlaceRow {
    fn of(groups: &[PlaceGroup]) -> Self {
        let choices: Vec<_> = groups.iter().flat_map(|group| &group.choices).cloned().collect();
        let index = choices.iter().position(|choice| choice.chosen);
        let label = index.and_then(|index| choices.get(index)).map(|choice| choice.label.clone());
        Self { choices, label, index: index.unwrap_or_default() }
    }
}

/// Places with something in common.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PlaceGroup {
    /// A city; `None` for what is in none.
    pub heading: Option<String>,
    /// In it.
    pub choices: Vec<PlaceChoice>,
}

/// A place to choose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PlaceChoice {
    /// Its words.
    pub label: String,
    /// What choosing it sends, as the value of an `option`.
    pub value: String,
    /// It is the one.
    pub chosen: bool,
}

const CITY: &str = "city:";
const COUNTER: &str = "counter:";

impl Place {
    /// Of the value of a [`PlaceChoice`].
    pub(super) fn parse(value: &str) -> Self {
        match (value.strip_prefix(CITY), value.strip_prefix(COUNTER)) {
            (Some(city), _) => Place::City(city.to_owned()),
            (_, Some(id)) => Place::Counter(id.to_owned()),
            (None, None) => Place::Any,
        }
    }

    /// The counter to choose to begin with on a gift's page; empty for none.
    pub(super) fn counter(&self) -> Id {
        match self {
            Place::Counter(id) => id.clone(),
            Place::Any | Place::City(_) => Id::new(),
        }
    }

    fn value(&self) -> String {
        match self {
            Place::Any => String::new(),
            Place::City(city) => [CITY, city].concat(),
            Place::Counter(id) => [COUNTER, id].concat(),
        }
    }
}

pub(super) fn filter(screen: &Gifts, env: &Env) -> FilterView {
    let locale = env.locale;
    let switch = |id: &str, label: String, on: bool| Switch { id: id.to_owned(), label, hint: None, on };
    let places = places(screen.counters.as_deref().unwrap_or_default(), &screen.place, env);
    FilterView {
        label: words::filters(locale).to_owned(),
        for_skin: screen
            .skin()
            .map(|skin| switch("for-skin", words::for_skin(locale, skin_name(skin, env)), screen.for_skin)),
        enough: switch("enough", words::enough(locale).to_owned(), screen.enough),
        tell_skin: (screen.her == Her::Skin(None)).then(|| Link::to(words::tell_skin(locale), &Route::Profile)),
        place_label: words::place(locale).to_owned(),
        row: PlaceRow::of(&places),
        places,
    }
}

/// Every city of the counters, in their order, with its counters.
fn places(counters: &[Counter], chosen: &Place, env: &Env) -> Vec<PlaceGroup> {
    if counters.is_empty() {
        return Vec::new();
    }
    let choice = |label: String, place: Place| PlaceChoice { label, value: place.value(), chosen: place == *chosen };
    let anywhere = choice(words::anywhere(env.locale).to_owned(), Place::Any);
    let mut groups = vec![PlaceGroup { heading: None, choices: vec![anywhere] }];
    for counter in counters {
        let one = choice(counter.name.clone(), Place::Counter(counter.id.clone()));
        match groups.iter_mut().find(|group| group.heading.as_ref() == Some(&counter.city)) {
            Some(group) => group.choices.push(one),
            None => {
                let whole = words::whole_city(env.locale, &counter.city);
                let whole = choice(whole, Place::City(counter.city.clone()));
                groups.push(PlaceGroup { heading: Some(counter.city.clone()), choices: vec![whole, one] });
            }
        }
    }
    groups
}
