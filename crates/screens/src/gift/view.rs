use catalogue::text::{gift as words, gifts as list_words};
use contract::gift::Gift as Known;
use contract::reservation::Reservation;
use serde::Serialize;

use super::bar::{Bar, bar};
use super::{Gift, Her};
use crate::env::Env;
use crate::picker::{self, Look, PickerView};
use crate::route::Route;
use crate::variant::{VariantWords, is_hers, variant};
use crate::view::{Body, Link};
use crate::{chrome, format, progress, trouble};

/// What to draw.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct View {
    /// The gift's name; before it has come, the page's.
    pub heading: String,
    /// The gift.
    pub body: Body<GiftView>,
}

/// The gift.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GiftView {
    /// The address of its picture.
    pub picture: String,
    /// `300 积分`
    pub points: String,
    /// `您有 1,240`
    pub have: String,
    /// A sentence or two.
    pub description: String,
    /// For whom it is, and how many one may have; empty if anyone may have any number.
    pub rules: Vec<String>,
    /// Those of it that she has reserved already.
    pub already: Vec<Already>,
    /// Which one; `None` if there is only one that is for everyone.
    pub variants: Variants,
    /// Where to collect.
    pub counters: PickerView,
    /// What a tap does.
    pub bar: Bar,
}

/// One that she has reserved already.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Already {
    /// Where, and how it stands.
    pub text: String,
    /// To it.
    pub link: Link,
}

/// Which one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Variants {
    /// What is chosen.
    pub heading: String,
    /// In the gift's order.
    pub cards: Vec<VariantCard>,
    /// Nothing can be chosen now.
    pub locked: bool,
}

/// A variant to choose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct VariantCard {
    /// What choosing it sends.
    pub id: String,
    /// In words and colour.
    pub words: VariantWords,
    /// It is made for her skin.
    pub hers: Option<String>,
    /// It is the one.
    pub chosen: bool,
}

pub(super) fn view(screen: &Gift, env: &Env) -> View {
    let heading = || chrome::name(&Route::gift(""), env).to_owned();
    let is_known = !matches!(screen.her, Her::Unknown) && screen.already.shown().is_some();
    if !is_known && screen.gift.shown().is_some() {
        return View { heading: heading(), body: Body::Loading(trouble::loading(env)) };
    }
    let mut body = screen.gift.body(env, |gift| Some(gift.as_of), |gift| gift_view(screen, gift, env));
    if let Body::Trouble(trouble) = &mut body {
        trouble.way_out = Some(Link::to(chrome::name(&Route::Gifts, env), &Route::Gifts));
    }
    View { heading: screen.gift.shown().map_or_else(heading, |gift| gift.name.clone()), body }
}

fn gift_view(screen: &Gift, gift: &Known, env: &Env) -> GiftView {
    let locale = env.locale;
    let profile = screen.profile();
    let skin = profile.and_then(|profile| profile.skin_type);
    let home = profile.and_then(|profile| profile.home_counter.as_deref()).unwrap_or_default();
    let locked = screen.wish.is_open();
    let card = |one: &contract::gift::Variant| VariantCard {
        id: one.id.clone(),
        words: variant(one, env),
        hers: is_hers(one, skin).then(|| catalogue::text::variant::yours(locale).to_owned()),
        chosen: screen.variant.as_ref() == Some(&one.id),
    };
    let look = Look {
        counters: &gift.counters,
        variant: screen.variant.as_deref(),
        home,
        present: "",
        as_of: gift.as_of,
        locked,
    };
    GiftView {
        picture: gift.picture.clone(),
        points: list_words::points(locale, gift.points, &format::number(gift.points)),
        have: words::have(locale, &format::number(gift.for_you.available)),
        description: gift.description.clone(),
        rules: rules(gift, env),
        already: screen.already.shown().into_iter().flatten().map(|one| already(one, env)).collect(),
        variants: Variants {
            heading: words::variants(locale).to_owned(),
            cards: gift.variants.iter().map(card).collect(),
            locked,
        },
        counters: picker::view(&screen.picker, &look, env),
        bar: bar(screen, gift, env),
    }
}

fn rules(gift: &Known, env: &Env) -> Vec<String> {
    let locale = env.locale;
    let tier = gift.min_tier.as_ref().map(|tier| words::from_tier(locale, &tier.name));
    let limit = gift
        .limit
        .zip(gift.for_you.left)
        .map(|(limit, left)| words::limit(locale, &format::number(left.into()), &format::number(limit.into())));
    tier.into_iter().chain(limit).collect()
}

fn already(one: &Reservation, env: &Env) -> Already {
    let state = progress::name(one.state, one.late, env);
    Already {
        text: words::already(env.locale, &one.counter.name, state),
        link: Link::to(words::already_link(env.locale), &Route::reservation(&one.id)),
    }
}
