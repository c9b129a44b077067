//! Bringing whole customers in, with few statements.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, NaiveDate, Utc};
use loyalty::ledger::EntryKind;
use uuid::Uuid;

use crate::database::{Reader, Transaction};
use crate::error::Result;
use crate::ledger::{ENTRY_COLUMNS, INSERT_ENTRIES, NewEntry};
use crate::lot::{INSERT_LOTS, LOT_COLUMNS, lot_values};
use crate::member::{INSERT_MEMBERS, MEMBER_COLUMNS, NewMember, member_values};
use crate::purchase::{INSERT_PURCHASES, NewPurchase, PURCHASE_COLUMNS, purchase_values};
use crate::value::Value;
use crate::{consent, preferences};

/// A customer with her history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportedMember {
    /// Who she is; with a `source_ref`, so that a second run finds her.
    pub member: NewMember,
    /// What she bought, by day and then in the order in which it counts.
    pub purchases: Vec<NewPurchase>,
}

#[derive(Default)]
struct Batch<'v> {
    phones: Vec<Value<'v>>,
    cards: Vec<Value<'v>>,
    sources: Vec<Value<'v>>,
    members: Vec<Value<'v>>,
    preferences: Vec<Value<'v>>,
    consents: Vec<Value<'v>>,
    receipts: Vec<Value<'v>>,
    purchases: Vec<Value<'v>>,
    lots: Vec<Value<'v>>,
    entries: Vec<Value<'v>>,
}

impl<'v> Batch<'v> {
    fn add(&mut self, imported: &'v ImportedMember, today: NaiveDate, now: DateTime<Utc>) {
        let new = &imported.member;
        let id = new.id;
        // The file may not know her number; she is found by it once somebody does.
        if !new.phone.is_empty() {
            self.phones.extend([(&new.phone).into(), id.into()]);
        }
        self.cards.extend([(&new.card_number).into(), id.into()]);
        if let Some(source_ref) = &new.source_ref {
            self.sources.extend([source_ref.into(), id.into()]);
        }
        self.preferences.extend(new.preferences.values(id));
        let mut sequence = 0;
        let mut balance = 0;
        for answer in &new.consents {
            sequence += 1;
            self.consents.extend([
                id.into(),
                sequence.into(),
                (&answer.consent).into(),
                (&answer.version).into(),
                answer.granted.into(),
                now.into(),
                "import".into(),
            ]);
        }
        for purchase in &imported.purchases {
            sequence += 1;
            self.receipts.extend([(&purchase.receipt_no).into(), id.into(), purchase.id.into()]);
            let posted_at = (purchase.posts_on <= today).then_some(now);
            self.purchases.extend(purchase_values(id, sequence, purchase, posted_at));
        }
        let mut due: Vec<&NewPurchase> =
            imported.purchases.iter().filter(|new| new.posts_on <= today && new.points > 0).collect();
        due.sort_by_key(|purchase| purchase.posts_on);
        for purchase in due {
            sequence += 1;
            balance += purchase.points;
            self.lots.extend(lot_values(id, purchase.id, purchase.on, purchase.expires_on, purchase.points));
            let entry = NewEntry {
                id: purchase.id,
                kind: EntryKind::Earned,
                points: purchase.points,
                at: now,
                on: purchase.posts_on,
                cause_kind: "purchase",
                cause_id: purchase.id,
                cause_label: &purchase.receipt_no,
            };
            self.entries.extend(entry.into_values(id, sequence, balance));
        }
        self.members.extend(member_values(new, now, sequence, balance));
    }
}

impl Reader {
    /// Which of these an import has brought in already, and as whom.
    pub async fn members_by_source(&mut self, source_refs: &[&str]) -> Result<HashMap<String, Uuid>> {
        let head = "SELECT source_ref, member_id FROM sources WHERE source_ref IN (";
        let mut found = HashMap::new();
        for row in self.fetch_in(head, source_refs).await? {
            found.insert(row.get(0)?, row.get(1)?);
        }
        Ok(found)
    }

    /// Which of these receipt numbers are recorded.
    pub async fn known_receipts(&mut self, receipt_nos: &[&str]) -> Result<HashSet<String>> {
        let rows = self.fetch_in("SELECT receipt_no FROM receipts WHERE receipt_no IN (", receipt_nos).await?;
        rows.iter().map(|row| row.get(0)).collect()
    }

    async fn fetch_in(&mut self, head: &str, keys: &[&str]) -> Result<Vec<crate::value::Row>> {
        let mut found = Vec::new();
        for keys in keys.chunks(500) {
            let places: Vec<String> = (1..=keys.len()).map(|place| format!("${place}")).collect();
            let values: Vec<Value<'_>> = keys.iter().map(|key| Value::from(*key)).collect();
            found.extend(self.fetch_composed(format!("{head}{})", places.join(", ")), &values).await?);
        }
        Ok(found)
    }
}

impl Transaction {
    /// Brings new customers in, whole: what is due on `today` is posted at once. A phone, card, source or receipt that is
    /// taken is a [`Conflict`](crate::Conflict), and the transaction is then good for nothing but being dropped. A few
    /// hundred customers per transaction are a good measure.
    pub async fn import_members(
        &mut self,
        members: &[ImportedMember],
        today: NaiveDate,
        now: DateTime<Utc>,
    ) -> Result<()> {
        let mut batch = Batch::default();
        for member in members {
            batch.add(member, today, now);
        }
        self.insert_many("INSERT INTO phones (phone, member_id) VALUES", 2, &batch.phones).await?;
        self.insert_many("INSERT INTO cards (card_number, member_id) VALUES", 2, &batch.cards).await?;
        self.insert_many("INSERT INTO sources (source_ref, member_id) VALUES", 2, &batch.sources).await?;
        self.insert_many("INSERT INTO receipts (receipt_no, member_id, purchase_id) VALUES", 3, &batch.receipts)
            .await?;
        self.insert_many(INSERT_MEMBERS, MEMBER_COLUMNS, &batch.members).await?;
        self.insert_many(preferences::INSERT, preferences::COLUMNS, &batch.preferences).await?;
        self.insert_many(consent::INSERT, consent::COLUMNS, &batch.consents).await?;
        self.insert_many(INSERT_PURCHASES, PURCHASE_COLUMNS, &batch.purchases).await?;
        self.insert_many(INSERT_LOTS, LOT_COLUMNS, &batch.lots).await?;
        self.insert_many(INSERT_ENTRIES, ENTRY_COLUMNS, &batch.entries).await
    }
}
