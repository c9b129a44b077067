//! What happened to a reservation: added to, never changed.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use loyalty::reservation::Event;
use uuid::Uuid;

use super::{Actor, Reservation};
use crate::database::{Reader, Transaction};
use crate::error::{Error, Result};
use crate::value::{Row, Value};

/// Something that happened to a reservation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReservationEvent {
    /// When.
    pub at: DateTime<Utc>,
    /// What.
    pub what: Event,
    /// Who: `member`, `staff` or `clock`.
    pub by_kind: String,
    /// The name of a person of the staff.
    pub by_name: Option<String>,
    /// Where it was from then on.
    pub counter: Uuid,
    /// Which variant it was from then on; of an offer that was made or declined, the variant offered.
    pub variant: Uuid,
    /// The reason why a counter could not keep it, as it wrote it.
    pub note: Option<String>,
}

fn event(row: &Row) -> Result<ReservationEvent> {
    let what: String = row.get(2)?;
    Ok(ReservationEvent {
        at: row.get(1)?,
        what: Event::from_text(&what).ok_or_else(|| Error::Defect(format!("no event: {what}")))?,
        by_kind: row.get(3)?,
        by_name: row.maybe(4)?,
        counter: row.get(5)?,
        variant: row.get(6)?,
        note: row.maybe(7)?,
    })
}

impl Reader {
    /// What happened to these reservations, each oldest first. Each is named with its member.
    pub async fn reservation_events(
        &mut self,
        reservations: &[(Uuid, Uuid)],
    ) -> Result<HashMap<Uuid, Vec<ReservationEvent>>> {
        let mut events: HashMap<Uuid, Vec<ReservationEvent>> = HashMap::new();
        for part in reservations.chunks(100) {
            let places: Vec<String> =
                (0..part.len()).map(|index| format!("(${}, ${})", index * 2 + 1, index * 2 + 2)).collect();
            let sql = format!(
                // A join, because SQLite reads the whole table for pairs that are asked for with IN.
                "SELECT e.reservation_id, e.at, e.what, e.by_kind, e.by_name, e.counter_id, e.variant_id, e.note \
                 FROM (VALUES {}) AS wanted JOIN reservation_events e ON e.member_id = wanted.column1 \
                 AND e.reservation_id = wanted.column2 ORDER BY e.reservation_id, e.sequence",
                places.join(", ")
            );
            let values: Vec<Value<'_>> =
                part.iter().flat_map(|(member, id)| [(*member).into(), (*id).into()]).collect();
            for row in self.fetch_composed(sql, &values).await? {
                events.entry(row.get(0)?).or_default().push(event(&row)?);
            }
        }
        Ok(events)
    }
}

/// What is told of an event beside how the reservation stands after it.
pub(super) struct Telling<'a> {
    pub(super) what: Event,
    pub(super) by: Actor<'a>,
    pub(super) variant: Uuid,
    pub(super) note: Option<&'a str>,
}

impl Transaction {
    pub(super) async fn tell(&mut self, after: &Reservation, telling: Telling<'_>, now: DateTime<Utc>) -> Result<()> {
        let (by_kind, by_name) = match telling.by {
            Actor::Member => ("member", None),
            Actor::Staff(name) => ("staff", Some(name)),
            Actor::Clock => ("clock", None),
        };
        let sql = "INSERT INTO reservation_events (member_id, reservation_id, sequence, at, what, by_kind, by_name, \
                   counter_id, variant_id, note) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
        let values = [
            after.member.into(),
            after.id.into(),
            after.revision.into(),
            now.into(),
            telling.what.as_str().into(),
            by_kind.into(),
            by_name.into(),
            after.counter.into(),
            telling.variant.into(),
            telling.note.into(),
        ];
        self.execute_one(sql, &values).await
    }
}
