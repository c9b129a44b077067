//! Where it goes from here.

use screens::{Navigation, Route, chrome};

use super::{App, WISH};
use crate::effects::Pending;
use crate::places::{place, url};
use crate::protocol::{How, Refusal, Run};

impl App {
    /// Goes where a page leads. One that she does not look at takes nothing from her that she looks at; it leads on when she is back on it.
    pub(super) fn go_from(&mut self, page: u32, navigation: Navigation) {
        match self.open.get_mut(&page) {
            Some(open) if self.front != Some(page) && !matches!(navigation, Navigation::AfterSessionChange(_)) => {
                open.held = Some(navigation);
            }
            _ => self.go(navigation),
        }
    }

    /// She looks at a page (`true`), or away: now it leads where it would have led before.
    pub(super) fn go_on(&mut self, page: u32, seen: bool) {
        if let Some(open) = self.open.get_mut(&page).filter(|_| seen)
            && let Some(navigation) = open.held.take()
        {
            self.go(navigation);
        }
    }

    pub(super) fn go(&mut self, navigation: Navigation) {
        // The first of several refusals is that of the page she looks at.
        if self.leaving {
            return;
        }
        let (path, how) = match navigation {
            Navigation::To(path) => (path, How::To),
            Navigation::Instead(path) => (path, How::Instead),
            Navigation::AfterSessionChange(path) => (path, How::Anew),
        };
        let route = Route::parse(&path);
        if how == How::Anew {
            self.remembered = None;
            self.store(WISH, None, false);
            self.give_up(Pending::is_consent);
            if let Some(world) = &mut self.world {
                world.env.signed_in = false;
            }
            // A page below may find out after her that she has to sign in: she is about to.
            if matches!(route, Route::SignIn { .. }) && self.sign_in_page().is_some() {
                return;
            }
            self.leaving = true;
            // What somebody wanted is not sent again as somebody else.
            self.give_up(|pending| matches!(pending, Pending::Http(_)));
        }
        self.navigate(how, &route);
    }

    pub(super) fn navigate(&mut self, how: How, route: &Route) {
        let how = if place(route).tab && how != How::Anew { How::Tab } else { how };
        self.answer.run.push(Run::Navigate { how, url: url(route) });
    }

    pub(super) fn share(&mut self, at: f64, number: u32) -> Result<(), Refusal> {
        self.page(at, number)?;
        let (Some(env), Some(open)) = (self.env(), self.open.get(&number)) else { return Ok(()) };
        let card = chrome::share(&open.route, open.page.gift(&env).as_deref(), &env);
        let path = url(&Route::parse(&card.path));
        self.answer.run.push(Run::Share { title: card.title, path });
        Ok(())
    }
}
