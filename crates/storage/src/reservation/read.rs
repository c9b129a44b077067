//! Reading reservations: hers, and a counter's.

use core::fmt;
use core::str::FromStr;

use chrono::{DateTime, Utc};
use loyalty::reservation::State;
use uuid::Uuid;

use super::{COLUMNS, Reservation, reservation, select};
use crate::MalformedCursor;
use crate::database::Reader;
use crate::error::Result;
use crate::value::{Value, cursor_number};

/// A place in her list: open ones first, then the others, each the newest first. Its text is fit for a query string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReservationCursor {
    /// After an open one with this sequence.
    Open(i64),
    /// After an ended one with this sequence.
    Ended(i64),
}

impl fmt::Display for ReservationCursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Open(sequence) => write!(f, "o{sequence}"),
            Self::Ended(sequence) => write!(f, "e{sequence}"),
        }
    }
}

impl FromStr for ReservationCursor {
    type Err = MalformedCursor;
    fn from_str(text: &str) -> core::result::Result<Self, MalformedCursor> {
        match text.split_at_checked(1) {
            Some(("o", sequence)) => Ok(Self::Open(cursor_number(sequence)?)),
            Some(("e", sequence)) => Ok(Self::Ended(cursor_number(sequence)?)),
            _ => Err(MalformedCursor),
        }
    }
}

impl Reservation {
    /// Where it stands in her list at that instant; also where the next page begins.
    pub fn position(&self, now: DateTime<Utc>) -> ReservationCursor {
        match self.progress.state_at(now).is_open() {
            true => ReservationCursor::Open(self.sequence),
            false => ReservationCursor::Ended(self.sequence),
        }
    }
}

/// Which reservations the staff asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReservationFilter {
    /// At this counter; `None` for every one.
    pub counter: Option<Uuid>,
    /// In this state at that instant.
    pub state: Option<State>,
    /// Whose hold ends, or that ended, from the one instant on and before the other.
    pub between: Option<(DateTime<Utc>, DateTime<Utc>)>,
    /// That the counter has not confirmed in time.
    pub late: bool,
}

/// A reservation, with whose it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffReservation {
    /// It.
    pub reservation: Reservation,
    /// Her name.
    pub name: String,
    /// E.164; empty if it is not known.
    pub phone: String,
    /// Where it stands in the staff's lists; also where the next page begins.
    pub position: DueCursor,
}

/// A place in the staff's lists, by what is next: the counter's deadline, the end of the hold, the end. Its text is fit for a
/// query string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DueCursor {
    /// Unix milliseconds.
    due: i64,
    /// Which reservation.
    id: Uuid,
}

impl fmt::Display for DueCursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}_{}", self.due, self.id)
    }
}

impl FromStr for DueCursor {
    type Err = MalformedCursor;
    fn from_str(text: &str) -> core::result::Result<Self, MalformedCursor> {
        let (due, id) = text.split_once('_').ok_or(MalformedCursor)?;
        Ok(Self { due: cursor_number(due)?, id: Uuid::try_parse(id).map_err(|_| MalformedCursor)? })
    }
}

/// What is next of `r`, as the staff's lists are ordered.
macro_rules! due {
    () => {
        "CASE WHEN r.ended_at IS NOT NULL THEN r.ended_at WHEN r.state = 'held' THEN r.ready_by ELSE r.hold_until END"
    };
}

/// Conditions with their values, in the order in which they are asked for.
#[derive(Default)]
struct Conditions<'v> {
    texts: Vec<String>,
    values: Vec<Value<'v>>,
}

impl<'v> Conditions<'v> {
    fn place(&mut self, value: impl Into<Value<'v>>) -> String {
        self.values.push(value.into());
        format!("${}", self.values.len())
    }
}

impl Reader {
    /// One of hers.
    pub async fn reservation(&mut self, member: Uuid, id: Uuid) -> Result<Option<Reservation>> {
        let sql = select!("FROM reservations r WHERE r.member_id = $1 AND r.reservation_id = $2");
        self.fetch_one(sql, &[member.into(), id.into()]).await?.as_ref().map(reservation).transpose()
    }

    /// One by its identifier, whosever it is; for the staff.
    pub async fn reservation_anywhere(&mut self, id: Uuid) -> Result<Option<Reservation>> {
        let sql = select!("FROM reservations r WHERE r.reservation_id = $1");
        self.fetch_one(sql, &[id.into()]).await?.as_ref().map(reservation).transpose()
    }

    /// A page of hers, those open at that instant first, then the others, each the newest first. One that ends between two
    /// pages may be seen twice. Ask for one more than fits to know whether there is a next page.
    pub async fn reservations(
        &mut self,
        member: Uuid,
        after: Option<ReservationCursor>,
        limit: i64,
        now: DateTime<Utc>,
    ) -> Result<Vec<Reservation>> {
        let (ended, sequence) = match after {
            None => (0, i64::MAX),
            Some(ReservationCursor::Open(sequence)) => (0, sequence),
            Some(ReservationCursor::Ended(sequence)) => (1, sequence),
        };
        let sql = select!(
            "FROM (SELECT h.*, CASE WHEN h.state IN ('held', 'ready') AND h.hold_until > $2 THEN 0 ELSE 1 END AS ended \
             FROM reservations h WHERE h.member_id = $1) r \
             WHERE r.ended > $3 OR (r.ended = $3 AND r.sequence < $4) ORDER BY r.ended, r.sequence DESC LIMIT $5"
        );
        let values = [member.into(), now.into(), i64::from(ended).into(), sequence.into(), limit.into()];
        self.fetch(sql, &values).await?.iter().map(reservation).collect()
    }

    /// A page for the staff, what is due first before the rest. What changes between two pages may be seen twice or not at
    /// all. Ask for one more than fits to know whether there is a next page.
    pub async fn staff_reservations(
        &mut self,
        filter: &ReservationFilter,
        after: Option<DueCursor>,
        limit: i64,
        now: DateTime<Utc>,
    ) -> Result<Vec<StaffReservation>> {
        let mut all = Conditions::default();
        // Counter by counter even where all are wanted: that is how the indexes lead.
        let here = match filter.counter {
            Some(counter) => format!("r.counter_id = {}", all.place(counter)),
            None => "r.counter_id IN (SELECT c.counter_id FROM counters c)".to_owned(),
        };
        match filter.between {
            Some((from, to)) => {
                let (from, to) = (all.place(from), all.place(to));
                all.texts.push(format!(
                    "(({here} AND r.ended_at IS NULL AND r.hold_until >= {from} AND r.hold_until < {to}) OR \
                     ({here} AND r.ended_at >= {from} AND r.ended_at < {to}))"
                ));
            }
            None => all.texts.push(here),
        }
        if let Some(state) = filter.state {
            let text = state.as_str();
            let condition = match state {
                State::Held | State::Ready => {
                    format!("r.state IN ('held', 'ready') AND r.state = '{text}' AND r.hold_until > {}", all.place(now))
                }
                State::Expired => format!(
                    "(r.state = '{text}' OR (r.state IN ('held', 'ready') AND r.hold_until <= {}))",
                    all.place(now)
                ),
                State::Collected | State::Cancelled | State::Failed => format!("r.state = '{text}'"),
            };
            all.texts.push(condition);
        }
        if filter.late {
            let now = all.place(now);
            all.texts.push(format!(
                "r.state IN ('held', 'ready') AND r.state = 'held' AND r.ready_by < {now} AND r.hold_until > {now}"
            ));
        }
        if let Some(DueCursor { due, id }) = after {
            let (due, id) = (all.place(due), all.place(id));
            all.texts.push(format!("({}, r.reservation_id) > ({due}, {id})", due!()));
        }
        let head = select!(", m.name, m.phone, ");
        let sql = format!(
            "{head}{} FROM reservations r JOIN members m ON m.member_id = r.member_id WHERE {} \
             ORDER BY {}, r.reservation_id LIMIT {}",
            due!(),
            all.texts.join(" AND "),
            COLUMNS + 3,
            all.place(limit)
        );
        let rows = self.fetch_composed(sql, &all.values).await?;
        let line = |row| {
            let reservation = reservation(row)?;
            let position = DueCursor { due: row.get(COLUMNS + 2)?, id: reservation.id };
            Ok(StaffReservation { name: row.get(COLUMNS)?, phone: row.get(COLUMNS + 1)?, position, reservation })
        };
        rows.iter().map(line).collect()
    }
}
