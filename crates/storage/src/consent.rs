//! Consents: a ledger of answers, of which the latest for each consent holds.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::database::{Reader, Transaction};
use crate::error::{Error, Result};

/// One answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsentAnswer {
    /// `terms`, `marketing-sms`.
    pub consent: String,
    /// Of the text she saw.
    pub version: String,
    /// What she said.
    pub granted: bool,
}

/// One answer with when and where it was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsentRecord {
    /// What she answered.
    pub answer: ConsentAnswer,
    /// When.
    pub at: DateTime<Utc>,
    /// Where: `enrolment`, `import`, `preferences`.
    pub source: String,
}

pub(crate) const INSERT: &str =
    "INSERT INTO consents (member_id, sequence, consent, version, granted, answered_at, source) VALUES";
pub(crate) const COLUMNS: usize = 7;

impl Reader {
    /// Every answer she ever gave, oldest first.
    pub async fn consents(&mut self, member: Uuid) -> Result<Vec<ConsentRecord>> {
        let sql = "SELECT consent, version, granted, answered_at, source FROM consents WHERE member_id = $1 ORDER BY sequence";
        let rows = self.fetch(sql, &[member.into()]).await?;
        rows.iter()
            .map(|row| {
                let answer = ConsentAnswer { consent: row.get(0)?, version: row.get(1)?, granted: row.get(2)? };
                Ok(ConsentRecord { answer, at: row.get(3)?, source: row.get(4)? })
            })
            .collect()
    }
}

impl Transaction {
    /// Adds answers to the ledger.
    pub async fn record_consents(
        &mut self,
        member: Uuid,
        answers: &[ConsentAnswer],
        source: &str,
        at: DateTime<Utc>,
    ) -> Result<()> {
        for answer in answers {
            let sequence = self.next_sequence(member).await?;
            let sequence = sequence.ok_or_else(|| Error::Defect("consents of nobody".to_owned()))?;
            let values = [
                member.into(),
                sequence.into(),
                (&answer.consent).into(),
                (&answer.version).into(),
                answer.granted.into(),
                at.into(),
                source.into(),
            ];
            self.insert_many(INSERT, COLUMNS, &values).await?;
        }
        Ok(())
    }
}
