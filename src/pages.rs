//! Pages: each a pure function from its screen's view model to markup.

pub(crate) mod home;
pub(crate) mod sign_in;

#[cfg(feature = "csr")]
pub(crate) use open::{account, others};

#[cfg(feature = "csr")]
mod open {
    //! Pages with their screens, in a browser.

    use leptos::prelude::*;
    use screens::{Route, Screen};

    use super::sign_in;
    use crate::intent::Intent;
    use crate::shell::Shell;

    /// Signing in and joining.
    pub(crate) fn account(shell: Shell, route: Route) -> AnyView {
        match route {
            Route::SignIn { back, ended } => {
                screen::<screens::sign_in::SignIn>(shell, screens::sign_in::Params { back, ended }, sign_in::draw)
            }
            _ => ().into_any(),
        }
    }

    /// The pages that are neither home nor on the way in.
    pub(crate) fn others(_shell: Shell, _route: Route) -> AnyView {
        ().into_any()
    }

    /// A page whose screen is opened with `params` and drawn by `draw`.
    fn screen<S: Screen>(shell: Shell, params: S::Params, draw: fn(S::View, Intent<S::Event>) -> AnyView) -> AnyView {
        let open = shell.open::<S>(params);
        (move || draw(open.view.get(), open.intent)).into_any()
    }
}
