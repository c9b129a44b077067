//! The staff's record: who saw or changed what. Entries are added and never touched again.

use core::fmt;
use core::str::FromStr;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::MalformedCursor;
use crate::database::{Reader, Transaction};
use crate::error::Result;
use crate::value::cursor_number;

/// A line of the record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffAuditEntry {
    /// Its identifier.
    pub id: Uuid,
    /// When.
    pub at: DateTime<Utc>,
    /// The user's name; `None` for the server itself.
    pub user: Option<String>,
    /// What, kebab-case: `signed-in`, `ready`, …
    pub action: String,
    /// At which counter; `None` where that makes no sense.
    pub counter: Option<Uuid>,
    /// The reservation or variant it is about; `None` where there is none.
    pub about: Option<Uuid>,
    /// Figures, and what was typed; may be empty.
    pub detail: String,
    /// Somebody should look at it.
    pub alert: bool,
}

impl StaffAuditEntry {
    /// Where it stands; also where the next page begins.
    pub fn position(&self) -> StaffAuditCursor {
        StaffAuditCursor { at: self.at.timestamp_millis(), id: self.id }
    }
}

/// A place in the record, newest first. Its text is fit for a query string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StaffAuditCursor {
    at: i64,
    id: Uuid,
}

impl fmt::Display for StaffAuditCursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.at, self.id)
    }
}

impl FromStr for StaffAuditCursor {
    type Err = MalformedCursor;
    fn from_str(text: &str) -> core::result::Result<Self, MalformedCursor> {
        let (at, id) = text.split_once('.').ok_or(MalformedCursor)?;
        Ok(Self { at: cursor_number(at)?, id: Uuid::try_parse(id).map_err(|_| MalformedCursor)? })
    }
}

impl Reader {
    /// The record, newest first, from behind `after` on; alerts alone, if so asked.
    pub async fn staff_audit(
        &mut self,
        alerts: bool,
        after: Option<StaffAuditCursor>,
        limit: i64,
    ) -> Result<Vec<StaffAuditEntry>> {
        // Two texts rather than `alert OR NOT $1`: only so is the index of alerts used.
        let sql = if alerts {
            "SELECT entry_id, noted_at, user_name, action, counter_id, about, detail, alert FROM staff_audit \
             WHERE alert AND (noted_at < $1 OR (noted_at = $1 AND entry_id < $2)) \
             ORDER BY noted_at DESC, entry_id DESC LIMIT $3"
        } else {
            "SELECT entry_id, noted_at, user_name, action, counter_id, about, detail, alert FROM staff_audit \
             WHERE noted_at < $1 OR (noted_at = $1 AND entry_id < $2) \
             ORDER BY noted_at DESC, entry_id DESC LIMIT $3"
        };
        let (at, id) = after.map_or((i64::MAX, Uuid::nil()), |after| (after.at, after.id));
        let rows = self.fetch(sql, &[at.into(), id.into(), limit.into()]).await?;
        rows.iter()
            .map(|row| {
                Ok(StaffAuditEntry {
                    id: row.get(0)?,
                    at: row.get(1)?,
                    user: row.maybe(2)?,
                    action: row.get(3)?,
                    counter: row.maybe(4)?,
                    about: row.maybe(5)?,
                    detail: row.get(6)?,
                    alert: row.get(7)?,
                })
            })
            .collect()
    }
}

impl Transaction {
    /// Adds a line to the record.
    pub async fn note_staff(&mut self, entry: &StaffAuditEntry) -> Result<()> {
        let sql = "INSERT INTO staff_audit (entry_id, noted_at, user_name, action, counter_id, about, detail, alert) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
        let values = [
            entry.id.into(),
            entry.at.into(),
            (&entry.user).into(),
            (&entry.action).into(),
            entry.counter.into(),
            entry.about.into(),
            (&entry.detail).into(),
            entry.alert.into(),
        ];
        self.execute_one(sql, &values).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_survives_its_text() {
        let cursor = StaffAuditCursor { at: 1_763_000_000_000, id: Uuid::from_u128(7) };
        assert_eq!(cursor.to_string().parse(), Ok(cursor));
        for text in ["", "1", "1.", ".1", "-1.00000000-0000-0000-0000-000000000007", "x.y"] {
            assert_eq!(text.parse::<StaffAuditCursor>(), Err(MalformedCursor), "{text}");
        }
    }
}
