//! Preferences: which channels, about what, and when not. Replaced as a whole, guarded by a version.

use uuid::Uuid;

use crate::Versioned;
use crate::database::{Reader, Transaction};
use crate::error::Result;
use crate::value::Value;

/// Which channels, about what, and when not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preferences {
    /// `zh-CN` or `en`.
    pub language: String,
    /// Text messages may be used.
    pub sms: bool,
    /// Mail may be used.
    pub email: bool,
    /// WeChat may be used.
    pub wechat: bool,
    /// New gifts and benefits.
    pub gifts: bool,
    /// Campaigns and advertising.
    pub campaigns: bool,
    /// Surveys.
    pub surveys: bool,
    /// From and to, `HH:MM`.
    pub quiet_hours: Option<(String, String)>,
}

pub(crate) const INSERT: &str = "INSERT INTO preferences (member_id, language, sms, email, wechat, gifts, campaigns, \
     surveys, quiet_from, quiet_to, version) VALUES";
pub(crate) const COLUMNS: usize = 11;

impl Preferences {
    /// The first version of a member's row.
    pub(crate) fn values(&self, member: Uuid) -> [Value<'_>; COLUMNS] {
        let (from, to) = self.quiet();
        [
            member.into(),
            (&self.language).into(),
            self.sms.into(),
            self.email.into(),
            self.wechat.into(),
            self.gifts.into(),
            self.campaigns.into(),
            self.surveys.into(),
            from.into(),
            to.into(),
            1.into(),
        ]
    }

    fn quiet(&self) -> (Option<&str>, Option<&str>) {
        self.quiet_hours.as_ref().map(|(from, to)| (from.as_str(), to.as_str())).unzip()
    }
}

impl Reader {
    /// What she set, with its version.
    pub async fn preferences(&mut self, member: Uuid) -> Result<Option<Versioned<Preferences>>> {
        let sql = "SELECT language, sms, email, wechat, gifts, campaigns, surveys, quiet_from, quiet_to, version \
                   FROM preferences WHERE member_id = $1";
        let Some(row) = self.fetch_one(sql, &[member.into()]).await? else { return Ok(None) };
        let preferences = Preferences {
            language: row.get(0)?,
            sms: row.get(1)?,
            email: row.get(2)?,
            wechat: row.get(3)?,
            gifts: row.get(4)?,
            campaigns: row.get(5)?,
            surveys: row.get(6)?,
            quiet_hours: row.maybe(7)?.zip(row.maybe(8)?),
        };
        Ok(Some(Versioned { version: row.get(9)?, value: preferences }))
    }
}

impl Transaction {
    /// Replaces them if `version` is still the newest; the new version, or `None` if it is not (or there is no such member).
    pub async fn replace_preferences(&mut self, member: Uuid, new: &Preferences, version: i64) -> Result<Option<i64>> {
        let sql = "UPDATE preferences SET language = $3, sms = $4, email = $5, wechat = $6, gifts = $7, campaigns = $8, \
                   surveys = $9, quiet_from = $10, quiet_to = $11, version = version + 1 \
                   WHERE member_id = $1 AND version = $2 RETURNING version";
        let (from, to) = new.quiet();
        let values = [
            member.into(),
            version.into(),
            (&new.language).into(),
            new.sms.into(),
            new.email.into(),
            new.wechat.into(),
            new.gifts.into(),
            new.campaigns.into(),
            new.surveys.into(),
            from.into(),
            to.into(),
        ];
        self.fetch_one(sql, &values).await?.map(|row| row.get(0)).transpose()
    }
}
