//! Wrong tries, counted in the database: whoever guesses is stopped, over however many servers and addresses.

use chrono::{DateTime, TimeDelta, Utc};
use contract::Code;
use storage::Transaction;

use crate::problem::{Failure, Outcome};

/// How many wrong tries there may be in a window of time.
#[derive(Clone, Copy, Debug)]
pub struct Allowance {
    /// So many …
    pub tries: u32,
    /// … in each of these, counted from 1970.
    pub window: TimeDelta,
}

/// The wrong tries of somebody in the present window.
pub struct Tries {
    scope: String,
    period: String,
    allowed: u32,
    ends: DateTime<Utc>,
}

impl Tries {
    /// Those that count for `scope`: `wrong codes of chen`.
    pub fn of(scope: String, allowance: Allowance, now: DateTime<Utc>) -> Self {
        let window = allowance.window.num_milliseconds().max(1);
        let number = now.timestamp_millis().div_euclid(window);
        let ends = DateTime::from_timestamp_millis((number + 1) * window).unwrap_or(now);
        Self { scope, period: number.to_string(), allowed: allowance.tries, ends }
    }

    /// Counts a try before it is known whether it is wrong: so no more than are allowed are ever looked at, however many come
    /// at once. One that turns out right is given back, or its transaction is dropped. Answers whether it was the last one.
    pub async fn count(&self, tx: &mut Transaction, locked: Code, now: DateTime<Utc>) -> Outcome<bool> {
        match tx.take_quota(&self.scope, &self.period, self.allowed, self.ends).await? {
            Some(used) => Ok(used >= i64::from(self.allowed)),
            None => Err(Failure::from(locked).retry_after((self.ends - now).num_seconds() + 1)),
        }
    }

    /// It was right, so it does not count.
    pub async fn give_back(&self, tx: &mut Transaction) -> Outcome<()> {
        Ok(tx.give_back_quota(&self.scope, &self.period).await?)
    }
}
