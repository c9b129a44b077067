//! One effect per intent. The claim, the effect and the saved answer are one transaction, so that a claim never outlives a
//! server that was killed: with the transaction it is gone, and the next request starts afresh.

use chrono::{DateTime, Utc};

use crate::database::Transaction;
use crate::error::{Error, Result};

/// What a request says about itself.
#[derive(Clone, Copy, Debug)]
pub struct Claim<'a> {
    /// Who: a member, or a session before there is one.
    pub subject: &'a str,
    /// `Idempotency-Key`.
    pub key: &'a str,
    /// Of method, path and body.
    pub body_hash: &'a str,
    /// Now.
    pub now: DateTime<Utc>,
    /// How long the answer is kept; 24 hours at least.
    pub keep_until: DateTime<Utc>,
}

/// What to do with a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Claimed {
    /// It is the first: do it, then [`Transaction::save_answer`].
    New,
    /// It was done: this was the answer.
    Replay {
        /// The HTTP status.
        status: i64,
        /// The body.
        body: String,
    },
    /// The key was used with another body.
    Reused,
    /// The first is still running. Nothing more can be done in this transaction.
    InProgress,
}

impl Transaction {
    /// Claims a key. On both engines a second request waits here until the first has ended, and then replays its answer;
    /// `InProgress` is only for who has waited too long.
    pub async fn claim(&mut self, claim: &Claim<'_>) -> Result<Claimed> {
        let sql = "INSERT INTO idempotency (subject, intent, body_hash, keep_until) VALUES ($1, $2, $3, $5) \
                   ON CONFLICT (subject, intent) DO UPDATE SET body_hash = excluded.body_hash, \
                   keep_until = excluded.keep_until, status = NULL, answer = NULL WHERE idempotency.keep_until <= $4 \
                   RETURNING subject";
        let Claim { subject, key, body_hash, now, keep_until } = *claim;
        let values = [subject.into(), key.into(), body_hash.into(), now.into(), keep_until.into()];
        match self.fetch_one(sql, &values).await {
            Ok(Some(_)) => return Ok(Claimed::New),
            Ok(None) => {}
            Err(Error::Busy) => return Ok(Claimed::InProgress),
            Err(error) => return Err(error),
        }
        let sql = "SELECT body_hash, status, answer FROM idempotency WHERE subject = $1 AND intent = $2";
        let Some(row) = self.fetch_one(sql, &[subject.into(), key.into()]).await? else {
            // Purged between the two statements.
            return Ok(Claimed::InProgress);
        };
        if row.get::<String>(0)? != body_hash {
            return Ok(Claimed::Reused);
        }
        Ok(match row.maybe(1)?.zip(row.maybe(2)?) {
            Some((status, body)) => Claimed::Replay { status, body },
            None => Claimed::InProgress,
        })
    }

    /// Saves the answer of a claimed key, to be replayed from now on.
    pub async fn save_answer(&mut self, subject: &str, key: &str, status: u16, body: &str) -> Result<()> {
        let sql = "UPDATE idempotency SET status = $3, answer = $4 WHERE subject = $1 AND intent = $2";
        let values = [subject.into(), key.into(), i64::from(status).into(), body.into()];
        self.execute_one(sql, &values).await
    }
}
