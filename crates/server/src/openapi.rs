//! The OpenAPI document: made from the routes and the contract's types, completed with what is true of every route.

use contract::Problem;
use utoipa::OpenApi;
use utoipa::PartialSchema;
use utoipa::openapi::path::Operation;
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
    components(schemas(Problem)),
    tags(
        (name = "anyone", description = "Open to anyone"),
        (name = "session", description = "Signed in, member or not"),
        (name = "member", description = "A member's own"),
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
    let mut text = document.to_pretty_json()?;
    text.push('\n');
    Ok(text)
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
