//! What the tab remembers of a hold whose outcome is not known: its name, and of what. Not whose: nothing personal is kept in a
//! browser. If it was somebody else's, the server says that the name was used for something else, and another is drawn.

use contract::staff::PhoneHold;
use contract::{Id, Instant, json};
use serde::{Deserialize, Serialize};

use crate::env::Env;
use crate::wish::Named;

/// Seconds after which the same hold is another wish: whoever lost the page types the number again sooner.
const FRESH: i64 = 600;

/// A hold whose outcome was not known when the page went.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Memory {
    variant: Id,
    counter: Id,
    key: String,
    since: Instant,
}

impl Memory {
    /// As text; `None` without the server's clock, by which it would grow old.
    pub fn write(named: &Named<PhoneHold>, env: &Env) -> Option<String> {
        let PhoneHold { variant_id, counter_id, .. } = named.what.clone();
        let since = env.clock?.now;
        json::encode(&Self { variant: variant_id, counter: counter_id, key: named.key.clone(), since }).ok()
    }

    /// What was written.
    pub fn read(text: &str) -> Option<Self> {
        json::decode(text).ok()
    }

    /// The name to hold `what` under, if it may be the same hold.
    pub fn key_of(&self, what: &PhoneHold, env: &Env) -> Option<String> {
        let age = env.clock?.now.unix_seconds() - self.since.unix_seconds();
        let same = self.variant == what.variant_id && self.counter == what.counter_id;
        (same && (0..=FRESH).contains(&age)).then(|| self.key.clone())
    }
}
