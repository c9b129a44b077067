//! Every address of the portal, once.

/// A page, with what its address says.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Route {
    /// `/`
    Home,
    /// `/sign-in?back=/points&ended=1`: the page to go on to, and whether she was signed in until now.
    SignIn {
        /// A path of this portal, or empty.
        back: String,
        /// A session that was in use has ended: the page says so.
        ended: bool,
    },
    /// `/join`
    Join {
        /// A path of this portal, or empty.
        back: String,
    },
    /// `/card`
    Card,
    /// `/points`
    Points,
    /// `/tier`
    Tier,
    /// `/gifts`
    Gifts,
    /// `/gifts/{id}?counter=…&variant=…`
    Gift {
        /// Which.
        id: String,
        /// The counter to choose to begin with; empty for none.
        counter: String,
        /// The variant to choose to begin with; empty for none.
        variant: String,
    },
    /// `/reservations`
    Reservations,
    /// `/reservations/{id}`
    Reservation {
        /// Which.
        id: String,
    },
    /// `/reservations/{id}/pass`
    Pass {
        /// Of which reservation.
        id: String,
    },
    /// `/reservations/{id}/move`
    Move {
        /// Which reservation.
        id: String,
    },
    /// `/programme`, open to anyone
    Programme,
    /// `/me`
    Me,
    /// `/me/profile`
    Profile,
    /// `/me/preferences`
    Preferences,
    /// No such page.
    NotFound,
}

impl Route {
    /// The page at `path_and_query`.
    pub fn parse(path_and_query: &str) -> Self {
        let (path, query) = path_and_query.split_once('?').unwrap_or((path_and_query, ""));
        let path = if path.len() > 1 { path.trim_end_matches('/') } else { path };
        match path {
            "/" | "" => Route::Home,
            "/sign-in" => Route::SignIn { back: back(query), ended: query.split('&').any(|pair| pair == "ended=1") },
            "/join" => Route::Join { back: back(query) },
            "/card" => Route::Card,
            "/points" => Route::Points,
            "/tier" => Route::Tier,
            "/gifts" => Route::Gifts,
            "/reservations" => Route::Reservations,
            "/programme" => Route::Programme,
            "/me" => Route::Me,
            "/me/profile" => Route::Profile,
            "/me/preferences" => Route::Preferences,
            _ => of_one(path, query),
        }
    }

    /// The page of a gift, with nothing chosen on it.
    pub fn gift(id: &str) -> Self {
        Route::Gift { id: id.to_owned(), counter: String::new(), variant: String::new() }
    }

    /// The page of a reservation.
    pub fn reservation(id: &str) -> Self {
        Route::Reservation { id: id.to_owned() }
    }

    /// Its address. [`Route::NotFound`] has none of its own and leads home.
    pub fn path(&self) -> String {
        match self {
            Route::Home | Route::NotFound => "/".to_owned(),
            Route::SignIn { back, ended } => {
                let mut path = with_back("/sign-in", back);
                if *ended {
                    path.push_str(if back.is_empty() { "?ended=1" } else { "&ended=1" });
                }
                path
            }
            Route::Join { back } => with_back("/join", back),
            Route::Card => "/card".to_owned(),
            Route::Points => "/points".to_owned(),
            Route::Tier => "/tier".to_owned(),
            Route::Gifts => "/gifts".to_owned(),
            Route::Gift { id, counter, variant } => {
                let mut path = ["/gifts/", id].concat();
                for (name, value) in [("counter=", counter), ("variant=", variant)] {
                    if !value.is_empty() {
                        path.push(if path.contains('?') { '&' } else { '?' });
                        path.push_str(name);
                        path.push_str(value);
                    }
                }
                path
            }
            Route::Reservations => "/reservations".to_owned(),
            Route::Reservation { id } => ["/reservations/", id].concat(),
            Route::Pass { id } => ["/reservations/", id, "/pass"].concat(),
            Route::Move { id } => ["/reservations/", id, "/move"].concat(),
            Route::Programme => "/programme".to_owned(),
            Route::Me => "/me".to_owned(),
            Route::Profile => "/me/profile".to_owned(),
            Route::Preferences => "/me/preferences".to_owned(),
        }
    }
}

/// The page of one gift or reservation.
fn of_one(path: &str, query: &str) -> Route {
    let of = |start: &str, end: &str| {
        let id = path.strip_prefix(start)?.strip_suffix(end)?;
        is_id(id).then(|| id.to_owned())
    };
    if let Some(id) = of("/gifts/", "") {
        return Route::Gift { id, counter: value(query, "counter="), variant: value(query, "variant=") };
    }
    if let Some(id) = of("/reservations/", "/pass") {
        return Route::Pass { id };
    }
    if let Some(id) = of("/reservations/", "/move") {
        return Route::Move { id };
    }
    of("/reservations/", "").map_or(Route::NotFound, |id| Route::Reservation { id })
}

/// An id of a query; empty if there is none.
fn value(query: &str, name: &str) -> String {
    let found = query.split('&').find_map(|pair| pair.strip_prefix(name));
    found.filter(|id| is_id(id)).unwrap_or_default().to_owned()
}

/// What ids are made of. Anything else would have to be escaped wherever an address is put together.
fn is_id(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
}

/// Only a path of this portal that is a page: an address of another site would make the sign-in page a springboard.
fn back(query: &str) -> String {
    let value = query.split('&').find_map(|pair| pair.strip_prefix("back=")).unwrap_or_default();
    match Route::parse(&value.replace(AND, "&")) {
        Route::SignIn { .. } | Route::Join { .. } | Route::NotFound => String::new(),
        page => {
            let path = page.path();
            if path == "/" { String::new() } else { path }
        }
    }
}

fn with_back(path: &str, back: &str) -> String {
    let mut path = path.to_owned();
    if !back.is_empty() {
        path.push_str("?back=");
        path.push_str(&back.replace('&', AND));
    }
    path
}

/// The one sign of an address that would end another address's query.
const AND: &str = "%26";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_address_leads_to_the_page_it_came_from() {
        for path in [
            "/",
            "/sign-in",
            "/sign-in?back=/points",
            "/sign-in?back=/points&ended=1",
            "/sign-in?ended=1",
            "/join?back=/tier",
            "/card",
            "/points",
            "/tier",
            "/programme",
            "/me",
            "/gifts",
            "/gifts/g1",
            "/gifts/g1?counter=k1",
            "/gifts/g1?counter=k1&variant=v-1",
            "/gifts/g1?variant=v_1",
            "/reservations",
            "/reservations/r1",
            "/reservations/r1/pass",
            "/reservations/r1/move",
            "/sign-in?back=/gifts/g1?counter=k1%26variant=v1&ended=1",
        ] {
            assert_eq!(Route::parse(path).path(), path);
        }
        assert_eq!(Route::parse("/points/"), Route::Points);
        for nowhere in ["/nowhere", "/gifts/g%31", "/gifts/a/b", "/reservations/r1/pass/x", "/reservations//pass"] {
            assert_eq!(Route::parse(nowhere), Route::NotFound, "{nowhere}");
        }
        assert_eq!(Route::parse("/gifts/g1?counter=<b>&variant="), Route::gift("g1"));
    }

    #[test]
    fn back_keeps_what_was_chosen() {
        let back = Route::Gift { id: "g1".to_owned(), counter: "k1".to_owned(), variant: "v1".to_owned() }.path();
        let sign_in = Route::SignIn { back: back.clone(), ended: false };
        assert_eq!(Route::parse(&sign_in.path()), sign_in);
        let Route::SignIn { back: kept, .. } = Route::parse(&sign_in.path()) else { panic!() };
        assert_eq!(kept, back);
    }

    #[test]
    fn back_never_leaves_the_portal() {
        for back in
            ["https://example.com", "//example.com", "/\\example.com", "javascript:alert(1)", "/nowhere", "/sign-in"]
        {
            assert_eq!(
                Route::parse(&format!("/sign-in?back={back}")),
                Route::SignIn { back: String::new(), ended: false },
                "{back}"
            );
        }
    }
}
