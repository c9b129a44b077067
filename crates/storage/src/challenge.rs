//! One-time codes: challenges to be answered once, in time, with few tries.

use chrono::{DateTime, Utc};

use crate::database::{Reader, Transaction};
use crate::error::Result;

/// A code that is on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewChallenge {
    /// Names it on the wire.
    pub id: String,
    /// E.164.
    pub phone: String,
    /// Of the code, keyed by the challenge: the code itself is nowhere.
    pub code_hash: String,
    /// From then on it is void.
    pub expires_at: DateTime<Utc>,
    /// How many codes may be tried in all.
    pub tries: u32,
}

/// What became of a try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Attempt {
    /// Right, for this number (E.164), and used up by that.
    Right(String),
    /// Wrong; so many tries are left.
    Wrong(i64),
    /// Too old, used, tried too often, or never sent.
    Void,
}

impl Reader {
    /// When the newest code that is still remembered was sent to this number (E.164).
    pub async fn last_challenge_at(&mut self, phone: &str) -> Result<Option<DateTime<Utc>>> {
        let row = self.fetch_one("SELECT MAX(created_at) FROM challenges WHERE phone = $1", &[phone.into()]).await?;
        row.map_or(Ok(None), |row| row.maybe(0))
    }
}

impl Transaction {
    /// Writes a challenge down.
    pub async fn open_challenge(&mut self, new: &NewChallenge, now: DateTime<Utc>) -> Result<()> {
        let sql = "INSERT INTO challenges (challenge_id, phone, code_hash, created_at, expires_at, tries_left) \
                   VALUES ($1, $2, $3, $4, $5, $6)";
        let values = [
            (&new.id).into(),
            (&new.phone).into(),
            (&new.code_hash).into(),
            now.into(),
            new.expires_at.into(),
            i64::from(new.tries).into(),
        ];
        self.execute_one(sql, &values).await
    }

    /// Tries a code. To be committed whatever comes of it: a wrong try counts.
    pub async fn try_code(&mut self, challenge_id: &str, code_hash: &str, now: DateTime<Utc>) -> Result<Attempt> {
        // Counting down comes first and decides: however many tries come at once, no more than `tries` are ever compared.
        let sql = "UPDATE challenges SET tries_left = tries_left - 1 \
                   WHERE challenge_id = $1 AND tries_left > 0 AND used_at IS NULL AND expires_at > $2 \
                   RETURNING tries_left, code_hash, phone";
        let Some(row) = self.fetch_one(sql, &[challenge_id.into(), now.into()]).await? else {
            return Ok(Attempt::Void);
        };
        if row.get::<String>(1)? != code_hash {
            return Ok(Attempt::Wrong(row.get(0)?));
        }
        let sql = "UPDATE challenges SET used_at = $2 WHERE challenge_id = $1";
        self.execute_one(sql, &[challenge_id.into(), now.into()]).await?;
        Ok(Attempt::Right(row.get(2)?))
    }
}
