//! The rows of a reservation, written by nobody who knows what they mean.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use server::ambient::SystemEntropy;
use server::entropy;
use sqlx::pool::PoolOptions;
use sqlx::postgres::PgPool;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqliteSynchronous};

use crate::house::{House, Member, Place};

const CLAIM: &str = "INSERT INTO idempotency (subject, intent, body_hash, keep_until) VALUES ($1, $2, $3, $5) \
    ON CONFLICT (subject, intent) DO UPDATE SET body_hash = excluded.body_hash, \
    keep_until = excluded.keep_until, status = NULL, answer = NULL WHERE idempotency.keep_until <= $4 RETURNING subject";
const MEMBER: &str = "UPDATE members SET sequence = sequence + 1 WHERE member_id = $1 RETURNING sequence";
const PLACE: &str = "UPDATE stock SET sequence = sequence + 1, \
    clock = CASE WHEN clock < $3 OR clock > $3 + 86400000 THEN $3 ELSE clock END \
    WHERE counter_id = $1 AND variant_id = $2 RETURNING on_hand, clock";
const RESERVATION: &str = "INSERT INTO reservations (member_id, reservation_id, sequence, revision, gift_id, variant_id, \
    counter_id, points, state, made_at, ready_by, hold_until, extensions, times_ready) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 0, 0)";
const LOT: &str = "UPDATE lots SET held = held + $3 WHERE member_id = $1 AND lot_id = $2 AND remaining - held >= $3";
const TAKING: &str = "INSERT INTO reservation_lots (member_id, reservation_id, lot_id, points) VALUES ($1, $2, $3, $4)";
const EVENT: &str = "INSERT INTO reservation_events (member_id, reservation_id, sequence, at, what, by_kind, counter_id, \
    variant_id) VALUES ($1, $2, 1, $3, 'held', 'member', $4, $5)";
const ANSWER: &str = "UPDATE idempotency SET status = $3, answer = $4 WHERE subject = $1 AND intent = $2";

/// The writes of a reservation in their order, word for word the product's.
macro_rules! write_rows {
    ($tx:expr, $rows:expr) => {{
        let Rows { key, body_hash, answer, member, reservation, lot, place, now } = $rows;
        let now = now.timestamp_millis();
        let (gift, variant, counter) = (place.gift.to_string(), place.variant.to_string(), place.counter.to_string());
        sqlx::query(CLAIM)
            .bind(member)
            .bind(key)
            .bind(body_hash)
            .bind(now)
            .bind(now + 172_800_000)
            .execute($tx)
            .await
            .unwrap();
        let sequence: i64 = sqlx::query_scalar(MEMBER).bind(member).fetch_one($tx).await.unwrap();
        sqlx::query(PLACE).bind(&counter).bind(&variant).bind(now).execute($tx).await.unwrap();
        sqlx::query(RESERVATION)
            .bind(member)
            .bind(reservation)
            .bind(sequence)
            .bind(1_i64)
            .bind(&gift)
            .bind(&variant)
            .bind(&counter)
            .bind(place.points)
            .bind("held")
            .bind(now)
            .bind(now + 86_400_000)
            .bind(now + 432_000_000)
            .execute($tx)
            .await
            .unwrap();
        let held = sqlx::query(LOT).bind(member).bind(lot).bind(place.points).execute($tx).await.unwrap();
        assert_eq!(held.rows_affected(), 1);
        sqlx::query(TAKING).bind(member).bind(reservation).bind(lot).bind(place.points).execute($tx).await.unwrap();
        sqlx::query(EVENT)
            .bind(member)
            .bind(reservation)
            .bind(now)
            .bind(&counter)
            .bind(&variant)
            .execute($tx)
            .await
            .unwrap();
        sqlx::query(ANSWER).bind(member).bind(key).bind(201_i64).bind(answer).execute($tx).await.unwrap();
    }};
}

/// Connections that write.
pub enum Loops {
    Sqlite(SqlitePool),
    Postgres(PgPool, usize),
}

/// One reservation's worth of rows; identifiers as text, as they are stored.
#[derive(Clone)]
struct Rows {
    key: String,
    body_hash: String,
    answer: String,
    member: String,
    reservation: String,
    lot: String,
    place: Place,
    now: DateTime<Utc>,
}

impl Loops {
    pub async fn open(url: &str, connections: usize) -> Self {
        match url.strip_prefix("sqlite:") {
            Some(path) => {
                let options = SqliteConnectOptions::new()
                    .filename(path)
                    .journal_mode(SqliteJournalMode::Wal)
                    .synchronous(SqliteSynchronous::Full)
                    .foreign_keys(true)
                    .busy_timeout(Duration::from_secs(10));
                Self::Sqlite(PoolOptions::new().max_connections(1).connect_with(options).await.unwrap())
            }
            None => {
                let pool = PoolOptions::new().max_connections(u32::try_from(connections).unwrap());
                Self::Postgres(pool.connect(url).await.unwrap(), connections)
            }
        }
    }

    /// As many reservations' rows for each of these members; how long all of it took.
    pub async fn write(&self, house: &House, members: &[Member], each: usize) -> Duration {
        let all: Arc<[Rows]> = members
            .iter()
            .enumerate()
            .flat_map(|(index, member)| (0..each).map(move |turn| (index * each + turn, member)))
            .map(|(number, member)| Rows::new(house, member, house.places[number % house.places.len()]))
            .collect();
        let next = Arc::new(AtomicUsize::new(0));
        let began = Instant::now();
        match self {
            Self::Sqlite(pool) => {
                let mut connection = pool.acquire().await.unwrap();
                for rows in all.iter() {
                    let mut tx = sqlx::Connection::begin_with(&mut *connection, "BEGIN IMMEDIATE").await.unwrap();
                    write_rows!(&mut *tx, rows);
                    tx.commit().await.unwrap();
                }
            }
            Self::Postgres(pool, connections) => {
                let loops: Vec<_> = (0..*connections)
                    .map(|_| {
                        let (pool, all, next) = (pool.clone(), Arc::clone(&all), Arc::clone(&next));
                        tokio::spawn(async move {
                            let mut connection = pool.acquire().await.unwrap();
                            while let Some(rows) = all.get(next.fetch_add(1, Ordering::Relaxed)) {
                                let mut tx = sqlx::Connection::begin(&mut *connection).await.unwrap();
                                write_rows!(&mut *tx, rows);
                                tx.commit().await.unwrap();
                            }
                        })
                    })
                    .collect();
                for one in loops {
                    one.await.unwrap();
                }
            }
        }
        began.elapsed()
    }
}

impl Rows {
    fn new(house: &House, member: &Member, place: Place) -> Self {
        let id = || entropy::id(&SystemEntropy, house.now).unwrap().to_string();
        Self {
            key: id(),
            body_hash: "0".repeat(64),
            // About what an answer to a member is.
            answer: "x".repeat(1_500),
            member: member.id.to_string(),
            reservation: id(),
            lot: member.lot.to_string(),
            place,
            now: house.now,
        }
    }
}
