//! A database with the schema, and short words for what the tests write.

use std::sync::atomic::{AtomicU64, Ordering};

use chrono::{DateTime, Months, NaiveDate, TimeDelta, Utc};
use storage::testing::{Fresh, fresh};
use storage::{ConsentAnswer, Database, Engine, Fault, NewMember, NewPurchase, Preferences, Purchase, Recorded};
use uuid::Uuid;

pub struct World {
    pub db: Database,
    pub fresh: Fresh,
    ids: AtomicU64,
}

/// An instant: noon in Shanghai on that day.
pub fn at(day: &str) -> DateTime<Utc> {
    self::day(day).and_hms_opt(4, 0, 0).unwrap().and_utc()
}

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub fn hours(hours: i64) -> TimeDelta {
    TimeDelta::hours(hours)
}

pub fn preferences() -> Preferences {
    Preferences {
        language: "zh-CN".to_owned(),
        sms: true,
        email: false,
        wechat: true,
        gifts: true,
        campaigns: false,
        surveys: true,
        quiet_hours: Some(("22:00".to_owned(), "08:00".to_owned())),
    }
}

pub fn answer(consent: &str, granted: bool) -> ConsentAnswer {
    ConsentAnswer { consent: consent.to_owned(), version: "1".to_owned(), granted }
}

impl World {
    pub async fn new(engine: Engine) -> Self {
        Self::on(engine, fresh(engine).await.unwrap()).await
    }

    /// On a database that is made already.
    pub async fn on(engine: Engine, fresh: Fresh) -> Self {
        let db = Database::open(&fresh.url).await.unwrap();
        assert_eq!(db.engine(), engine);
        db.migrate().await.unwrap();
        Self { db, fresh, ids: AtomicU64::new(0) }
    }

    /// Identifiers in the order in which they were asked for, as UUIDv7 would be.
    pub fn id(&self) -> Uuid {
        Uuid::from_u64_pair(0x0190_0000_0000_7000, 0x8000_0000_0000_0000 | self.ids.fetch_add(1, Ordering::Relaxed))
    }

    pub fn new_member(&self, number: u32) -> NewMember {
        NewMember {
            id: self.id(),
            name: format!("会员 {number}"),
            phone: format!("+86138{number:08}"),
            card_number: format!("{number:012}"),
            joined_on: day("2026-01-01"),
            birthday: Some(day("1990-02-28")),
            skin_type: Some("oily".to_owned()),
            source_ref: None,
            preferences: preferences(),
            consents: vec![answer("terms", true), answer("marketing-sms", false)],
        }
    }

    /// A member who is enrolled.
    pub async fn member(&self, number: u32) -> Uuid {
        let new = self.new_member(number);
        let mut tx = self.db.begin().await.unwrap();
        tx.enrol(&new, "enrolment", at("2026-01-01")).await.unwrap();
        tx.commit().await.unwrap();
        new.id
    }

    /// Seven days pending, two years to spend.
    pub fn new_purchase(&self, receipt_no: &str, on: &str, points: i64) -> NewPurchase {
        NewPurchase {
            id: self.id(),
            receipt_no: receipt_no.to_owned(),
            at: at(on),
            on: day(on),
            paid: points * 100,
            items: Some(2),
            lines: None,
            points,
            posts_on: day(on) + TimeDelta::days(7),
            expires_on: Some(day(on) + Months::new(24)),
        }
    }

    pub async fn record(&self, member: Uuid, new: &NewPurchase) -> storage::Result<Recorded<Purchase>> {
        let mut tx = self.db.begin().await?;
        assert!(tx.lock_member(member).await?);
        let recorded = tx.record_purchase(member, new).await?;
        tx.commit().await?;
        Ok(recorded)
    }

    pub async fn buy(&self, member: Uuid, receipt_no: &str, on: &str, points: i64) -> Uuid {
        let new = self.new_purchase(receipt_no, on, points);
        self.record(member, &new).await.unwrap();
        new.id
    }

    pub async fn post(&self, today: &str) -> storage::Posted {
        post(&self.db, day(today), at(today)).await
    }

    /// Available, held, pending; as of an instant after everything that these tests do without one.
    pub async fn balances(&self, member: Uuid) -> (i64, i64, i64) {
        self.balances_at(member, at("2026-06-01")).await
    }

    pub async fn balances_at(&self, member: Uuid, now: DateTime<Utc>) -> (i64, i64, i64) {
        let balances = self.db.read().await.unwrap().overview(member, now).await.unwrap().unwrap().balances;
        (balances.available, balances.held, balances.pending)
    }

    pub async fn faults(&self) -> Vec<Fault> {
        self.db.snapshot().await.unwrap().audit(None).await.unwrap()
    }
}

/// Posts what is due, as a server does: one transaction a member.
pub async fn post(db: &Database, today: NaiveDate, now: DateTime<Utc>) -> storage::Posted {
    let mut sum = storage::Posted::default();
    for member in db.read().await.unwrap().due_members(today, None, 1000).await.unwrap() {
        let mut tx = db.begin().await.unwrap();
        let posted = tx.post_member(member, today, now).await.unwrap();
        tx.commit().await.unwrap();
        sum.members += posted.members;
        sum.purchases += posted.purchases;
        sum.points += posted.points;
    }
    sum
}
