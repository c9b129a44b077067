use catalogue::text::{gift as gift_words, gifts as words};
use contract::gift::Gift;
use contract::list::Page;
use serde::Serialize;

use super::filter::{FilterView, Place, filter};
use super::{Gifts, Her};
use crate::env::Env;
use crate::route::Route;
use crate::variant::is_hers;
use crate::view::{Alert, Body, Link};
use crate::{chrome, format, trouble};

/// What to draw.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct View {
    /// The page's heading.
    pub heading: String,
    /// The label of the button that sends `Scan`; `None` where no camera reads codes for her.
    pub scan: Option<String>,
    /// Why the last scan led nowhere; only where there is [`Self::scan`].
    pub alert: Option<Alert>,
    /// What narrows the gifts down; `None` until her skin is known or known not to be.
    pub filter: Option<FilterView>,
    /// The gifts.
    pub body: Body<Contents>,
}

/// The gifts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Contents {
    /// What she can spend; `None` where there is no gift to say it of.
    pub have: Option<String>,
    /// Since when the stock is true, and that nothing is held.
    pub stock: Option<String>,
    /// Those for her first, then the cheapest.
    pub gifts: Vec<GiftCard>,
    /// There is none, or none that the filters let through.
    pub none: Option<Absence>,
}

/// A gift among others.
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
    /// Its variants' marks.
    pub dots: Vec<Dot>,
    /// A variant of it is made for her skin.
    pub hers: Option<String>,
    /// Where it is to be had: `8 家专柜有货`.
    pub stock: String,
    /// It is to be had somewhere.
    pub in_stock: bool,
    /// Why she can't have it now, or how many more she may have.
    pub notes: Vec<String>,
}

/// A variant's mark.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Dot {
    /// Names its colour in `tokens.css`.
    pub colour: &'static str,
    /// The variant, for those who can't see it.
    pub label: String,
}

/// In place of gifts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Absence {
    /// That there is none.
    pub heading: String,
    /// Why, or what to do.
    pub text: String,
    /// The label of the button that sends `All`.
    pub show_all: Option<String>,
    /// Where else to go.
    pub link: Option<Link>,
}

pub(super) fn view(screen: &Gifts, env: &Env) -> View {
    let heading = chrome::name(&Route::Gifts, env).to_owned();
    let known = screen.her != Her::Unknown && screen.counters.is_some();
    let body = if known {
        screen.gifts.body(env, |page| page.items.first().map(|gift| gift.as_of), |page| contents(screen, page, env))
    } else {
        Body::Loading(trouble::loading(env))
    };
    let (scan, alert) = (screen.scan.label(env), screen.scan.alert(env));
    View { heading, scan, alert, filter: known.then(|| filter(screen, env)), body }
}

fn contents(screen: &Gifts, page: &Page<Gift>, env: &Env) -> Contents {
    let locale = env.locale;
    let first = page.items.first();
    let narrowed: Vec<&Gift> = page.items.iter().filter(|gift| passes(screen, gift)).collect();
    let (hers, others): (Vec<&Gift>, Vec<&Gift>) = narrowed.into_iter().partition(|gift| is_for_her(screen, gift));
    let gifts: Vec<GiftCard> = hers.into_iter().chain(others).map(|gift| card(screen, gift, env)).collect();
    Contents {
        have: first.map(|gift| {
            let available = gift.for_you.available;
            words::have(locale, available, &format::number(available))
        }),
        stock: first
            .filter(|_| !gifts.is_empty())
            .map(|gift| words::stock(locale, &format::as_of(env, gift.stock.as_of))),
        none: gifts.is_empty().then(|| none(screen, first.is_none(), env)),
        gifts,
    }
}

/// What narrows them down here; the place has done so already.
fn passes(screen: &Gifts, gift: &Gift) -> bool {
    let for_skin = match screen.skin() {
        Some(skin) if screen.for_skin => {
            gift.variants.iter().any(|variant| variant.skin_types.is_empty() || variant.skin_types.contains(&skin))
        }
        _ => true,
    };
    for_skin && (!screen.enough || gift.for_you.missing == 0)
}

fn is_for_her(screen: &Gifts, gift: &Gift) -> bool {
    gift.variants.iter().any(|variant| is_hers(variant, screen.skin()))
}

fn card(screen: &Gifts, gift: &Gift, env: &Env) -> GiftCard {
    let locale = env.locale;
    let counters = gift.stock.counters;
    GiftCard {
        path: Route::Gift { id: gift.id.clone(), counter: screen.place.counter(), variant: String::new() }.path(),
        picture: gift.picture.clone(),
        name: gift.name.clone(),
        points: words::points(locale, gift.points, &format::number(gift.points)),
        dots: gift
            .variants
            .iter()
            .map(|variant| Dot { colour: variant.colour.as_str(), label: variant.label.clone() })
            .collect(),
        hers: is_for_her(screen, gift).then(|| catalogue::text::variant::yours(locale).to_owned()),
        stock: match (counters, &screen.place) {
            (0, _) => words::nowhere(locale).to_owned(),
            (_, Place::Counter(_)) => words::here(locale).to_owned(),
            _ => words::counters(locale, counters.into(), &format::number(counters.into())),
        },
        in_stock: counters > 0,
        notes: notes(gift, env),
    }
}

/// Why she can't have it now, or how many more she may have.
fn notes(gift: &Gift, env: &Env) -> Vec<String> {
    let locale = env.locale;
    let hers = &gift.for_you;
    let mut notes = Vec::new();
    if let Some(tier) = &gift.min_tier {
        notes.push(words::from_tier(locale, &tier.name));
    } else if !hers.tier_reached {
        notes.push(gift_words::tier_title_higher(locale).to_owned());
    }
    match hers.left {
        Some(0) => notes.push(words::limit_reached(locale).to_owned()),
        Some(left) => notes.push(words::left(locale, left.into(), &format::number(left.into()))),
        None => {}
    }
    if hers.missing > 0 {
        notes.push(words::missing(locale, hers.missing, &format::number(hers.missing)));
    }
    notes
}

fn none(screen: &Gifts, nothing: bool, env: &Env) -> Absence {
    let locale = env.locale;
    if nothing && screen.place == Place::Any {
        return Absence {
            heading: words::none_heading(locale).to_owned(),
            text: words::none_text(locale).to_owned(),
            show_all: None,
            link: Some(Link::to(words::none_link(locale), &Route::Programme)),
        };
    }
    Absence {
        heading: words::no_match_heading(locale).to_owned(),
        text: words::no_match_text(locale).to_owned(),
        show_all: Some(words::show_all(locale).to_owned()),
        link: None,
    }
}
