//! Sessions, found by the hash of their token. A session belongs to a phone number; once somebody with that number is a
//! member, to her.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::database::{Reader, Transaction};
use crate::error::Result;
use crate::value::Row;

/// A session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Of the token; the token itself is nowhere.
    pub token_hash: String,
    /// E.164.
    pub phone: String,
    /// `None` until she enrols.
    pub member: Option<Uuid>,
    /// The keyed hash of the WeChat account it came through, if that is still bound to the session's number.
    pub account: Option<String>,
    /// When it was opened.
    pub created_at: DateTime<Utc>,
    /// When it was last used, as far as [`Transaction::touch_session`] was told.
    pub used_at: DateTime<Utc>,
    /// From then on it is no session.
    pub expires_at: DateTime<Utc>,
}

fn session(row: &Row) -> Result<Session> {
    Ok(Session {
        token_hash: row.get(0)?,
        phone: row.get(1)?,
        member: row.maybe(2)?,
        account: row.maybe(3)?,
        created_at: row.get(4)?,
        used_at: row.get(5)?,
        expires_at: row.get(6)?,
    })
}

impl Reader {
    /// The session of a token, if it has not ended.
    pub async fn session(&mut self, token_hash: &str, now: DateTime<Utc>) -> Result<Option<Session>> {
        let sql = "SELECT s.token_hash, s.phone, s.member_id, a.account, s.created_at, s.used_at, s.expires_at \
                   FROM sessions s LEFT JOIN wechat_accounts a ON a.account = s.account AND a.phone = s.phone \
                   WHERE s.token_hash = $1 AND s.expires_at > $2";
        self.fetch_one(sql, &[token_hash.into(), now.into()]).await?.as_ref().map(session).transpose()
    }
}

impl Transaction {
    /// Opens a session for a phone number, and for its member if there is one; answers with her. `account` is the WeChat
    /// account it comes through, if it comes through one.
    pub async fn open_session(
        &mut self,
        token_hash: &str,
        phone: &str,
        account: Option<&str>,
        now: DateTime<Utc>,
        expires_at: DateTime<Utc>,
    ) -> Result<Option<Uuid>> {
        let sql = "INSERT INTO sessions (token_hash, phone, member_id, created_at, used_at, expires_at, account) \
                   VALUES ($1, $2, (SELECT member_id FROM phones WHERE phone = $2), $3, $3, $4, $5) RETURNING member_id";
        let values = [token_hash.into(), phone.into(), now.into(), expires_at.into(), account.into()];
        let row = self.fetch_one(sql, &values).await?;
        row.map_or(Ok(None), |row| row.maybe(0))
    }

    /// Notes that it was used, as was the WeChat account it came through, and moves its end; `false` if it has ended.
    pub async fn touch_session(
        &mut self,
        token_hash: &str,
        now: DateTime<Utc>,
        expires_at: DateTime<Utc>,
    ) -> Result<bool> {
        let sql = "UPDATE wechat_accounts SET used_at = $2 \
                   WHERE account = (SELECT account FROM sessions WHERE token_hash = $1 AND expires_at > $2) \
                   AND phone = (SELECT phone FROM sessions WHERE token_hash = $1)";
        self.execute(sql, &[token_hash.into(), now.into()]).await?;
        let sql = "UPDATE sessions SET used_at = $2, expires_at = $3 WHERE token_hash = $1 AND expires_at > $2";
        Ok(self.execute(sql, &[token_hash.into(), now.into(), expires_at.into()]).await? == 1)
    }

    /// For enrolment: the session she enrols with becomes hers, and is the only one of its number from here on; of the WeChat accounts
    /// that are bound to the number, only the one that this session came through stays. `false` if the session has ended.
    ///
    /// Others may have proved the number before her: carriers give numbers anew. What they left open must not become hers.
    pub async fn claim_number(
        &mut self,
        phone: &str,
        token_hash: &str,
        member: Uuid,
        now: DateTime<Utc>,
    ) -> Result<bool> {
        // Accounts before sessions, all of them: see `wechat`. Changes nothing, but is the lock.
        self.execute("UPDATE wechat_accounts SET phone = phone WHERE phone = $1", &[phone.into()]).await?;
        let sql = "DELETE FROM wechat_accounts WHERE phone = $1 AND NOT EXISTS (SELECT 1 FROM sessions s \
                   WHERE s.token_hash = $2 AND s.phone = $1 AND s.account = wechat_accounts.account)";
        self.execute(sql, &[phone.into(), token_hash.into()]).await?;
        let sql = "DELETE FROM sessions WHERE phone = $1 AND token_hash <> $2";
        self.execute(sql, &[phone.into(), token_hash.into()]).await?;
        let sql = "UPDATE sessions SET member_id = $3 WHERE token_hash = $2 AND phone = $1 AND expires_at > $4";
        Ok(self.execute(sql, &[phone.into(), token_hash.into(), member.into(), now.into()]).await? == 1)
    }

    /// Ends a session; `false` if there was none.
    pub async fn revoke_session(&mut self, token_hash: &str) -> Result<bool> {
        Ok(self.execute("DELETE FROM sessions WHERE token_hash = $1", &[token_hash.into()]).await? == 1)
    }

    /// Ends every session of a number; how many there were.
    pub async fn revoke_sessions_of(&mut self, phone: &str) -> Result<u64> {
        self.execute("DELETE FROM sessions WHERE phone = $1", &[phone.into()]).await
    }
}
