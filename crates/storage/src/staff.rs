//! Accounts of the staff. A user's name is the key; nothing here belongs to a member.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::database::{Reader, Transaction};
use crate::error::Result;

/// An account. No `Debug`: hash and secret must not reach a log.
#[derive(Clone, PartialEq, Eq)]
pub struct StaffAccount {
    /// What is typed to sign in.
    pub user: String,
    /// What members see of it in a history.
    pub name: String,
    /// `counter`, `desk` or `manager`.
    pub role: String,
    /// Where it works; always for the role `counter`, never for others.
    pub counter: Option<Uuid>,
    /// A PHC string: algorithm, parameters, salt and hash.
    pub password_hash: String,
    /// The authenticator's secret, base32.
    pub totp_secret: String,
}

impl Reader {
    /// By the user's name.
    pub async fn staff_account(&mut self, user: &str) -> Result<Option<StaffAccount>> {
        let sql =
            "SELECT user_name, name, role, counter_id, password_hash, totp_secret FROM staff WHERE user_name = $1";
        let Some(row) = self.fetch_one(sql, &[user.into()]).await? else { return Ok(None) };
        Ok(Some(StaffAccount {
            user: row.get(0)?,
            name: row.get(1)?,
            role: row.get(2)?,
            counter: row.maybe(3)?,
            password_hash: row.get(4)?,
            totp_secret: row.get(5)?,
        }))
    }
}

impl Transaction {
    /// Adds an account, or replaces it; whoever was signed in as it before is not any more. The steps of the authenticator
    /// that were used stay used.
    pub async fn put_staff(&mut self, account: &StaffAccount, now: DateTime<Utc>) -> Result<()> {
        let sql = "INSERT INTO staff (user_name, name, role, counter_id, password_hash, totp_secret, totp_step, created_at) \
                   VALUES ($1, $2, $3, $4, $5, $6, 0, $7) ON CONFLICT (user_name) DO UPDATE SET name = excluded.name, \
                   role = excluded.role, counter_id = excluded.counter_id, password_hash = excluded.password_hash, \
                   totp_secret = excluded.totp_secret";
        let values = [
            (&account.user).into(),
            (&account.name).into(),
            (&account.role).into(),
            account.counter.into(),
            (&account.password_hash).into(),
            (&account.totp_secret).into(),
            now.into(),
        ];
        self.execute_one(sql, &values).await?;
        self.execute("DELETE FROM staff_sessions WHERE user_name = $1", &[(&account.user).into()]).await?;
        Ok(())
    }

    /// Uses up a step of an account's authenticator, and with it every earlier one; `false` if it was used up before, however
    /// many try at once.
    pub async fn use_totp_step(&mut self, user: &str, step: i64) -> Result<bool> {
        let sql = "UPDATE staff SET totp_step = $2 WHERE user_name = $1 AND totp_step < $2";
        Ok(self.execute(sql, &[user.into(), step.into()]).await? == 1)
    }
}
