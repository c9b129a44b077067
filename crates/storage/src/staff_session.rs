//! Sessions of the staff, found by the hash of their token.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::database::{Reader, Transaction};
use crate::error::Result;

/// A session, with the account behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffSession {
    /// Of the token; the token itself is nowhere.
    pub token_hash: String,
    /// The user's name.
    pub user: String,
    /// What members see of it in a history.
    pub name: String,
    /// `counter`, `desk` or `manager`.
    pub role: String,
    /// Where it works; always for the role `counter`, never for others.
    pub counter: Option<Uuid>,
    /// When it was last used, as far as [`Transaction::touch_staff_session`] was told.
    pub used_at: DateTime<Utc>,
    /// From then on it is no session.
    pub expires_at: DateTime<Utc>,
}

impl Reader {
    /// The session of a token, if it has not ended.
    pub async fn staff_session(&mut self, token_hash: &str, now: DateTime<Utc>) -> Result<Option<StaffSession>> {
        let sql = "SELECT s.token_hash, a.user_name, a.name, a.role, a.counter_id, s.used_at, s.expires_at \
                   FROM staff_sessions s JOIN staff a ON a.user_name = s.user_name \
                   WHERE s.token_hash = $1 AND s.expires_at > $2";
        let Some(row) = self.fetch_one(sql, &[token_hash.into(), now.into()]).await? else { return Ok(None) };
        Ok(Some(StaffSession {
            token_hash: row.get(0)?,
            user: row.get(1)?,
            name: row.get(2)?,
            role: row.get(3)?,
            counter: row.maybe(4)?,
            used_at: row.get(5)?,
            expires_at: row.get(6)?,
        }))
    }
}

impl Transaction {
    /// Opens a session for an account.
    pub async fn open_staff_session(
        &mut self,
        token_hash: &str,
        user: &str,
        now: DateTime<Utc>,
        expires_at: DateTime<Utc>,
    ) -> Result<()> {
        let sql = "INSERT INTO staff_sessions (token_hash, user_name, created_at, used_at, expires_at) \
                   VALUES ($1, $2, $3, $3, $4)";
        self.execute_one(sql, &[token_hash.into(), user.into(), now.into(), expires_at.into()]).await
    }

    /// Notes that it was used, and moves its end; `false` if it has ended.
    pub async fn touch_staff_session(
        &mut self,
        token_hash: &str,
        now: DateTime<Utc>,
        expires_at: DateTime<Utc>,
    ) -> Result<bool> {
        let sql = "UPDATE staff_sessions SET used_at = $2, expires_at = $3 WHERE token_hash = $1 AND expires_at > $2";
        Ok(self.execute(sql, &[token_hash.into(), now.into(), expires_at.into()]).await? == 1)
    }

    /// Ends a session; `false` if there was none.
    pub async fn revoke_staff_session(&mut self, token_hash: &str) -> Result<bool> {
        Ok(self.execute("DELETE FROM staff_sessions WHERE token_hash = $1", &[token_hash.into()]).await? == 1)
    }

    /// Removes those that ended before `now`; how many.
    pub async fn purge_staff_sessions(&mut self, now: DateTime<Utc>) -> Result<u64> {
        self.execute("DELETE FROM staff_sessions WHERE expires_at <= $1", &[now.into()]).await
    }
}
