//! Counters.

use core::cmp::Ordering;

use axum::body::Body;
use axum::extract::State;
use axum::http::Response;
use catalogue::Locale;
use contract::Code;
use contract::counter::{Counter, Position};
use contract::list::Page;
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use crate::answer::{Asked, Audience};
use crate::extract::{Asking, PathId};
use crate::paging::limit;
use crate::problem::Outcome;
use crate::state::Shared;

/// Which counters.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Which {
    /// A city's name, in any language.
    city: Option<String>,
    /// `31.23,121.47`: the nearest first, with their distances.
    near: Option<String>,
    /// At most so many, 1 to 100.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<i64>,
    /// `next` of the page before.
    cursor: Option<String>,
}

/// Every counter, by city and name, or the nearest first
#[utoipa::path(get, path = "/counters", tag = "anyone", params(Which), responses((status = 200, body = Page<Counter>)))]
pub async fn counters(
    State(app): State<Shared>,
    asked: Asked,
    Asking(which): Asking<Which>,
) -> Outcome<Response<Body>> {
    let near = which.near.as_deref().map(position).transpose()?;
    let limit = limit(which.limit)?;
    let after = which
        .cursor
        .as_deref()
        .map(|cursor| Uuid::try_parse(cursor).map_err(|_| Code::MalformedParameter))
        .transpose()?;
    let city = which.city.as_deref().map(city).transpose()?;
    let mut reader = app.database.read().await?;
    let found = reader.counters(city).await?;
    // The one that ended the page before, though it may not be in this city any more.
    let after = match after {
        Some(id) => Some(describe(&reader.counter(id).await?.ok_or(Code::MalformedParameter)?, near, asked.locale)),
        None => None,
    };
    drop(reader);
    let mut counters: Vec<Counter> = found.iter().map(|counter| describe(counter, near, asked.locale)).collect();
    counters.sort_by(by_distance_or_name);
    if let Some(after) = after {
        counters.retain(|counter| by_distance_or_name(counter, &after).is_gt());
    }
    let more = counters.len() > limit;
    counters.truncate(limit);
    let next = counters.last().filter(|_| more).map(|counter| counter.id.clone());
    asked.read(Audience::Anyone, &Page { items: counters, next })
}

/// One counter
#[utoipa::path(get, path = "/counters/{id}", tag = "anyone", params(("id" = String, Path, description = "From the list")),
    responses((status = 200, body = Counter)))]
pub async fn counter(State(app): State<Shared>, asked: Asked, PathId(id): PathId) -> Outcome<Response<Body>> {
    let found = app.database.read().await?.counter(id).await?.ok_or(Code::NotFound)?;
    asked.read(Audience::Anyone, &describe(&found, None, asked.locale))
}

/// A counter as it travels; with its distance from `near`, if there is one.
pub fn describe(counter: &storage::Counter, near: Option<Position>, locale: Locale) -> Counter {
    let position = Position { lat: counter.lat, lng: counter.lng };
    let words = counter.text(locale.tag());
    Counter {
        id: counter.id.to_string(),
        name: words.map(|words| words.name.clone()).unwrap_or_default(),
        city: words.map(|words| words.city.clone()).unwrap_or_default(),
        address: words.map(|words| words.address.clone()).unwrap_or_default(),
        hours: counter.hours.clone(),
        position,
        distance_km: near.map(|near| distance_km(near, position)),
    }
}

/// The nearest first where distances are known, else by city and name.
pub fn by_distance_or_name(a: &Counter, b: &Counter) -> Ordering {
    let by_name = (&a.city, &a.name, &a.id).cmp(&(&b.city, &b.name, &b.id));
    match (a.distance_km, b.distance_km) {
        (Some(a), Some(b)) => a.total_cmp(&b).then(by_name),
        _ => by_name,
    }
}

/// The name of a city, as far as it can be one: PostgreSQL takes no zero byte, not even to look for it.
pub fn city(name: &str) -> Result<&str, Code> {
    if name.chars().any(char::is_control) { Err(Code::MalformedParameter) } else { Ok(name) }
}

/// Reads `31.23,121.47`.
pub fn position(text: &str) -> Result<Position, Code> {
    let (lat, lng) = text.split_once(',').ok_or(Code::MalformedParameter)?;
    let number = |text: &str| text.trim().parse::<f64>().map_err(|_| Code::MalformedParameter);
    let position = Position { lat: number(lat)?, lng: number(lng)? };
    let on_earth = position.lat.abs() <= 90.0 && position.lng.abs() <= 180.0;
    if on_earth { Ok(position) } else { Err(Code::MalformedParameter) }
}

/// Along the great circle, to the nearest hundred metres.
pub fn distance_km(a: Position, b: Position) -> f64 {
    const EARTH_KM: f64 = 6371.0;
    let (lat_a, lat_b) = (a.lat.to_radians(), b.lat.to_radians());
    let half = |from: f64, to: f64| ((to - from).to_radians() / 2.0).sin().powi(2);
    let chord = half(a.lat, b.lat) + lat_a.cos() * lat_b.cos() * half(a.lng, b.lng);
    (2.0 * EARTH_KM * chord.sqrt().min(1.0).asin() * 10.0).round() / 10.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shanghai_is_about_1070_km_from_beijing() {
        let beijing = position("39.9042,116.4074").unwrap();
        let shanghai = position(" 31.2304, 121.4737").unwrap();
        assert!((distance_km(beijing, shanghai) - 1067.0).abs() < 5.0);
        assert_eq!(distance_km(beijing, beijing), 0.0);
        for text in ["", "39.9", "91,0", "0,181", "NaN,0", "a,b", "1,2,3"] {
            assert_eq!(position(text), Err(Code::MalformedParameter), "{text}");
        }
    }
}
