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
    let mut path = path.to_owned();
    if !back.is_empty() {
        path.push_str("?back=");
        path.push_str(back);
    }
    path
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
            "/sign-in?back=/points&ended=1",
            "/sign-in?ended=1",
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
            assert_eq!(
                Route::parse(&format!("/sign-in?back={back}")),
                Route::SignIn { back: String::new(), ended: false },
                "{back}"
            );
        }
    }
}
