//! What is to be sent to members. A message is written in the transaction that gives the reason for it, and leaves the house
//! after the commit: so none is sent about what never happened, and none is lost with a server.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::database::{Reader, Transaction};
use crate::error::Result;

/// A message to be written down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewMessage {
    /// Its identifier.
    pub id: Uuid,
    /// To whom.
    pub member: Uuid,
    /// `sms`.
    pub channel: &'static str,
    /// What for, kebab-case: `reservation-ready`, …
    pub purpose: &'static str,
    /// The reservation it is about.
    pub about: Option<Uuid>,
    /// What she reads, in her language.
    pub text: String,
    /// Not sent before: the end of her quiet hours.
    pub not_before: DateTime<Utc>,
    /// From then on it would no longer be true, and is not sent any more.
    pub good_until: DateTime<Utc>,
}

/// A message, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Its identifier.
    pub id: Uuid,
    /// To whom.
    pub member: Uuid,
    /// `sms`; `wechat` if it was sent that way.
    pub channel: String,
    /// What for, kebab-case.
    pub purpose: String,
    /// The reservation it is about.
    pub about: Option<Uuid>,
    /// What she reads.
    pub text: String,
    /// When it was written.
    pub created_at: DateTime<Utc>,
    /// Not sent before.
    pub not_before: DateTime<Utc>,
    /// Not sent from then on.
    pub good_until: DateTime<Utc>,
    /// When it was handed over; `None` while it was not.
    pub sent_at: Option<DateTime<Utc>>,
    /// When something else happened first, so that it is never sent.
    pub overtaken_at: Option<DateTime<Utc>>,
    /// How often it was tried.
    pub attempts: i64,
    /// Why the last try failed.
    pub last_error: Option<String>,
}

/// A message whose turn has come; also where the next page begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DueMessage {
    /// Since when.
    pub due: DateTime<Utc>,
    /// To whom.
    pub member: Uuid,
    /// Its identifier.
    pub id: Uuid,
    /// How often it was tried already; guards the claim.
    pub attempts: i64,
}

/// A message that is the claimer's to send, until its next try is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClaimedMessage {
    /// E.164; empty if nobody knows her number.
    pub phone: String,
    /// What for, kebab-case.
    pub purpose: String,
    /// The reservation it is about.
    pub about: Option<Uuid>,
    /// What she reads.
    pub text: String,
}

impl Reader {
    /// What is due, longest waiting first, from behind `after` on: whoever can't send one goes on behind it.
    pub async fn due_messages(
        &mut self,
        now: DateTime<Utc>,
        after: Option<DueMessage>,
        limit: i64,
    ) -> Result<Vec<DueMessage>> {
        let sql = "SELECT next_try_at, member_id, message_id, attempts FROM messages \
                   WHERE sent_at IS NULL AND overtaken_at IS NULL AND next_try_at <= $1 AND good_until > $1 \
                   AND (next_try_at, member_id, message_id) > ($2, $3, $4) \
                   ORDER BY next_try_at, member_id, message_id LIMIT $5";
        let (due, member, id) = after
            .map_or((i64::MIN, Uuid::nil(), Uuid::nil()), |DueMessage { due, member, id, .. }| {
                (due.timestamp_millis(), member, id)
            });
        let rows = self.fetch(sql, &[now.into(), due.into(), member.into(), id.into(), limit.into()]).await?;
        rows.iter()
            .map(|row| Ok(DueMessage { due: row.get(0)?, member: row.get(1)?, id: row.get(2)?, attempts: row.get(3)? }))
            .collect()
    }

    /// Every message to a member, newest first.
    pub async fn messages(&mut self, member: Uuid) -> Result<Vec<Message>> {
        let sql = "SELECT message_id, channel, purpose, about, words, created_at, not_before, good_until, sent_at, \
                   overtaken_at, attempts, last_error FROM messages WHERE member_id = $1 \
                   ORDER BY created_at DESC, message_id DESC";
        let rows = self.fetch(sql, &[member.into()]).await?;
        rows.iter()
            .map(|row| {
                Ok(Message {
                    id: row.get(0)?,
                    member,
                    channel: row.get(1)?,
                    purpose: row.get(2)?,
                    about: row.maybe(3)?,
                    text: row.get(4)?,
                    created_at: row.get(5)?,
                    not_before: row.get(6)?,
                    good_until: row.get(7)?,
                    sent_at: row.maybe(8)?,
                    overtaken_at: row.maybe(9)?,
                    attempts: row.get(10)?,
                    last_error: row.maybe(11)?,
                })
            })
            .collect()
    }
}

impl Transaction {
    /// Writes a message down.
    pub async fn write_message(&mut self, new: &NewMessage, now: DateTime<Utc>) -> Result<()> {
        let sql = "INSERT INTO messages (member_id, message_id, channel, purpose, about, words, created_at, not_before, \
                   good_until, next_try_at, attempts) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $8, 0)";
        let values = [
            new.member.into(),
            new.id.into(),
            new.channel.into(),
            new.purpose.into(),
            new.about.into(),
            (&new.text).into(),
            now.into(),
            new.not_before.into(),
            new.good_until.into(),
        ];
        self.execute_one(sql, &values).await
    }

    /// Something new has happened to what these messages are about: those that still wait are never sent. How many.
    pub async fn overtake_messages(&mut self, member: Uuid, about: Uuid, now: DateTime<Utc>) -> Result<u64> {
        let sql = "UPDATE messages SET overtaken_at = $3 \
                   WHERE member_id = $1 AND about = $2 AND sent_at IS NULL AND overtaken_at IS NULL";
        self.execute(sql, &[member.into(), about.into(), now.into()]).await
    }

    /// Takes a message to send it; `None` if somebody else did, or if it was overtaken. It comes back at `next_try_at` unless
    /// [`Transaction::message_sent`] is said before: a server that dies with it does not lose it.
    pub async fn claim_message(
        &mut self,
        due: &DueMessage,
        now: DateTime<Utc>,
        next_try_at: DateTime<Utc>,
    ) -> Result<Option<ClaimedMessage>> {
        let sql = "UPDATE messages SET attempts = attempts + 1, next_try_at = $5 \
                   WHERE member_id = $1 AND message_id = $2 AND attempts = $3 AND next_try_at <= $4 AND good_until > $4 \
                   AND sent_at IS NULL AND overtaken_at IS NULL \
                   RETURNING (SELECT m.phone FROM members m WHERE m.member_id = messages.member_id), purpose, about, words";
        let values = [due.member.into(), due.id.into(), due.attempts.into(), now.into(), next_try_at.into()];
        let Some(row) = self.fetch_one(sql, &values).await? else { return Ok(None) };
        Ok(Some(ClaimedMessage { phone: row.get(0)?, purpose: row.get(1)?, about: row.maybe(2)?, text: row.get(3)? }))
    }

    /// Puts it off without having tried it: she is not to be disturbed before `until`. Changes nothing if somebody else has it by
    /// now, or if it was overtaken.
    pub async fn put_off_message(&mut self, due: &DueMessage, now: DateTime<Utc>, until: DateTime<Utc>) -> Result<()> {
        let sql = "UPDATE messages SET not_before = $5, next_try_at = $5 \
                   WHERE member_id = $1 AND message_id = $2 AND attempts = $3 AND next_try_at <= $4 \
                   AND sent_at IS NULL AND overtaken_at IS NULL";
        let values = [due.member.into(), due.id.into(), due.attempts.into(), now.into(), until.into()];
        self.execute(sql, &values).await.map(drop)
    }

    /// The other side has taken it, by this channel.
    pub async fn message_sent(&mut self, due: &DueMessage, channel: &str, now: DateTime<Utc>) -> Result<()> {
        let sql = "UPDATE messages SET sent_at = $3, channel = $4, last_error = NULL \
                   WHERE member_id = $1 AND message_id = $2";
        self.execute_one(sql, &[due.member.into(), due.id.into(), now.into(), channel.into()]).await
    }

    /// The other side has not taken it, for this reason.
    pub async fn message_failed(&mut self, due: &DueMessage, why: &str) -> Result<()> {
        let sql = "UPDATE messages SET last_error = $3 WHERE member_id = $1 AND message_id = $2";
        self.execute_one(sql, &[due.member.into(), due.id.into(), why.into()]).await
    }
}
