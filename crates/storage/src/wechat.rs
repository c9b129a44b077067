//! WeChat accounts and the numbers they are bound to. An account is known by a keyed hash; what WeChat itself calls it stands
//! only where a message has to be sent to it.
//!
//! Locks are taken in one order: the binding that waits, the one-time code, the account, sessions. So a sign-in through an
//! account and its binding to another number follow one another, and none of the former number's sessions is left over.

use chrono::{DateTime, Utc};

use crate::database::Transaction;
use crate::error::Result;

/// A person towards this brand's mini-program.
#[derive(Clone, PartialEq, Eq)]
pub struct WechatAccount {
    /// A keyed hash of `openid`: what everything that only recognises the account knows it by.
    pub account: String,
    /// What WeChat calls her; messages are sent to it.
    pub openid: String,
}

impl core::fmt::Debug for WechatAccount {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        // Not the openid: it must not reach a log.
        f.debug_struct("WechatAccount").field("account", &self.account).finish_non_exhaustive()
    }
}

impl Transaction {
    /// Writes down that this account waits for a number, under the hash of the token that finds it again.
    pub async fn open_wechat_binding(
        &mut self,
        token_hash: &str,
        new: &WechatAccount,
        expires_at: DateTime<Utc>,
    ) -> Result<()> {
        let sql = "INSERT INTO wechat_bindings (token_hash, account, openid, expires_at) VALUES ($1, $2, $3, $4)";
        self.execute_one(sql, &[token_hash.into(), (&new.account).into(), (&new.openid).into(), expires_at.into()])
            .await
    }

    /// The account that waits under this hash; nobody else can bind it until this transaction ends. It goes on waiting unless
    /// [`Transaction::bind_wechat`] follows.
    pub async fn wechat_binding(&mut self, token_hash: &str, now: DateTime<Utc>) -> Result<Option<WechatAccount>> {
        // Changes nothing, but is the lock, as in `lock_member`.
        let sql = "UPDATE wechat_bindings SET expires_at = expires_at WHERE token_hash = $1 AND expires_at > $2 \
                   RETURNING account, openid";
        let row = self.fetch_one(sql, &[token_hash.into(), now.into()]).await?;
        row.map(|row| Ok(WechatAccount { account: row.get(0)?, openid: row.get(1)? })).transpose()
    }

    /// Binds the account that waited under this hash to a number (E.164), instead of to the one it was bound to; sessions of
    /// another number that came through it are over. How many.
    pub async fn bind_wechat(
        &mut self,
        token_hash: &str,
        of: &WechatAccount,
        phone: &str,
        now: DateTime<Utc>,
    ) -> Result<u64> {
        self.execute_one("DELETE FROM wechat_bindings WHERE token_hash = $1", &[token_hash.into()]).await?;
        let sql = "INSERT INTO wechat_accounts (account, openid, phone, bound_at, used_at) VALUES ($1, $2, $3, $4, $4) \
                   ON CONFLICT (account) DO UPDATE SET openid = excluded.openid, phone = excluded.phone, \
                   bound_at = excluded.bound_at, used_at = excluded.used_at";
        self.execute_one(sql, &[(&of.account).into(), (&of.openid).into(), phone.into(), now.into()]).await?;
        let sql = "DELETE FROM sessions WHERE account = $1 AND phone <> $2";
        self.execute(sql, &[(&of.account).into(), phone.into()]).await
    }

    /// The number that an account is bound to (E.164), and stays bound to until this transaction ends; notes that it was used.
    pub async fn wechat_phone(&mut self, account: &str, now: DateTime<Utc>) -> Result<Option<String>> {
        let sql = "UPDATE wechat_accounts SET used_at = $2 WHERE account = $1 RETURNING phone";
        self.fetch_one(sql, &[account.into(), now.into()]).await?.map(|row| row.get(0)).transpose()
    }

    /// The account is bound to this number (E.164) no more; `false` if it was not.
    pub async fn unbind_wechat(&mut self, account: &str, phone: &str) -> Result<bool> {
        let sql = "DELETE FROM wechat_accounts WHERE account = $1 AND phone = $2";
        Ok(self.execute(sql, &[account.into(), phone.into()]).await? == 1)
    }

    /// Unbinds accounts that were last used at `idle_since` or before, neither to sign in nor through a session; how many. To be
    /// called before the purge of sessions: see the order of locks.
    pub async fn purge_wechat_accounts(&mut self, idle_since: DateTime<Utc>) -> Result<u64> {
        self.execute("DELETE FROM wechat_accounts WHERE used_at <= $1", &[idle_since.into()]).await
    }
}
