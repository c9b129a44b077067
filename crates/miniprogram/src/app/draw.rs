//! How pages look, and how she sets that up.

use std::collections::BTreeMap;

use catalogue::Locale;
use screens::env::Theme;
use screens::{Env, Route, Setting, chrome};
use serde_json::Value;

use super::App;
use crate::effects::Pending;
use crate::page::Looks;
use crate::protocol::{Data, Draw, Run};

impl App {
    pub(super) fn set(&mut self, setting: Setting) {
        let Some(world) = &mut self.world else { return };
        match setting {
            Setting::Locale(locale) => {
                let is_news = core::mem::replace(&mut world.env.locale, locale) != locale;
                world.env.brand = brand_in(&world.brand, locale);
                self.store("locale", Some(Value::from(locale.tag())), false);
                if is_news {
                    self.open_anew();
                }
            }
            Setting::Theme(theme) => {
                world.env.appearance.theme = theme;
                self.store("theme", serde_json::to_value(theme).ok(), false);
                self.draw_all();
            }
            Setting::LargeText(large) => {
                world.large = Some(large);
                world.env.appearance.large_text = large;
                self.store("large", Some(Value::Bool(large)), false);
                self.draw_all();
            }
        }
    }

    /// Opens every page anew: much of what they show came from the server in her former language.
    fn open_anew(&mut self) {
        let open: Vec<(u32, Route, bool)> =
            self.open.iter().map(|(number, open)| (*number, open.route.clone(), open.refreshing)).collect();
        for (number, route, refreshing) in open {
            self.close(number);
            self.begin(number, route);
            if let Some(open) = self.open.get_mut(&number) {
                open.refreshing = refreshing;
            }
        }
    }

    pub(super) fn draw(&mut self, number: u32) {
        let (Some(env), Some(world), Some(open)) = (self.env(), &self.world, self.open.get(&number)) else { return };
        let Looks { view, dirty, ground } = open.page.view(&env);
        let dark = match env.appearance.theme {
            Theme::Device => world.system.dark,
            Theme::Light => false,
            Theme::Dark => true,
        };
        let data = Data {
            view,
            chrome: chrome::view(&open.route, &env),
            look: look(&env),
            dark,
            ground,
            unsaved: dirty.then(|| chrome::unsaved(&env).to_owned()),
        };
        self.answer.draw.retain(|draw| draw.page != number);
        self.answer.draw.push(Draw { page: number, data });
    }

    pub(super) fn draw_all(&mut self) {
        let numbers: Vec<u32> = self.open.keys().copied().collect();
        for number in numbers {
            self.draw(number);
        }
    }

    /// A page that was pulled down has all it asked for.
    pub(super) fn refreshed(&mut self, number: u32) {
        let waits =
            self.pending.values().any(|pending| matches!(pending, Pending::Http(errand) if errand.page == number));
        if let Some(open) = self.open.get_mut(&number)
            && !waits
            && core::mem::take(&mut open.refreshing)
        {
            self.answer.run.push(Run::Refreshed { page: number });
        }
    }
}

/// The brand's name.
pub(super) fn brand_in(brand: &BTreeMap<String, String>, locale: Locale) -> String {
    brand.get(locale.tag()).cloned().unwrap_or_default()
}

/// The classes of a page's root. What follows the device needs none: the style asks it.
fn look(env: &Env) -> String {
    let mut look = String::from("root lang-");
    look.push_str(env.locale.tag());
    look.push_str(match env.appearance.theme {
        Theme::Device => "",
        Theme::Light => " theme-light",
        Theme::Dark => " theme-dark",
    });
    if env.appearance.large_text {
        look.push_str(" large");
    }
    look
}
