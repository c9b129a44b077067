//! `Effect::Store`: language, theme and text size, remembered on this device. Nothing personal is.

use catalogue::Locale;
use leptos::prelude::*;
use screens::env::{Appearance, Theme};
use screens::{Env, Setting};
use wasm_bindgen::JsCast;
use web_sys::{HtmlDocument, HtmlElement, Storage};

use super::Shell;

// The start script in index.html reads the last two before the first paint; the server reads the cookie.
const LOCALE: &str = "locale";
const THEME: &str = "theme";
const LARGE_TEXT: &str = "large";

/// What is remembered, and the brand's name as it came with the page.
pub(super) fn read() -> Env {
    let remembered = |name: &str| storage()?.get_item(name).ok().flatten();
    let locale = remembered(LOCALE)
        .or_else(|| root()?.get_attribute("lang"))
        .and_then(|tag| Locale::from_tag(&tag))
        .unwrap_or_default();
    let theme = match remembered(THEME).as_deref() {
        Some("light") => Theme::Light,
        Some("dark") => Theme::Dark,
        _ => Theme::Device,
    };
    let appearance = Appearance { theme, large_text: remembered(LARGE_TEXT).is_some() };
    // Written again, for the server: a phone may forget the cookie and keep the rest.
    speak(locale);
    Env { locale, brand: brand(locale), clock: None, appearance, signed_in: false, can_scan: false }
}

impl Shell {
    /// Remembers `setting` and applies it. A new language opens the page anew, since much of it comes from the server.
    pub(super) fn store(self, setting: Setting) {
        match setting {
            Setting::Locale(locale) => {
                remember(LOCALE, Some(locale.tag()));
                speak(locale);
                self.env.update(|env| {
                    env.locale = locale;
                    env.brand = brand(locale);
                });
                self.open_anew();
            }
            Setting::Theme(theme) => {
                let name = match theme {
                    Theme::Device => None,
                    Theme::Light => Some("light"),
                    Theme::Dark => Some("dark"),
                };
                remember(THEME, name);
                mark("data-theme", name);
                self.env.update(|env| env.appearance.theme = theme);
            }
            Setting::LargeText(large) => {
                let value = large.then_some("1");
                remember(LARGE_TEXT, value);
                mark("data-large", value);
                self.env.update(|env| env.appearance.large_text = large);
            }
        }
    }
}

/// Tells the document and the server which language it is. Not a personal datum: everyone's is one of two.
fn speak(locale: Locale) {
    mark("lang", Some(locale.tag()));
    if let Ok(document) = document().dyn_into::<HtmlDocument>() {
        let mut cookie = String::from(LOCALE);
        cookie.push('=');
        cookie.push_str(locale.tag());
        cookie.push_str(";path=/;max-age=31536000;samesite=lax");
        let _ = document.set_cookie(&cookie);
    }
}

/// The brand's name: the page carries it in every language.
fn brand(locale: Locale) -> String {
    let attribute = match locale {
        Locale::ZhCn => "data-brand-zh-cn",
        Locale::En => "data-brand-en",
    };
    root().and_then(|root| root.get_attribute(attribute)).unwrap_or_default()
}

fn mark(attribute: &str, value: Option<&str>) {
    if let Some(root) = root() {
        let _ = match value {
            Some(value) => root.set_attribute(attribute, value),
            None => root.remove_attribute(attribute),
        };
    }
}

fn remember(name: &str, value: Option<&str>) {
    if let Some(storage) = storage() {
        let _ = match value {
            Some(value) => storage.set_item(name, value),
            None => storage.remove_item(name),
        };
    }
}

/// `None` where she has forbidden it: everything then works with what the device and the page say.
fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

fn root() -> Option<HtmlElement> {
    document().document_element()?.dyn_into().ok()
}
