//! The OpenAPI document: made from the routes and the contract's types, completed with what is true of every route.

use contract::endpoint::BASE;
use contract::reservation::{InsufficientPoints, OutOfStock};
use contract::staff::VariantMismatch;
use contract::wechat::PhoneBindingRequired;
use contract::{Method, Problem};
use utoipa::OpenApi;
use utoipa::PartialSchema;
use utoipa::openapi::path::Operation;
use utoipa::openapi::schema::{AllOfBuilder, AnyOfBuilder};
use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{ContentBuilder, Ref, ResponseBuilder};

use crate::router;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Shouyue",
        description = "The member portal's API. Every error is a problem after RFC 9457 with a stable code.",
        license(name = "MIT OR Apache-2.0")
    ),
    components(schemas(Problem, OutOfStock, InsufficientPoints, VariantMismatch, PhoneBindingRequired)),
    tags(
        (name = "anyone", description = "Open to anyone"),
        (name = "session", description = "Signed in, member or not"),
        (name = "member", description = "A member's own"),
        (name = "clerk", description = "The staff, by its own session"),
        (name = "staff", description = "The till, by service token"),
        (name = "operation", description = "For whoever runs the server")
    )
)]
struct Frame;

/// What stands in the document beside the routes.
pub(crate) fn frame() -> utoipa::openapi::OpenApi {
    Frame::openapi()
}

/// The document, as JSON text that ends with a line's end.
pub fn document() -> Result<String, serde_json::Error> {
    let mut document = router::documented().into_openapi();
    let components = document.components.get_or_insert_default();
    for (name, scheme) in [
        ("cookie", SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::new("__Host-session")))),
        ("staff-cookie", SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::new("__Host-staff")))),
        ("bearer", SecurityScheme::Http(HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build())),
        ("service", SecurityScheme::Http(HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build())),
    ] {
        components.security_schemes.insert(name.to_owned(), scheme.into());
    }
    // Named explicitly: nothing refers to it until the lines below do.
    components.schemas.entry("Problem".to_owned()).or_insert_with(Problem::schema);
    for item in document.paths.paths.values_mut() {
        for operation in [&mut item.get, &mut item.post, &mut item.put, &mut item.delete].into_iter().flatten() {
            may_fail(operation);
        }
    }
    for (path, method, status, members) in MEMBERS {
        let item = document.paths.paths.get_mut(&format!("{BASE}{path}"));
        let operation = item.and_then(|item| match method {
            Method::Put => item.put.as_mut(),
            Method::Delete => item.delete.as_mut(),
            Method::Get => item.get.as_mut(),
            Method::Post => item.post.as_mut(),
        });
        if let Some(operation) = operation {
            operation.responses.responses.insert(status.to_owned(), with_members(members).into());
        }
    }
    let mut text = document.to_pretty_json()?;
    text.push('\n');
    Ok(text)
}

/// Which operations answer with problems that have members of their own, under which status, and which.
const MEMBERS: [(&str, Method, &str, &[&str]); 6] = [
    ("/reservations", Method::Post, "409", &["OutOfStock", "InsufficientPoints"]),
    ("/reservations/{id}/move", Method::Post, "409", &["OutOfStock"]),
    ("/auth/wechat", Method::Post, "409", &["PhoneBindingRequired"]),
    ("/staff/holds", Method::Post, "409", &["OutOfStock", "InsufficientPoints"]),
    ("/staff/reservations/{id}/ready", Method::Post, "409", &["VariantMismatch"]),
    ("/staff/pickups/{id}/collect", Method::Post, "409", &["VariantMismatch"]),
];

/// A problem that, depending on its code, has one of these beside the usual members.
fn with_members(members: &[&str]) -> utoipa::openapi::Response {
    let problem = Ref::from_schema_name("Problem");
    let schema = members.iter().fold(AnyOfBuilder::new().item(problem.clone()), |any, member| {
        any.item(AllOfBuilder::new().item(problem.clone()).item(Ref::from_schema_name(*member)))
    });
    ResponseBuilder::new()
        .description("A problem; `code` says which")
        .content("application/problem+json", ContentBuilder::new().schema(Some(schema)).build())
        .build()
}

/// Every operation may answer with a problem.
fn may_fail(operation: &mut Operation) {
    let schema = Ref::from_schema_name("Problem");
    let problem = ResponseBuilder::new()
        .description("A problem; `code` says which")
        .content("application/problem+json", ContentBuilder::new().schema(Some(schema)).build())
        .build();
    operation.responses.responses.insert("default".to_owned(), problem.into());
}
