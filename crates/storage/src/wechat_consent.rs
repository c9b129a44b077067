//! The ledger of consents to WeChat's subscribe messages: answers are added and never changed, and so is what became of them.
//! WeChat tells nobody how many messages are left, so this is the only place that knows.

use core::fmt;
use core::str::FromStr;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::MalformedCursor;
use crate::database::{Reader, Transaction};
use crate::error::{Error, Result};
use crate::value::cursor_number;

/// An answer to be written down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewWechatConsent {
    /// Its identifier.
    pub id: Uuid,
    /// About which template.
    pub template: String,
    /// `accept`, `reject`, `ban` or `filter`.
    pub answer: &'static str,
}

/// A line of the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WechatConsent {
    /// Its identifier.
    pub id: Uuid,
    /// Where it stands; also where the next page begins.
    pub position: WechatConsentCursor,
    /// What for: `reservation`.
    pub purpose: String,
    /// About which template.
    pub template: String,
    /// `accept`, `reject`, `ban` or `filter`.
    pub answer: String,
    /// When.
    pub at: DateTime<Utc>,
    /// When a message was sent with it.
    pub used_at: Option<DateTime<Utc>>,
}

/// A place in the ledger, newest first. Its text is fit for a query string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WechatConsentCursor(i64);

impl fmt::Display for WechatConsentCursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for WechatConsentCursor {
    type Err = MalformedCursor;
    fn from_str(text: &str) -> core::result::Result<Self, MalformedCursor> {
        cursor_number(text).map(Self)
    }
}

impl Reader {
    /// Her answers, whichever account gave them, newest first, from behind `after` on.
    pub async fn wechat_consents(
        &mut self,
        member: Uuid,
        after: Option<WechatConsentCursor>,
        limit: i64,
    ) -> Result<Vec<WechatConsent>> {
        let sql = "SELECT c.consent_id, c.sequence, c.purpose, c.template_id, c.answer, c.answered_at, u.used_at \
                   FROM wechat_consents c LEFT JOIN wechat_consent_uses u \
                   ON u.member_id = c.member_id AND u.sequence = c.sequence \
                   WHERE c.member_id = $1 AND c.sequence < $2 ORDER BY c.sequence DESC LIMIT $3";
        let after = after.map_or(i64::MAX, |after| after.0);
        let rows = self.fetch(sql, &[member.into(), after.into(), limit.into()]).await?;
        rows.iter()
            .map(|row| {
                Ok(WechatConsent {
                    id: row.get(0)?,
                    position: WechatConsentCursor(row.get(1)?),
                    purpose: row.get(2)?,
                    template: row.get(3)?,
                    answer: row.get(4)?,
                    at: row.get(5)?,
                    used_at: row.maybe(6)?,
                })
            })
            .collect()
    }

    /// How many messages of this template the account has accepted that were not sent yet.
    pub async fn unused_wechat_consents(
        &mut self,
        member: Uuid,
        account: &str,
        purpose: &str,
        template: &str,
    ) -> Result<i64> {
        let sql = "SELECT COUNT(*) FROM wechat_consents c LEFT JOIN wechat_consent_uses u \
                   ON u.member_id = c.member_id AND u.sequence = c.sequence \
                   WHERE c.member_id = $1 AND c.account = $2 AND c.purpose = $3 AND c.template_id = $4 \
                   AND c.answer = 'accept' AND u.sequence IS NULL";
        let row = self.fetch_one(sql, &[member.into(), account.into(), purpose.into(), template.into()]).await?;
        row.map_or(Ok(0), |row| row.get(0))
    }
}

impl Transaction {
    /// Adds answers of an account to the ledger, in their order.
    pub async fn record_wechat_consents(
        &mut self,
        member: Uuid,
        account: &str,
        purpose: &str,
        answers: &[NewWechatConsent],
        at: DateTime<Utc>,
    ) -> Result<()> {
        let sql = "INSERT INTO wechat_consents (member_id, sequence, consent_id, account, purpose, template_id, answer, \
                   answered_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
        for answer in answers {
            let sequence = self.next_sequence(member).await?;
            let sequence = sequence.ok_or_else(|| Error::Defect("consents of nobody".to_owned()))?;
            let values = [
                member.into(),
                sequence.into(),
                answer.id.into(),
                account.into(),
                purpose.into(),
                (&answer.template).into(),
                answer.answer.into(),
                at.into(),
            ];
            self.execute_one(sql, &values).await?;
        }
        Ok(())
    }

    /// Uses a consent for a message, the oldest that an account bound to her number has accepted; the openid to send it to, or
    /// `None` if there is none. A message that has one already keeps it, however often it is tried. Her row has to be locked.
    pub async fn use_wechat_consent(
        &mut self,
        member: Uuid,
        message: Uuid,
        purpose: &str,
        template: &str,
        now: DateTime<Utc>,
    ) -> Result<Option<String>> {
        let sql = "SELECT a.openid, c.sequence, u.used_at FROM wechat_consents c \
                   JOIN members m ON m.member_id = c.member_id \
                   JOIN wechat_accounts a ON a.account = c.account AND a.phone = m.phone \
                   LEFT JOIN wechat_consent_uses u ON u.member_id = c.member_id AND u.sequence = c.sequence \
                   WHERE c.member_id = $1 AND c.purpose = $3 AND c.template_id = $4 AND c.answer = 'accept' \
                   AND (u.message_id = $2 OR (u.message_id IS NULL AND NOT EXISTS (SELECT 1 FROM wechat_consent_uses o \
                   WHERE o.member_id = c.member_id AND o.message_id = $2))) ORDER BY c.sequence LIMIT 1";
        let found = self.fetch_one(sql, &[member.into(), message.into(), purpose.into(), template.into()]).await?;
        let Some(row) = found else { return Ok(None) };
        if row.maybe::<DateTime<Utc>>(2)?.is_none() {
            let sql =
                "INSERT INTO wechat_consent_uses (member_id, sequence, message_id, used_at) VALUES ($1, $2, $3, $4)";
            let sequence: i64 = row.get(1)?;
            self.execute_one(sql, &[member.into(), sequence.into(), message.into(), now.into()]).await?;
        }
        row.get(0).map(Some)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_survives_its_text() {
        assert_eq!(WechatConsentCursor(7).to_string().parse(), Ok(WechatConsentCursor(7)));
        for text in ["", "-1", "x", "7.0"] {
            assert_eq!(text.parse::<WechatConsentCursor>(), Err(MalformedCursor), "{text}");
        }
    }
}
