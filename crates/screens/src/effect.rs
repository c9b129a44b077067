//! What a screen asks of its shell.

use catalogue::Locale;
use contract::counter::Position;
pub use contract::wechat::Purpose;
use contract::{Endpoint, Method, Problem, json};
use serde::de::DeserializeOwned;

use crate::env::Theme;
use crate::failure::Failure;

/// What a screen asks of its shell. `E` is what the screen hears in return.
pub enum Effect<E> {
    /// Send a request; the reply becomes an event. Given up when the screen closes.
    Http(Request, Box<dyn FnOnce(Reply) -> E>),
    /// Come back after so many milliseconds. Given up when the screen closes.
    Wait(u32, E),
    /// Draw a fresh random UUID: the name of one intent over all its retries.
    MakeKey(fn(String) -> E),
    /// Go somewhere.
    Navigate(Navigation),
    /// Remember a setting on this device, and apply it.
    Store(Setting),
    /// Read it out, through a live region.
    Announce(String),
    /// Put the focus on the element with this id.
    Focus(&'static str),
    /// Open the camera and read one code, whatever its kind. Closed when the screen closes. The portal has no camera, and answers
    /// [`Scanned::Unavailable`].
    Scan(fn(Scanned) -> E),
    /// Let it be heard and felt how something went, for somebody whose eyes are on what is in the hands. The staff's alone.
    Signal(Signal),
    /// Put this text where she can paste it; whether it is there. A browser, or WeChat, may refuse.
    Copy(String, fn(bool) -> E),
    /// Ask her, in this very tap, whether she may be told outside the front end what becomes of it. WeChat wants that asked anew each time; its answers
    /// go to the server's ledger. A browser has no such question, and nothing follows.
    AskConsent(Purpose),
    /// Ask the browser where she is; she is asked by the browser first, so only after a tap that says why.
    Locate(fn(Located) -> E),
    /// Find what [`Effect::KeepPass`] keeps on this device; `None` if nothing.
    ReadPass(fn(Option<String>) -> E),
    /// With her consent: keep this text on this device, in place of the one before, and see to it that the portal opens
    /// without a network. `None` wipes it all, and is what follows when the pass has ended or somebody signs in or out. Reads
    /// and writes happen in the order they are asked for.
    KeepPass(Option<String>),
    /// Remember this text for as long as this tab lives, through a reload, in place of the one before; `None` forgets it, and so
    /// does signing in or out. What she wanted, by its name, so that a reload in the middle does not make it two.
    Remember(Option<String>),
    /// Find what [`Effect::Remember`] remembers; `None` if nothing.
    Recall(fn(Option<String>) -> E),
}

/// Where to: the address of a page of the same front end. Addresses and not routes, because each front end has pages of its
/// own, and everything else here is the same for all of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Navigation {
    /// A new page; back leads here.
    To(String),
    /// Instead of this page.
    Instead(String),
    /// Instead of this page, after signing in or out: whatever the shell still holds of the former session is dropped.
    AfterSessionChange(String),
}

/// What is remembered on the device. No personal data, ever.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    /// Her language.
    Locale(Locale),
    /// Light, dark, or as the device.
    Theme(Theme),
    /// For older members.
    LargeText(bool),
}

/// What came of opening the camera.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scanned {
    /// What the code says: the digits of a barcode, the text of a QR code.
    Read(String),
    /// The camera was closed before it had read anything.
    Closed,
    /// The browser may not use the camera.
    Forbidden,
    /// There is no camera, or nothing that reads what it sees.
    Unavailable,
}

/// So long an answer to a request is waited for, in milliseconds; then it counts as lost.
pub const PATIENCE: u32 = 15_000;

/// How something went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signal {
    /// Done.
    Good,
    /// Refused: stop and look.
    Bad,
}

/// What came of asking where she is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Located {
    /// There, to about a kilometre; closer is nobody's business.
    Near(Position),
    /// She does not want to say.
    Forbidden,
    /// The device does not know.
    Unavailable,
}

/// A request, its answer's type left behind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// How.
    pub method: Method,
    /// Path and query, from [`contract::endpoint::BASE`] on.
    pub path: String,
    /// JSON text.
    pub body: Option<String>,
    /// `Idempotency-Key`.
    pub idempotency_key: Option<String>,
    /// `If-Match`.
    pub if_match: Option<String>,
}

impl Request {
    /// Whether a good answer means that a member is signed in: a later refusal is then a session that has ended.
    pub fn is_private(&self) -> bool {
        let hers = ["/me/", "/gifts", "/reservations"].iter().any(|start| self.path.starts_with(start));
        hers || (self.method == Method::Get && self.path == "/session")
    }
}

/// What came of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// The server answered.
    Answered {
        /// HTTP status.
        status: u16,
        /// The body's text.
        body: String,
        /// `ETag`.
        etag: Option<String>,
    },
    /// It did not: no network, a timeout, a broken connection. Nobody knows whether it arrived.
    Lost,
}

/// A good answer with the version it has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fresh<T> {
    /// What came.
    pub value: T,
    /// Its `ETag`, for a later `If-Match`; empty if there was none.
    pub version: String,
}

/// Steps a degree: a hundredth of one is about a kilometre.
const GRID: f64 = 100.0;

impl Located {
    /// At this latitude and longitude in degrees, made coarse before anybody sees it.
    pub fn near(lat: f64, lng: f64) -> Self {
        let coarse = |degrees: f64| (degrees * GRID).round() / GRID;
        Located::Near(Position { lat: coarse(lat), lng: coarse(lng) })
    }
}

/// A UUIDv4 of 16 random bytes: what [`Effect::MakeKey`] makes.
pub fn key_of(mut bytes: [u8; 16]) -> String {
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let mut text = String::with_capacity(36);
    for (index, byte) in bytes.into_iter().enumerate() {
        if matches!(index, 4 | 6 | 8 | 10) {
            text.push('-');
        }
        for nibble in [byte >> 4, byte & 15] {
            text.push(char::from(if nibble < 10 { b'0' + nibble } else { b'a' - 10 + nibble }));
        }
    }
    text
}

impl<E> Effect<E> {
    /// Sends `endpoint`, and turns its answer into an event.
    pub fn http<T>(endpoint: Endpoint<T>, arrived: impl FnOnce(Result<Fresh<T>, Failure>) -> E + 'static) -> Self
    where
        T: DeserializeOwned + 'static,
    {
        let Endpoint { method, path, body, idempotency_key, if_match, .. } = endpoint;
        Effect::Http(
            Request { method, path, body, idempotency_key, if_match },
            Box::new(move |reply| arrived(read(reply))),
        )
    }
}

fn read<T: DeserializeOwned>(reply: Reply) -> Result<Fresh<T>, Failure> {
    match reply {
        Reply::Lost => Err(Failure::Unreachable),
        Reply::Answered { status, body, etag } if (200..300).contains(&status) => {
            // An answer without a body (204) is JSON's `null`, which `()` reads.
            let text = if body.is_empty() { "null" } else { &body };
            let value = json::decode(text).map_err(|_| Failure::Garbled)?;
            Ok(Fresh { value, version: etag.unwrap_or_default() })
        }
        Reply::Answered { status, body, .. } => {
            let problem = json::decode::<Problem>(&body).ok();
            Err(Failure::of(status, problem.map(|problem| Problem { body, ..problem })))
        }
    }
}
