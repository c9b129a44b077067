//! What happens to every request on its way in and out.

use std::any::Any;
use std::time::Instant;

use axum::body::Body;
use axum::extract::{ConnectInfo, MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode, header};
use axum::middleware::Next;
use axum::response::IntoResponse;
use catalogue::Locale;
use contract::{Code, endpoint};

use crate::code::hex;
use crate::problem::Failure;
use crate::state::Shared;
use crate::{answer, entropy, extract, localize};

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Gives every request an identifier, and writes one line about it when it is answered: no path, no address, no person.
pub async fn observe(State(app): State<Shared>, mut request: Request, next: Next) -> Response<Body> {
    // Not the app's clock: this measures a span, and only this machine's monotonic clock can.
    let began = Instant::now();
    let id = request_id(&app, request.headers());
    request.headers_mut().insert(REQUEST_ID, id.clone());
    let method = method_name(request.method());
    let route = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());
    let route = route.unwrap_or_else(|| "portal".to_owned());
    let mut response = next.run(request).await;
    let status = response.status().as_u16();
    let took = began.elapsed();
    app.metrics.count(method, &route, status, took);
    let request_id = id.to_str().unwrap_or_default();
    let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
    let failure = response.extensions().get::<Failure>();
    match failure.and_then(Failure::cause) {
        Some(cause) => tracing::error!(request_id, method, route, status, micros, cause, "failed"),
        None => tracing::info!(request_id, method, route, status, micros, "answered"),
    }
    response.headers_mut().insert(REQUEST_ID, id);
    response
}

/// One that came with the request, if it is harmless; otherwise a fresh one.
fn request_id(app: &Shared, headers: &HeaderMap) -> HeaderValue {
    let harmless = |value: &&HeaderValue| {
        let bytes = value.as_bytes();
        (1..=64).contains(&bytes.len()) && bytes.iter().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(byte))
            // A caller must not write a phone number into the log this way.
            && !bytes.iter().all(u8::is_ascii_digit)
    };
    if let Some(given) = headers.get(REQUEST_ID).filter(harmless) {
        return given.clone();
    }
    let drawn = entropy::bytes::<8>(app.entropy.as_ref()).map(|bytes| hex(&bytes)).unwrap_or_default();
    HeaderValue::from_str(&drawn).unwrap_or(HeaderValue::from_static("none"))
}

fn method_name(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::DELETE => "DELETE",
        Method::HEAD => "HEAD",
        Method::OPTIONS => "OPTIONS",
        _ => "OTHER",
    }
}

/// The API's frame: limits on the way in; problems, the programme's time and the usual headers on the way out.
pub async fn api(State(app): State<Shared>, request: Request, next: Next) -> Response<Body> {
    let locale = answer::locale(request.headers());
    let peer = request.extensions().get::<ConnectInfo<_>>();
    let caller = extract::caller(peer, request.headers(), &app.settings);
    let response = match app.limits.address(caller) {
        Ok(()) => next.run(request).await,
        Err(failure) => failure.into_response(),
    };
    let mut response = dress(response, locale);
    let headers = response.headers_mut();
    if let Ok(time) = HeaderValue::from_str(&localize::programme_time(&app.programme, app.now())) {
        headers.insert(endpoint::PROGRAMME_TIME, time);
    }
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert("cross-origin-resource-policy", HeaderValue::from_static("same-origin"));
    // Nobody should open an answer as a page; if somebody does, it can do nothing.
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'"),
    );
    if app.settings.secure() {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HSTS);
    }
    response
}

/// Two years; browsers that have been here once never try plain HTTP again.
pub const HSTS: HeaderValue = HeaderValue::from_static("max-age=63072000; includeSubDomains");

/// Turns a failure, or an error of the framework's, into a problem in the caller's language.
pub fn dress(response: Response<Body>, locale: Locale) -> Response<Body> {
    let failure = match response.extensions().get::<Failure>() {
        Some(failure) => failure.clone(),
        None => match framework_code(response.status()) {
            Some(code) => code.into(),
            None => return response,
        },
    };
    // `Allow` and `Retry-After` stay.
    let (mut parts, _) = response.into_parts();
    let Ok(body) = failure.body(locale) else { return Response::from_parts(parts, Body::empty()) };
    parts.status = StatusCode::from_u16(failure.status()).unwrap_or(parts.status);
    parts.headers.remove(header::CONTENT_LENGTH);
    parts.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    parts.headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    parts.headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(locale.tag()));
    parts.headers.insert(header::VARY, HeaderValue::from_static("Accept-Language, Authorization, Cookie"));
    // For the log's line.
    parts.extensions.insert(failure);
    Response::from_parts(parts, Body::from(body))
}

fn framework_code(status: StatusCode) -> Option<Code> {
    match status {
        StatusCode::NOT_FOUND => Some(Code::NotFound),
        StatusCode::METHOD_NOT_ALLOWED => Some(Code::MethodNotAllowed),
        StatusCode::PAYLOAD_TOO_LARGE => Some(Code::BodyTooLarge),
        StatusCode::UNSUPPORTED_MEDIA_TYPE => Some(Code::MediaTypeUnsupported),
        StatusCode::UNPROCESSABLE_ENTITY => Some(Code::MalformedBody),
        status if status.is_client_error() => Some(Code::MalformedParameter),
        status if status.is_server_error() => Some(Code::Internal),
        _ => None,
    }
}

/// A handler panicked: a defect, answered like any other.
pub fn panicked(panic: Box<dyn Any + Send>) -> Response<Body> {
    let words = panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    Failure::internal(format_args!("panic: {}", words.unwrap_or("without words"))).into_response()
}

/// There is nothing here.
pub async fn nothing() -> Failure {
    Code::NotFound.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_panic_is_a_problem_that_says_nothing_of_its_cause() {
        let response = dress(panicked(Box::new("secret of the house")), Locale::En);
        assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
        let failure = response.extensions().get::<Failure>().unwrap();
        assert_eq!(failure.cause(), Some("panic: secret of the house"));
        let body = axum::body::to_bytes(response.into_body(), 10_000).await.unwrap();
        let text = String::from_utf8(body.to_vec()).unwrap();
        assert!(text.contains("\"code\":\"internal\"") && !text.contains("secret"), "{text}");
    }
}
