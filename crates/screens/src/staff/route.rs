//! Every address of the counter's application, once.

use contract::Id;

/// A page, with what its address says.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Route {
    /// `/staff`: what is to be done today.
    Today,
    /// `/staff/sign-in?back=/staff/stock&ended=1`: the page to go on to, and whether somebody was signed in until now.
    SignIn {
        /// A path of this application, or empty.
        back: String,
        /// A session that was in use has ended: the page says so.
        ended: bool,
    },
    /// `/staff/reservations/{id}`
    Reservation(Id),
    /// `/staff/pickup`
    Pickup,
    /// `/staff/stock?counter=…`
    Stock {
        /// Whose stock; `None` for the own counter's.
        counter: Option<Id>,
    },
    /// `/staff/hold?counter=…&variant=…`
    Hold {
        /// Where; `None` to be asked.
        counter: Option<Id>,
        /// Which variant; `None` to be asked.
        variant: Option<Id>,
    },
    /// `/staff/attention`
    Attention,
    /// No such page.
    NotFound,
}

/// No identifier is longer. Opaque as they are, this keeps whatever else stands in an address out of a request's path.
const LONGEST_ID: usize = 64;

impl Route {
    /// The page at `path_and_query`.
    pub fn parse(path_and_query: &str) -> Self {
        let (path, query) = path_and_query.split_once('?').unwrap_or((path_and_query, ""));
        let path = path.trim_end_matches('/');
        let asked = |name: &str| parameter(query, name).and_then(id);
        match path {
            "/staff" => Route::Today,
            "/staff/sign-in" => Route::SignIn { back: back(query), ended: parameter(query, "ended") == Some("1") },
            "/staff/pickup" => Route::Pickup,
            "/staff/stock" => Route::Stock { counter: asked("counter") },
            "/staff/hold" => Route::Hold { counter: asked("counter"), variant: asked("variant") },
            "/staff/attention" => Route::Attention,
            _ => match path.strip_prefix("/staff/reservations/").and_then(id) {
                Some(id) => Route::Reservation(id),
                None => Route::NotFound,
            },
        }
    }

    /// Its address. [`Route::NotFound`] has none of its own and leads to today.
    pub fn path(&self) -> String {
        let ask = |path: &str, parameters: &[(&str, Option<&str>)]| {
            let mut path = path.to_owned();
            let mut sign = '?';
            for (name, value) in parameters.iter().filter_map(|(name, value)| Some((name, (*value)?))) {
                path.push(sign);
                path.push_str(name);
                path.push('=');
                path.push_str(value);
                sign = '&';
            }
            path
        };
        match self {
            Route::Today | Route::NotFound => "/staff".to_owned(),
            Route::SignIn { back, ended } => {
                let back = (!back.is_empty()).then_some(back.as_str());
                ask("/staff/sign-in", &[("back", back), ("ended", ended.then_some("1"))])
            }
            Route::Reservation(id) => {
                let mut path = "/staff/reservations/".to_owned();
                path.push_str(id);
                path
            }
            Route::Pickup => "/staff/pickup".to_owned(),
            Route::Stock { counter } => ask("/staff/stock", &[("counter", counter.as_deref())]),
            Route::Hold { counter, variant } => {
                ask("/staff/hold", &[("counter", counter.as_deref()), ("variant", variant.as_deref())])
            }
            Route::Attention => "/staff/attention".to_owned(),
        }
    }
}

fn parameter<'query>(query: &'query str, name: &str) -> Option<&'query str> {
    query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
}

fn id(text: &str) -> Option<Id> {
    let good = !text.is_empty() && text.len() <= LONGEST_ID && text.bytes().all(is_of_an_id);
    good.then(|| text.to_owned())
}

fn is_of_an_id(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'-'
}

/// Only a path of this application that is a page, without its query, whose `&` would be read as this page's own; and nothing
/// for today, where signing in leads anyway.
fn back(query: &str) -> String {
    match Route::parse(parameter(query, "back").unwrap_or_default()) {
        Route::SignIn { .. } | Route::NotFound | Route::Today => String::new(),
        Route::Stock { .. } => Route::Stock { counter: None }.path(),
        Route::Hold { .. } => Route::Hold { counter: None, variant: None }.path(),
        page => page.path(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_address_leads_to_the_page_it_came_from() {
        for path in [
            "/staff",
            "/staff/sign-in",
            "/staff/sign-in?back=/staff/pickup",
            "/staff/sign-in?back=/staff/reservations/r1&ended=1",
            "/staff/sign-in?ended=1",
            "/staff/reservations/0192f0c1-0000-7000-8000-000000000001",
            "/staff/pickup",
            "/staff/stock",
            "/staff/stock?counter=k1",
            "/staff/hold",
            "/staff/hold?counter=k1&variant=v1",
            "/staff/hold?variant=v1",
            "/staff/attention",
        ] {
            assert_eq!(Route::parse(path).path(), path);
        }
        assert_eq!(Route::parse("/staff/"), Route::Today);
        assert_eq!(Route::parse("/staff/stock/"), Route::Stock { counter: None });
    }

    #[test]
    fn what_is_no_page_is_not_found() {
        for path in ["", "/", "/points", "/staff/nowhere", "/staff/reservations", "/staff/reservations/", "/staffing"] {
            assert_eq!(Route::parse(path), Route::NotFound, "{path}");
        }
    }

    #[test]
    fn an_address_names_nothing_but_identifiers() {
        for id in ["a/b", "..", "a%2fb", "名", &"a".repeat(65)] {
            assert_eq!(Route::parse(&format!("/staff/reservations/{id}")), Route::NotFound, "{id}");
            assert_eq!(Route::parse(&format!("/staff/stock?counter={id}")), Route::Stock { counter: None }, "{id}");
        }
    }

    #[test]
    fn back_never_leaves_the_application() {
        for back in
            ["https://example.com", "//example.com", "javascript:alert(1)", "/points", "/staff/sign-in", "/staff"]
        {
            let route = Route::parse(&format!("/staff/sign-in?back={back}"));
            assert_eq!(route, Route::SignIn { back: String::new(), ended: false }, "{back}");
        }
    }

    #[test]
    fn the_way_back_drops_its_own_query() {
        for (back, kept) in
            [("/staff/stock?counter=k1", "/staff/stock"), ("/staff/hold?counter=k1&variant=v1", "/staff/hold")]
        {
            let route = Route::parse(&format!("/staff/sign-in?back={back}"));
            assert_eq!(route, Route::SignIn { back: kept.to_owned(), ended: false });
        }
    }
}
