//! What goes through the door, as JSON. `miniprogram/core/protocol.ts` says the same in TypeScript.

use std::collections::BTreeMap;

use catalogue::Locale;
use screens::env::Theme;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;

/// Something happened. `at` is the device's clock in milliseconds; only differences of it are used.
#[derive(Debug, Deserialize)]
#[serde(tag = "op", rename_all = "snake_case")]
pub enum Request {
    /// The mini-program starts. First of all, and once.
    Start {
        /// The device's clock.
        at: f64,
        /// The brand's name in each language.
        brand: BTreeMap<String, String>,
        /// What the device is set to.
        system: System,
        /// What [`Run::Store`] stored.
        stored: Stored,
    },
    /// The device is set to something else now: light or dark.
    System {
        /// The device's clock.
        at: f64,
        /// What the device is set to.
        system: System,
    },
    /// A page opens.
    Open {
        /// The device's clock.
        at: f64,
        /// Names this page until it closes.
        page: u32,
        /// Its file: `pages/home/home`.
        file: String,
        /// Its address within the portal: `/gifts/0192…`.
        path: String,
    },
    /// A page has closed.
    Close {
        /// The device's clock.
        at: f64,
        /// Which.
        page: u32,
    },
    /// She looks at a page again, or away.
    Seen {
        /// The device's clock.
        at: f64,
        /// Which.
        page: u32,
        /// She looks.
        seen: bool,
    },
    /// She pulled a page down.
    Refresh {
        /// The device's clock.
        at: f64,
        /// Which.
        page: u32,
    },
    /// She did something: `{"on": "variant", "value": "v1"}`, an event of the page's screen.
    Event {
        /// The device's clock.
        at: f64,
        /// On which page.
        page: u32,
        /// What.
        event: Value,
    },
    /// She tapped a link.
    Follow {
        /// The device's clock.
        at: f64,
        /// Where it leads.
        path: String,
    },
    /// She shares a page. Answered with [`Run::Share`].
    Share {
        /// The device's clock.
        at: f64,
        /// Which.
        page: u32,
    },
    /// What came of an effect.
    Result {
        /// The device's clock.
        at: f64,
        /// Its number.
        effect: u32,
        /// What came; its form is the effect's.
        value: Value,
    },
}

/// What the device is set to.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct System {
    /// A language tag.
    #[serde(default)]
    pub language: String,
    /// Dark.
    #[serde(default)]
    pub dark: bool,
    /// WeChat's own text size, pixels; 17 unless she has changed it. `None` if it is not known.
    #[serde(default)]
    pub font_size: Option<f64>,
}

/// From this text size of WeChat's on, in pixels, she is somebody who needs large text.
const LARGE: f64 = 20.0;

impl System {
    /// Whether she has WeChat's own text large.
    pub(crate) fn is_large(&self) -> bool {
        self.font_size.is_some_and(|pixels| pixels >= LARGE)
    }
}

/// What [`Run::Store`] stored, by its keys. What is not there was never stored; what this version can't read counts as that, too.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Stored {
    /// Her language.
    #[serde(deserialize_with = "readable")]
    pub locale: Option<Locale>,
    /// Light, dark, or as the device.
    #[serde(deserialize_with = "readable")]
    pub theme: Option<Theme>,
    /// For older members.
    #[serde(deserialize_with = "readable")]
    pub large: Option<bool>,
    /// The session. Kept encrypted.
    #[serde(deserialize_with = "readable")]
    pub token: Option<String>,
    /// Whose that is: a text of the core's own. Kept encrypted.
    #[serde(deserialize_with = "readable")]
    pub who: Option<String>,
    /// She has signed out, and has proved no number since.
    #[serde(deserialize_with = "readable")]
    pub left: Option<bool>,
    /// What she wanted and nobody knows the outcome of.
    #[serde(deserialize_with = "readable")]
    pub wish: Option<String>,
}

fn readable<'de, D: Deserializer<'de>, T: DeserializeOwned>(stored: D) -> Result<Option<T>, D::Error> {
    Ok(serde_json::from_value(Value::deserialize(stored)?).ok())
}

/// What to do.
#[derive(Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// This.
    Ok(Answer),
    /// Nothing: the request makes no sense.
    Err(Refusal),
}

/// What to do.
#[derive(Debug, Default, Serialize)]
pub struct Answer {
    /// Pages that look different now.
    pub draw: Vec<Draw>,
    /// Effects, in this order.
    pub run: Vec<Run>,
}

/// A page to draw.
#[derive(Debug, Serialize)]
pub struct Draw {
    /// Which.
    pub page: u32,
    /// Its data.
    pub data: Data,
}

/// All that a page's template is drawn from.
#[derive(Debug, Serialize)]
pub struct Data {
    /// The screen's view.
    pub view: Option<Box<RawValue>>,
    /// What surrounds it.
    pub chrome: screens::chrome::View,
    /// The classes of the page's root.
    pub look: String,
    /// It looks dark.
    pub dark: bool,
    /// What it stands on, up to the edges.
    pub ground: Ground,
    /// What she is asked before she leaves with changes that are not saved.
    pub unsaved: Option<String>,
}

/// What a page stands on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Ground {
    /// As most.
    #[default]
    Paper,
    /// The pass's green.
    Pass,
}

/// How to go somewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// A new page; back leads here.
    To,
    /// Instead of this page.
    Instead,
    /// To a tab.
    Tab,
    /// Instead of every page.
    Anew,
}

/// An effect. What has an `id` is answered with [`Request::Result`].
#[derive(Debug, Serialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum Run {
    /// Send a request. The result is a [`HttpReply`], or null if no whole answer came.
    Http {
        /// Names this effect.
        id: u32,
        /// How.
        method: &'static str,
        /// Path and query on the server.
        path: String,
        /// By name.
        headers: BTreeMap<&'static str, String>,
        /// JSON text.
        body: Option<String>,
        /// So many milliseconds an answer is waited for; then it counts as lost.
        patience: u32,
    },
    /// Come back after so many milliseconds. The result is null.
    Wait {
        /// Names this effect.
        id: u32,
        /// So many.
        milliseconds: u32,
    },
    /// Give these effects up: nobody waits for them any more.
    GiveUp {
        /// Which.
        ids: Vec<u32>,
    },
    /// Draw random bytes. The result is an array of so many numbers.
    Entropy {
        /// Names this effect.
        id: u32,
        /// So many.
        bytes: u32,
    },
    /// Go somewhere.
    Navigate {
        /// How.
        how: How,
        /// WeChat's address of the page.
        url: String,
    },
    /// Keep a text on this device, or forget it.
    Store {
        /// By this name; a field of [`Stored`].
        key: &'static str,
        /// Null to forget it.
        value: Option<Value>,
        /// Encrypted.
        secret: bool,
    },
    /// Find what was stored. The result is what [`Run::Store`] stored last, or null. Done after every store before it.
    Find {
        /// Names this effect.
        id: u32,
        /// By this name.
        key: &'static str,
        /// Encrypted.
        secret: bool,
    },
    /// Read a sentence out.
    Announce {
        /// On this page.
        page: u32,
        /// The sentence.
        text: String,
    },
    /// Put the focus on an element, or bring it into sight.
    Focus {
        /// On this page.
        page: u32,
        /// The element's id.
        target: &'static str,
    },
    /// Have a code read by the camera. The result is `{"read": "…"}`, `"closed"`, `"forbidden"` or `"unavailable"`.
    Scan {
        /// Names this effect.
        id: u32,
    },
    /// Ask where she is. The result is `{"near": {"lat": 31.2, "lng": 121.5}}`, `"forbidden"` or `"unavailable"`.
    Locate {
        /// Names this effect.
        id: u32,
    },
    /// Put a text on the clipboard. The result is whether it is there.
    Copy {
        /// Names this effect.
        id: u32,
        /// Which.
        text: String,
    },
    /// Ask WeChat for a code to sign in with. The result is the code, or null.
    Login {
        /// Names this effect.
        id: u32,
    },
    /// Ask for her consent to one message of each template, in this very tap. The result is her answer by template.
    Subscribe {
        /// Names this effect.
        id: u32,
        /// Which.
        templates: Vec<String>,
    },
    /// A page that was pulled down has all it asked for.
    Refreshed {
        /// Which.
        page: u32,
    },
    /// What a shared page says, and where it leads.
    Share {
        /// On the card.
        title: String,
        /// WeChat's address of the page.
        path: String,
    },
}

/// What the server answered.
#[derive(Debug, Deserialize)]
pub struct HttpReply {
    /// HTTP status.
    pub status: u16,
    /// The body's text.
    #[serde(default)]
    pub body: String,
    /// `ETag`.
    #[serde(default)]
    pub etag: Option<String>,
    /// `Programme-Time`.
    #[serde(default)]
    pub programme_time: Option<String>,
}

/// Why a request makes no sense. It changed nothing.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Refusal {
    /// Stable.
    pub code: RefusalCode,
    /// For a programmer.
    pub detail: String,
}

/// Why a request makes no sense.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RefusalCode {
    /// Not JSON, or not a request.
    MalformedRequest,
    /// Before `start`, or `start` again.
    NotNow,
    /// No such page is open.
    NoSuchPage,
    /// Nothing that can happen on that page.
    MalformedEvent,
    /// No such effect is waited for.
    NoSuchEffect,
    /// Not what can come of that effect.
    MalformedResult,
}

impl Refusal {
    pub(crate) fn new(code: RefusalCode, detail: impl Into<String>) -> Self {
        Self { code, detail: detail.into() }
    }

    pub(crate) fn malformed(error: &serde_json::Error) -> Self {
        Self::new(RefusalCode::MalformedRequest, error.to_string())
    }
}
