//! The route table, and nothing else.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;
use axum::routing::any;
use contract::endpoint::BASE;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::predicate::{NotForContentType, Predicate, SizeAbove};
use tower_http::compression::{CompressionLayer, CompressionLevel};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::routes::{
    auth, card, counters, gifts, health, members, overview, pass, points, preferences, profile, programme, purchases,
    reservations, session, staff, tier, wechat,
};
use crate::state::Shared;
use crate::{middleware, openapi, portal};

/// No body of this contract is larger.
const LARGEST_BODY: usize = 64 * 1024;
/// What fits into one packet anyway is not worth the work.
const WORTH_COMPRESSING: u64 = 1024;

/// Every route there is: what is not documented does not exist.
pub fn documented() -> OpenApiRouter<Shared> {
    let api = OpenApiRouter::new()
        // Anyone.
        .routes(routes!(programme::programme))
        .routes(routes!(counters::counters))
        .routes(routes!(counters::counter))
        .routes(routes!(auth::send))
        .routes(routes!(auth::verify))
        .routes(routes!(wechat::sign_in))
        .routes(routes!(wechat::templates))
        // A session.
        .routes(routes!(session::who, session::end))
        .routes(routes!(members::enrol))
        // A member.
        .routes(routes!(overview::overview))
        .routes(routes!(card::token))
        .routes(routes!(points::ledger))
        .routes(routes!(points::expiring))
        .routes(routes!(tier::trace))
        .routes(routes!(purchases::purchases))
        .routes(routes!(profile::read, profile::replace))
        .routes(routes!(preferences::read, preferences::replace))
        .routes(routes!(gifts::list))
        .routes(routes!(gifts::one))
        .routes(routes!(reservations::make, reservations::list))
        .routes(routes!(reservations::one, reservations::cancel))
        .routes(routes!(reservations::extend))
        .routes(routes!(reservations::move_to))
        .routes(routes!(reservations::confirm))
        .routes(routes!(reservations::decline))
        .routes(routes!(pass::show))
        .routes(routes!(wechat::consents::list, wechat::consents::record))
        // The staff.
        .routes(routes!(staff::session::open, staff::session::who, staff::session::end))
        .routes(routes!(staff::reservations::list))
        .routes(routes!(staff::reservations::one))
        .routes(routes!(staff::reservations::make_ready))
        .routes(routes!(staff::reservations::fail))
        .routes(routes!(staff::pickups::look_up))
        .routes(routes!(staff::pickups::collect))
        .routes(routes!(staff::pickups::exchange))
        .routes(routes!(staff::holds::make))
        .routes(routes!(staff::stock::list))
        .routes(routes!(staff::stock::count))
        .routes(routes!(staff::stock::receive))
        .routes(routes!(staff::audit::list))
        // The till.
        .routes(routes!(staff::purchases::record))
        .routes(routes!(staff::purchases::refund));
    OpenApiRouter::with_openapi(openapi::frame())
        .nest(BASE, api)
        .routes(routes!(health::healthz))
        .routes(routes!(health::readyz))
}

/// The whole server: the API with its frame, and the portal for everything else.
pub fn router(app: Shared) -> Router {
    let (api, _) = documented().split_for_parts();
    let api = api
        .route("/api", any(middleware::nothing))
        .route("/api/{*rest}", any(middleware::nothing))
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .layer(CatchPanicLayer::custom(middleware::panicked))
        .layer(from_fn_with_state(app.clone(), middleware::api));
    let compressible = SizeAbove::new(WORTH_COMPRESSING)
        .and(NotForContentType::IMAGES)
        .and(NotForContentType::new("application/wasm"));
    api.fallback(portal::serve)
        .layer(CompressionLayer::new().quality(CompressionLevel::Precise(5)).compress_when(compressible))
        .layer(from_fn_with_state(app.clone(), middleware::observe))
        .with_state(app)
}
