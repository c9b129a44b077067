//! The content security policy of a page: nothing but our own address, and the inline scripts and styles that the page was
//! built with, by hash.

use axum::http::HeaderValue;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

/// Whether a page may start workers.
#[derive(Clone, Copy)]
pub enum Workers {
    /// None.
    None,
    /// From our own address.
    Own,
}

/// The policy of this page.
pub fn policy(page: &str, workers: Workers) -> Result<HeaderValue, String> {
    let scripts = inline(page, "script").filter(|(tag, _)| !tag.contains("src=") && !tag.contains("application/json"));
    let styles = inline(page, "style");
    let policy = format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'{}; style-src 'self'{}; img-src 'self' data:; \
         font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src {}; base-uri 'none'; form-action 'self'; \
         frame-ancestors 'none'",
        hashes(scripts.map(|(_, text)| text)),
        hashes(styles.map(|(_, text)| text)),
        match workers {
            Workers::None => "'none'",
            Workers::Own => "'self'",
        },
    );
    HeaderValue::from_str(&policy).map_err(|error| error.to_string())
}

fn hashes<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    texts.map(|text| format!(" 'sha256-{}'", STANDARD.encode(Sha256::digest(text.as_bytes())))).collect()
}

/// Every element of this name: its tag's attributes and its text. Such elements end at their first end tag, whatever
/// stands in them, so no parser is needed.
fn inline<'a>(page: &'a str, name: &str) -> impl Iterator<Item = (&'a str, &'a str)> {
    let (open, close) = (format!("<{name}"), format!("</{name}>"));
    let mut rest = page;
    core::iter::from_fn(move || {
        loop {
            let (_, after) = rest.split_once(&open)?;
            if !after.starts_with(['>', ' ', '\n']) {
                rest = after;
                continue;
            }
            let (tag, after) = after.split_once('>')?;
            let (text, after) = after.split_once(&close)?;
            rest = after;
            return Some((tag, text));
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_runs_is_hashed_and_what_is_only_read_is_not() {
        let page = "<style>a{}</style><script>1</script><script type=\"module\">2</script><script src=\"/x.js\"></script>\
                    <script type=\"application/json\">3</script><styles></styles>";
        let policy = policy(page, Workers::None).unwrap();
        let policy = policy.to_str().unwrap();
        let hash = |text: &str| format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text)));
        assert!(
            policy.contains(&format!("script-src 'self' 'wasm-unsafe-eval' {} {};", hash("1"), hash("2"))),
            "{policy}"
        );
        assert!(policy.contains(&format!("style-src 'self' {};", hash("a{}"))), "{policy}");
        assert_eq!(policy.matches("sha256-").count(), 3);
    }
}
