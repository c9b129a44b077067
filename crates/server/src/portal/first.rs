//! Home, drawn on the server: her figures are on the glass before the portal has arrived.

use ::portal::first::{Drawing, Page, Reply};
use catalogue::Locale;
use contract::Instant;
use screens::env::{Clock, Env};
use screens::home::Home;
use screens::{Route, Screen, chrome};
use uuid::Uuid;

use super::{Portal, page_of};
use crate::problem::{Failure, Outcome};
use crate::routes::overview;
use crate::state::Shared;
use crate::{answer, localize};

/// The page, with the answer it was drawn from.
pub async fn home(app: &Shared, portal: &Portal, locale: Locale, member: Uuid) -> Outcome<String> {
    let now = app.now();
    let overview = overview::compute(app, member, locale).await?;
    let body = answer::encode(&overview)?;
    let etag = answer::etag(&body);
    let env = Env {
        locale,
        brand: app.brand_name(locale).to_owned(),
        clock: Some(Clock { now: Instant(now), utc_offset_minutes: localize::utc_offset_minutes(&app.programme, now) }),
        appearance: screens::env::Appearance::default(),
        signed_in: true,
        can_scan: false,
    };
    let view = Home::arrived(overview).view(&env);
    let drawn = Drawing::Home(view).html(chrome::view(&Route::Home, &env));
    let reply = Reply {
        path: "/me/overview",
        body: core::str::from_utf8(&body).map_err(Failure::internal)?,
        etag: &etag,
        programme_time: &localize::programme_time(&app.programme, now),
    };
    Ok(portal.members.template.fill(&Page { first: Some((&drawn, reply)), ..page_of(&app.brand, locale) }))
}
