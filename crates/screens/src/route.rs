//! Every address of the portal, once.

/// A page, with what its address says.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Route {
    /// `/`
    Home,
    /// `/sign-in?back=/points`: the page to go on to.
    SignIn {
        /// A path of this portal, or empty.
        back: String,
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
            "/sign-in" => Route::SignIn { back: back(query) },
            "/join" => Route::Join { back: back(query) },
            "/card" => Route::Card,
            "/points" => Route::Points,
            "/tier" => Route::Tier,
            "/programme" => Route::Programme,
            "/me" => Route::Me,
            "/me/profile" => Route::Profile,
            "/me/preferences" => Route::Preferences,
            _ => Route::NotFound,
        }
    }

    /// Its address. [`Route::NotFound`] has none of its own and leads home.
    pub fn path(&self) -> String {
        match self {
            Route::Home | Route::NotFound => "/".to_owned(),
            Route::SignIn { back } => with_back("/sign-in", back),
            Route::Join { back } => with_back("/join", back),
            Route::Card => "/card".to_owned(),
            Route::Points => "/points".to_owned(),
            Route::Tier => "/tier".to_owned(),
            Route::Programme => "/programme".to_owned(),
            Route::Me => "/me".to_owned(),
            Route::Profile => "/me/profile".to_owned(),
            Route::Preferences => "/me/preferences".to_owned(),
        }
    }
}

/// Only a path of this portal that is a page: an address of another site would make the sign-in page a springboard.
fn back(query: &str) -> String {
    let value = query.split('&').find_map(|pair| pair.strip_prefix("back=")).unwrap_or_default();
    match Route::parse(value) {
        Route::SignIn { .. } | Route::Join { .. } | Route::NotFound => String::new(),
        page => {
            let path = page.path();
            if path == "/" { String::new() } else { path }
        }
    }
}

fn with_back(path: &str, back: &str) -> String {
    if back.is_empty() { path.to_owned() } else { format!("{path}?back={back}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_address_leads_to_the_page_it_came_from() {
        for path in [
            "/",
            "/sign-in",
            "/sign-in?back=/points",
            "/join?back=/tier",
            "/card",
            "/points",
            "/tier",
            "/programme",
            "/me",
        ] {
            assert_eq!(Route::parse(path).path(), path);
        }
        assert_eq!(Route::parse("/points/"), Route::Points);
        assert_eq!(Route::parse("/nowhere"), Route::NotFound);
    }

    #[test]
    fn back_never_leaves_the_portal() {
        for back in
            ["https://example.com", "//example.com", "/\\example.com", "javascript:alert(1)", "/nowhere", "/sign-in"]
        {
            assert_eq!(Route::parse(&format!("/sign-in?back={back}")), Route::SignIn { back: String::new() }, "{back}");
        }
    }
}
