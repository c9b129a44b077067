//! Members: who they are, and how they are found.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use crate::consent::ConsentAnswer;
use crate::database::{Reader, Transaction};
use crate::error::Result;
use crate::preferences::Preferences;
use crate::value::{Row, Value};

/// A member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Her identifier.
    pub id: Uuid,
    /// As she wrote it.
    pub name: String,
    /// E.164; empty if it is not known.
    pub phone: String,
    /// Her first day in the programme.
    pub joined_on: NaiveDate,
    /// Twelve digits.
    pub card_number: String,
}

/// A member to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewMember {
    /// Her identifier, UUIDv7.
    pub id: Uuid,
    /// As she wrote it.
    pub name: String,
    /// E.164; unique. Empty for who is imported without one, and only then.
    pub phone: String,
    /// Twelve digits; unique.
    pub card_number: String,
    /// Her first day in the programme.
    pub joined_on: NaiveDate,
    /// Optional.
    pub birthday: Option<NaiveDate>,
    /// Optional; as on the wire.
    pub skin_type: Option<String>,
    /// What an import calls her; unique. `None` for who joined here.
    pub source_ref: Option<String>,
    /// What she starts with.
    pub preferences: Preferences,
    /// What she answered.
    pub consents: Vec<ConsentAnswer>,
}

const MEMBER: &str = "SELECT member_id, name, phone, joined_on, card_number FROM members WHERE member_id = $1";

fn member(row: &Row) -> Result<Member> {
    Ok(Member {
        id: row.get(0)?,
        name: row.get(1)?,
        phone: row.get(2)?,
        joined_on: row.get(3)?,
        card_number: row.get(4)?,
    })
}

impl Reader {
    /// By identifier.
    pub async fn member(&mut self, id: Uuid) -> Result<Option<Member>> {
        self.fetch_one(MEMBER, &[id.into()]).await?.as_ref().map(member).transpose()
    }

    /// Whose phone number (E.164) this is.
    pub async fn member_by_phone(&mut self, phone: &str) -> Result<Option<Uuid>> {
        self.whose("SELECT member_id FROM phones WHERE phone = $1", phone).await
    }

    /// Whose card this is.
    pub async fn member_by_card(&mut self, card_number: &str) -> Result<Option<Uuid>> {
        self.whose("SELECT member_id FROM cards WHERE card_number = $1", card_number).await
    }

    /// Whom an import called this.
    pub async fn member_by_source(&mut self, source_ref: &str) -> Result<Option<Uuid>> {
        self.whose("SELECT member_id FROM sources WHERE source_ref = $1", source_ref).await
    }

    async fn whose(&mut self, sql: &'static str, key: &str) -> Result<Option<Uuid>> {
        self.fetch_one(sql, &[key.into()]).await?.map(|row| row.get(0)).transpose()
    }

    /// How many there are.
    pub async fn member_count(&mut self) -> Result<i64> {
        let row = self.fetch_one("SELECT COUNT(*) FROM members", &[]).await?;
        row.map_or(Ok(0), |row| row.get(0))
    }
}

impl Transaction {
    /// Enrols her: number, card, person, preferences and answers in one. [`Conflict::Phone`](crate::Conflict::Phone) if
    /// somebody with this number is a member already; the transaction is then good for nothing but being dropped.
    pub async fn enrol(&mut self, new: &NewMember, source: &str, now: DateTime<Utc>) -> Result<()> {
        // The unique keys first: a second enrolment at the same time waits here, before it has written anything else.
        let id = new.id;
        let sql = "INSERT INTO phones (phone, member_id) VALUES ($1, $2)";
        self.execute_one(sql, &[(&new.phone).into(), id.into()]).await?;
        let sql = "INSERT INTO cards (card_number, member_id) VALUES ($1, $2)";
        self.execute_one(sql, &[(&new.card_number).into(), id.into()]).await?;
        if let Some(source_ref) = &new.source_ref {
            let sql = "INSERT INTO sources (source_ref, member_id) VALUES ($1, $2)";
            self.execute_one(sql, &[source_ref.into(), id.into()]).await?;
        }
        self.insert_many(INSERT_MEMBERS, MEMBER_COLUMNS, &member_values(new, now, 0, 0)).await?;
        self.insert_many(crate::preferences::INSERT, crate::preferences::COLUMNS, &new.preferences.values(id)).await?;
        self.record_consents(id, &new.consents, source, now).await
    }

    /// Takes her row, so that whoever else writes for her waits until this transaction ends; `false` if there is no such
    /// member. To be called before reading what a write depends on. (`FOR UPDATE` would say it more plainly, but SQLite
    /// does not know the words.)
    pub async fn lock_member(&mut self, id: Uuid) -> Result<bool> {
        Ok(self.next_sequence(id).await?.is_some())
    }

    /// The next number in the order of what happened to her; `None` if there is no such member.
    pub(crate) async fn next_sequence(&mut self, id: Uuid) -> Result<Option<i64>> {
        let sql = "UPDATE members SET sequence = sequence + 1 WHERE member_id = $1 RETURNING sequence";
        self.fetch_one(sql, &[id.into()]).await?.map(|row| row.get(0)).transpose()
    }
}

pub(crate) const INSERT_MEMBERS: &str = "INSERT INTO members (member_id, joined_on, card_number, phone, name, birthday, \
     skin_type, profile_version, sequence, balance, created_at) VALUES";
pub(crate) const MEMBER_COLUMNS: usize = 11;

pub(crate) fn member_values<'v>(
    new: &'v NewMember,
    now: DateTime<Utc>,
    sequence: i64,
    balance: i64,
) -> [Value<'v>; MEMBER_COLUMNS] {
    [
        new.id.into(),
        new.joined_on.into(),
        (&new.card_number).into(),
        (&new.phone).into(),
        (&new.name).into(),
        new.birthday.into(),
        (&new.skin_type).into(),
        1.into(),
        sequence.into(),
        balance.into(),
        now.into(),
    ]
}
