//! Serves the built front ends: the one page of each, with brand, language and policy filled in, and the files beside it.

mod brand;
mod first;
mod policy;

use std::path::Path;

use ::portal::first::{Page, Template};
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode, header};
use axum::response::IntoResponse;
use catalogue::Locale;
use contract::Code;
use screens::{Route, staff};
use tower::ServiceExt;
use tower_http::services::ServeDir;

pub use brand::Brand;

use crate::middleware::HSTS;
use crate::problem::Failure;
use crate::session::cookie_value;
use crate::state::Shared;
use crate::{answer, extract, middleware, session};

/// The portal's folder, read at start.
pub struct Portal {
    files: ServeDir,
    members: FrontEnd,
    /// `None` for a folder without the counter's application.
    staff: Option<FrontEnd>,
    manifest: String,
}

/// A front end's one page.
struct FrontEnd {
    template: Template,
    /// The same for all pages of all languages: it names hashes, and the brand's name is in no script and no style.
    policy: HeaderValue,
    /// `Permissions-Policy`.
    permissions: HeaderValue,
}

/// What comes with every page and every file.
const HEADERS: [(HeaderName, HeaderValue); 4] = [
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
    (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
];
/// She may ask for the nearest counter.
const MEMBERS_MAY: HeaderValue =
    HeaderValue::from_static("camera=(), geolocation=(self), microphone=(), payment=(), usb=()");
/// The staff scans.
const STAFF_MAY: HeaderValue =
    HeaderValue::from_static("camera=(self), geolocation=(), microphone=(), payment=(), usb=()");
const MANIFEST: &str = "/manifest.webmanifest";
/// Never sent as it is: its marks are not filled in.
const RAW_PAGE: &str = "/index.html";
/// The page as the portal's worker keeps it for a place without a network: the one that is the same for everybody.
const OFFLINE: &str = "/offline";
/// The staff's pages and files are below.
const STAFF: &str = "/staff";
/// Never sent as it is, either.
const RAW_STAFF_PAGE: &str = "/staff/index.html";
/// The folders of builds are named by their contents, in so many hexadecimal digits.
const BUILD_NAME: usize = 12;

impl Portal {
    /// Reads the pages, and works out their policies.
    pub fn open(folder: &Path, brand: &Brand) -> Result<Self, String> {
        let read = |name: &str| {
            let path = folder.join(name);
            std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))
        };
        let front_end = |name: &str, workers, permissions| {
            let template = Template::new(&read(name)?)
                .ok_or_else(|| format!("{}: {name} is not a front end's: a mark is missing", folder.display()))?;
            let policy = policy::policy(&template.fill(&page_of(brand, Locale::default())), workers)?;
            Ok::<_, String>(FrontEnd { template, policy, permissions })
        };
        let staff = folder.join("staff/index.html").exists();
        Ok(Self {
            files: ServeDir::new(folder).precompressed_br().append_index_html_on_directories(false),
            members: front_end("index.html", policy::Workers::Own, MEMBERS_MAY)?,
            staff: staff.then(|| front_end("staff/index.html", policy::Workers::None, STAFF_MAY)).transpose()?,
            manifest: read("manifest.webmanifest").unwrap_or_default(),
        })
    }

    /// Whose page an address is.
    fn front_end(&self, path: &str) -> &FrontEnd {
        let staff = self
            .staff
            .as_ref()
            .filter(|_| path.strip_prefix(STAFF).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')));
        staff.unwrap_or(&self.members)
    }
}

fn page_of(brand: &Brand, locale: Locale) -> Page<'_> {
    Page { locale, brand: (brand.name(Locale::ZhCn), brand.name(Locale::En)), theme: brand.theme(), first: None }
}

/// Everything that is not the API.
pub async fn serve(State(app): State<Shared>, request: Request) -> Response<Body> {
    let locale = locale(request.headers());
    let Some(portal) = &app.portal else {
        return middleware::dress(Failure::from(Code::NotFound).into_response(), locale);
    };
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let mut response = middleware::dress(Failure::from(Code::MethodNotAllowed).into_response(), locale);
        response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
        return response;
    }
    let path = request.uri().path();
    let mut response = match Route::parse(path) {
        Route::Home => home(&app, portal, locale, request.headers()).await,
        Route::NotFound if path == MANIFEST => manifest(&app, portal, locale),
        Route::NotFound if path == OFFLINE => page(&app, &portal.members, locale, StatusCode::OK),
        Route::NotFound if staff::Route::parse(path) != staff::Route::NotFound => match &portal.staff {
            Some(staff) => page(&app, staff, locale, StatusCode::OK),
            None => page(&app, &portal.members, locale, StatusCode::NOT_FOUND),
        },
        Route::NotFound if path == RAW_PAGE || path == RAW_STAFF_PAGE => {
            page(&app, portal.front_end(path), locale, StatusCode::NOT_FOUND)
        }
        Route::NotFound => file(&app, portal, locale, request).await,
        _ => page(&app, &portal.members, locale, StatusCode::OK),
    };
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.insert(name, value);
    }
    if app.settings.secure() {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HSTS);
    }
    response
}

/// The language she chose on this device, which the portal keeps in a cookie of its own; else what her browser asks for.
fn locale(headers: &HeaderMap) -> Locale {
    cookie_value(headers, "locale").and_then(Locale::from_tag).unwrap_or_else(|| answer::locale(headers))
}

/// Home, with her figures on it already if there is a session.
async fn home(app: &Shared, portal: &Portal, locale: Locale, headers: &HeaderMap) -> Response<Body> {
    let presented = session::MEMBERS.presented(headers, app.settings.secure());
    let ended = presented.is_some();
    let found = match presented {
        Some((hash, _)) => match app.limits.session(&hash) {
            Ok(()) => extract::find(app, &hash).await,
            Err(limited) => Err(limited),
        },
        None => Ok(None),
    };
    let member = match found {
        Ok(Some(session)) => session.member,
        Ok(None) => return elsewhere(&Route::SignIn { back: String::new(), ended }),
        // The portal asks again by itself, and says what is wrong.
        Err(_) => return page(app, &portal.members, locale, StatusCode::OK),
    };
    let Some(member) = member else {
        return elsewhere(&Route::Join { back: String::new() });
    };
    match first::home(app, portal, locale, member).await {
        Ok(html) => uncached(html_response(&portal.members, locale, html, StatusCode::OK)),
        Err(failure) => {
            tracing::warn!(code = failure.code().as_str(), cause = failure.cause(), "the first page was not drawn");
            page(app, &portal.members, locale, StatusCode::OK)
        }
    }
}

fn elsewhere(route: &Route) -> Response<Body> {
    let mut response = uncached(StatusCode::FOUND.into_response());
    if let Ok(location) = HeaderValue::from_str(&route.path()) {
        response.headers_mut().insert(header::LOCATION, location);
    }
    response
}

fn uncached(mut response: Response<Body>) -> Response<Body> {
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    response
}

/// The page with its skeleton.
fn page(app: &Shared, front_end: &FrontEnd, locale: Locale, status: StatusCode) -> Response<Body> {
    html_response(front_end, locale, front_end.template.fill(&page_of(&app.brand, locale)), status)
}

fn html_response(front_end: &FrontEnd, locale: Locale, html: String, status: StatusCode) -> Response<Body> {
    let mut response = Response::new(Body::from(html));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(locale.tag()));
    headers.insert(header::CONTENT_SECURITY_POLICY, front_end.policy.clone());
    headers.insert("permissions-policy", front_end.permissions.clone());
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    headers.insert(header::VARY, HeaderValue::from_static("Accept-Language, Cookie"));
    response
}

fn manifest(app: &Shared, portal: &Portal, locale: Locale) -> Response<Body> {
    // The texts stand in JSON strings, so they are escaped as such, without the quotes.
    let quoted = |text: &str| {
        let text = serde_json::Value::from(text).to_string();
        text.trim_matches('"').to_owned()
    };
    let filled = portal
        .manifest
        .replace("{{brand}}", &quoted(app.brand.name(locale)))
        .replace("{{short-name}}", &quoted(app.brand.short_name(locale)));
    let mut response = Response::new(Body::from(filled));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/manifest+json"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    headers.insert(header::VARY, HeaderValue::from_static("Accept-Language, Cookie"));
    response
}

async fn file(app: &Shared, portal: &Portal, locale: Locale, request: Request) -> Response<Body> {
    let path = request.uri().path();
    let folder = path.strip_prefix(STAFF).unwrap_or(path).split('/').nth(1).unwrap_or_default();
    let of_a_build = folder.len() == BUILD_NAME && folder.bytes().all(|byte| byte.is_ascii_hexdigit());
    let front_end = portal.front_end(path);
    let Ok(response) = portal.files.clone().oneshot(request).await;
    if !(response.status().is_success() || response.status() == StatusCode::NOT_MODIFIED) {
        return page(app, front_end, locale, StatusCode::NOT_FOUND);
    }
    let mut response = response.map(Body::new);
    let cache = if of_a_build { "public, max-age=31536000, immutable" } else { "no-cache" };
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    response
}
