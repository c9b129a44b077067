//! Gifts: what points can be exchanged for, and where it is to be had.

use core::fmt;
use core::str::FromStr;
use std::collections::{HashMap, HashSet};

use axum::body::Body;
use axum::extract::State;
use axum::http::Response;
use catalogue::Locale;
use chrono::{DateTime, Utc};
use contract::counter::Counter;
use contract::gift::{Colour, CounterStock, ForYou, Gift, StockSummary, Terms, Variant, VariantStock};
use contract::list::Page;
use contract::member::SkinType;
use contract::reservation::GiftName;
use contract::{Code, Instant};
use loyalty::Programme;
use loyalty::reservation::deadlines;
use serde::Deserialize;
use storage::Stock;
use utoipa::IntoParams;
use uuid::Uuid;

use crate::answer::{Asked, Audience};
use crate::extract::{Asking, Member, PathId};
use crate::localize::tier_name;
use crate::paging::limit;
use crate::problem::{Failure, Outcome};
use crate::routes::{counters, overview};
use crate::state::{App, Shared};

/// Which gifts.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Which {
    /// With a variant for this skin.
    #[param(inline)]
    skin_type: Option<SkinType>,
    /// That cost no more.
    #[param(minimum = 0)]
    max_points: Option<i64>,
    /// That this counter has.
    counter: Option<String>,
    /// That a counter of this city has, in any language.
    city: Option<String>,
    /// With these words in name or description, in any language.
    q: Option<String>,
    /// At most so many, 1 to 100.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<i64>,
    /// `next` of the page before.
    cursor: Option<String>,
}

/// From where.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Near {
    /// `31.23,121.47`: the nearest counter first, with distances.
    near: Option<String>,
}

/// How the member who asks stands.
struct Standing {
    available: i64,
    tier: usize,
    had: HashMap<Uuid, i64>,
}

/// Where a gift stands among all: by what it costs. Its text is fit for a query string.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    points: i64,
    id: Uuid,
}

impl Place {
    fn of(gift: &storage::Gift) -> Self {
        Self { points: gift.points, id: gift.id }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}_{}", self.points, self.id)
    }
}

impl FromStr for Place {
    type Err = Code;
    fn from_str(text: &str) -> Result<Self, Code> {
        let (points, id) = text.split_once('_').ok_or(Code::MalformedParameter)?;
        match (points.parse(), Uuid::try_parse(id)) {
            (Ok(points), Ok(id)) => Ok(Self { points, id }),
            _ => Err(Code::MalformedParameter),
        }
    }
}

/// Gifts, the cheapest first; a filter by place also narrows how many counters are said to have them
#[utoipa::path(get, path = "/gifts", tag = "member", security(("cookie" = []), ("bearer" = [])), params(Which),
    responses((status = 200, body = Page<Gift>)))]
pub async fn list(
    State(app): State<Shared>,
    Member(id): Member,
    asked: Asked,
    Asking(which): Asking<Which>,
) -> Outcome<Response<Body>> {
    let limit = limit(which.limit)?;
    let identifier = |text: &str| Uuid::try_parse(text).map_err(|_| Code::MalformedParameter);
    let counter = which.counter.as_deref().map(identifier).transpose()?;
    let after = which.cursor.as_deref().map(str::parse::<Place>).transpose()?;
    let city = which.city.as_deref().map(counters::city).transpose()?;
    let now = app.now();
    let mut snapshot = app.snapshot().await?;
    let standing = standing(&app, &mut snapshot, id, now).await?;
    let gifts = snapshot.gifts().await?;
    let stock = snapshot.stock(now).await?;
    let in_city: Option<HashSet<Uuid>> = match city {
        Some(city) => Some(snapshot.counters(Some(city)).await?.iter().map(|counter| counter.id).collect()),
        None => None,
    };
    drop(snapshot);

    let here =
        |of: &Uuid| counter.is_none_or(|only| only == *of) && in_city.as_ref().is_none_or(|all| all.contains(of));
    let by_place = counter.is_some() || in_city.is_some();
    let words = which.q.as_deref().map(str::trim).filter(|words| !words.is_empty()).map(str::to_lowercase);
    let (mut items, mut last, mut more) = (Vec::new(), None, false);
    // By place in the list, not by what stands there: the gift that ended the page before may be gone from the filter since.
    for gift in gifts.iter().filter(|gift| after.is_none_or(|after| Place::of(gift) > after)) {
        let suitable: Vec<Uuid> = suitable(gift, which.skin_type).map(|variant| variant.id).collect();
        let has = |stock: &&Stock| suitable.contains(&stock.variant) && stock.free() > 0 && here(&stock.counter);
        let has: HashSet<Uuid> = stock.iter().filter(has).map(|stock| stock.counter).collect();
        let wanted = !suitable.is_empty()
            && which.max_points.is_none_or(|most| gift.points <= most)
            && (!by_place || !has.is_empty())
            && words.as_deref().is_none_or(|words| speaks_of(gift, words));
        if wanted {
            if items.len() == limit {
                more = true;
                break;
            }
            items.push(describe(&app.programme, gift, has.len(), &standing, asked.locale, now));
            last = Some(Place::of(gift));
        }
    }
    let next = last.filter(|_| more).map(|last| last.to_string());
    asked.read(Audience::Member, &Page { items, next })
}

/// One gift, with what every counter has of it and what a reservation would lock
#[utoipa::path(get, path = "/gifts/{id}", tag = "member", security(("cookie" = []), ("bearer" = [])),
    params(("id" = String, Path, description = "From the list"), Near), responses((status = 200, body = Gift)))]
pub async fn one(
    State(app): State<Shared>,
    Member(member): Member,
    asked: Asked,
    PathId(id): PathId,
    Asking(Near { near }): Asking<Near>,
) -> Outcome<Response<Body>> {
    let near = near.as_deref().map(counters::position).transpose()?;
    let now = app.now();
    let mut snapshot = app.snapshot().await?;
    let gift = snapshot.gift(id).await?.ok_or(Code::NotFound)?;
    let standing = standing(&app, &mut snapshot, member, now).await?;
    let stock = snapshot.stock_of_gift(id, now).await?;
    let all = snapshot.counters(None).await?;
    drop(snapshot);

    let free: HashMap<(Uuid, Uuid), i64> =
        stock.iter().map(|stock| ((stock.counter, stock.variant), stock.free())).collect();
    let at_counter = |counter: &storage::Counter| CounterStock {
        counter: counters::describe(counter, near, asked.locale),
        stock: gift
            .variants
            .iter()
            .map(|variant| VariantStock {
                variant_id: variant.id.to_string(),
                free: free.get(&(counter.id, variant.id)).copied().unwrap_or_default(),
                as_of: Instant(now),
                held_for_you: false,
            })
            .collect(),
    };
    let mut at_counters: Vec<CounterStock> = all.iter().map(at_counter).collect();
    at_counters.sort_by(|a, b| counters::by_distance_or_name(&a.counter, &b.counter));
    let has = at_counters.iter().filter(|at| at.stock.iter().any(|stock| stock.free > 0)).count();
    let terms = deadlines(&app.programme, now);
    let shown = Gift {
        counters: at_counters,
        terms: Some(Terms {
            points: gift.points,
            ready_by: Instant(terms.ready_by),
            hold_until: Instant(terms.hold_until),
        }),
        ..describe(&app.programme, &gift, has, &standing, asked.locale, now)
    };
    asked.read(Audience::Member, &shown)
}

async fn standing(app: &App, reader: &mut storage::Reader, member: Uuid, now: DateTime<Utc>) -> Outcome<Standing> {
    let found = reader.overview(member, now).await?.ok_or(Code::NotEnrolled)?;
    let tier = overview::standing(&app.programme, &found, app.programme.date_of(now)).tier;
    let had = reader.gifts_had(member, now).await?.into_iter().collect();
    Ok(Standing { available: found.balances.available, tier, had })
}

/// The variants for a skin; those for everyone are for hers, too.
fn suitable(gift: &storage::Gift, skin_type: Option<SkinType>) -> impl Iterator<Item = &storage::Variant> {
    gift.variants.iter().filter(move |variant| suits(variant, skin_type))
}

/// Whether a variant is for this skin, or for everyone; without a skin type, all are.
pub fn suits(variant: &storage::Variant, skin_type: Option<SkinType>) -> bool {
    let Some(skin_type) = skin_type else { return true };
    variant.skin_types.is_empty() || variant.skin_types.iter().any(|skin| skin == skin_type.as_str())
}

/// Whether the tier at this position may have the gift.
pub fn tier_reached(programme: &Programme, gift: &storage::Gift, tier: usize) -> bool {
    // A tier the programme does not know is one nobody has.
    gift.min_tier.as_deref().is_none_or(|id| programme.tier_index(id).is_some_and(|least| tier >= least))
}

fn speaks_of(gift: &storage::Gift, words: &str) -> bool {
    gift.texts.iter().any(|text| {
        let all = format!("{}\n{}", text.name, text.description).to_lowercase();
        words.split_whitespace().all(|word| all.contains(word))
    })
}

fn describe(
    programme: &Programme,
    gift: &storage::Gift,
    counters: usize,
    standing: &Standing,
    locale: Locale,
    now: DateTime<Utc>,
) -> Gift {
    let words = gift.text(locale.tag());
    let had = standing.had.get(&gift.id).copied().unwrap_or_default();
    Gift {
        id: gift.id.to_string(),
        name: words.map(|words| words.name.clone()).unwrap_or_default(),
        description: words.map(|words| words.description.clone()).unwrap_or_default(),
        points: gift.points,
        min_tier: gift
            .min_tier
            .as_deref()
            .and_then(|id| programme.tier_index(id))
            .map(|tier| tier_name(programme, tier, locale)),
        picture: gift.picture.clone(),
        limit: gift.per_member,
        variants: gift.variants.iter().map(|each| variant(each, locale)).collect(),
        stock: StockSummary {
            counters: u32::try_from(counters).unwrap_or(u32::MAX),
            as_of: Instant(now),
            held_for_you: false,
        },
        for_you: ForYou {
            available: standing.available,
            missing: (gift.points - standing.available).max(0),
            tier_reached: tier_reached(programme, gift, standing.tier),
            left: gift.per_member.map(|most| u32::try_from(i64::from(most) - had).unwrap_or_default()),
        },
        counters: Vec::new(),
        terms: None,
        as_of: Instant(now),
    }
}

/// A variant as it travels.
pub fn variant(variant: &storage::Variant, locale: Locale) -> Variant {
    Variant {
        id: variant.id.to_string(),
        label: variant.label(locale.tag()).unwrap_or_default().to_owned(),
        skin_types: variant.skin_types.iter().filter_map(|skin| SkinType::from_text(skin)).collect(),
        barcode: variant.barcode.clone(),
        // One that this version does not know still needs a mark; the label says which it is.
        colour: Colour::from_text(&variant.colour).unwrap_or(Colour::Violet),
    }
}

/// A gift by its name, as it travels.
pub fn name(gift: &storage::Gift, locale: Locale) -> GiftName {
    GiftName {
        id: gift.id.to_string(),
        name: gift.text(locale.tag()).map(|words| words.name.clone()).unwrap_or_default(),
        picture: gift.picture.clone(),
    }
}

/// Counters that have a variant, the nearest to `from` first.
pub async fn nearest(
    reader: &mut storage::Reader,
    variant: Uuid,
    from: &storage::Counter,
    locale: Locale,
    now: DateTime<Utc>,
) -> Outcome<Failure> {
    use contract::counter::Position;
    use contract::reservation::{Nearest, OutOfStock};
    /// Enough to choose from, and few enough to read.
    const MOST: usize = 5;
    let stock = reader.stock_of_variant(variant, now).await?;
    let all = reader.counters(None).await?;
    let here = Position { lat: from.lat, lng: from.lng };
    let mut nearest: Vec<Nearest> = stock
        .iter()
        .filter(|stock| stock.free() > 0 && stock.counter != from.id)
        .filter_map(|stock| {
            let counter = all.iter().find(|counter| counter.id == stock.counter)?;
            let counter: Counter = counters::describe(counter, Some(here), locale);
            let distance_km = counters::distance_km(here, counter.position);
            Some(Nearest { counter, distance_km, free: stock.free(), as_of: Instant(now), held_for_you: false })
        })
        .collect();
    nearest.sort_by(|a, b| a.distance_km.total_cmp(&b.distance_km).then_with(|| a.counter.id.cmp(&b.counter.id)));
    nearest.truncate(MOST);
    Ok(Failure::from(Code::OutOfStock).with(&OutOfStock { nearest }))
}
