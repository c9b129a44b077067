//! A fresh database, a fixed clock, and randomness that is none.

use std::sync::atomic::{AtomicU64, Ordering};

use chrono::{DateTime, NaiveDate, Utc};
use loyalty::Programme;
use server::entropy::{Entropy, Exhausted};
use server::import::file::{self, Histories};
use server::import::{Context, Summary, histories};
use storage::{Database, Engine, Purchase, testing};

/// Different bytes each time, the same in every run.
#[derive(Default)]
pub struct Counting(AtomicU64);

impl Entropy for Counting {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), Exhausted> {
        for chunk in bytes.chunks_mut(8) {
            let drawn = self.0.fetch_add(1, Ordering::Relaxed).wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
            let mixed = (drawn ^ (drawn >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            chunk.copy_from_slice(&(mixed ^ (mixed >> 32)).to_le_bytes()[..chunk.len()]);
        }
        Ok(())
    }
}

pub struct World {
    pub database: Database,
    pub programme: Programme,
    pub entropy: Counting,
    pub now: DateTime<Utc>,
    _fresh: testing::Fresh,
}

impl World {
    /// An empty database; it is noon in Shanghai.
    pub async fn on(today: &str) -> Self {
        let fresh = testing::fresh(Engine::Sqlite).await.unwrap();
        let database = Database::open(&fresh.url).await.unwrap();
        database.migrate().await.unwrap();
        let programme = Programme::parse(include_str!("../../../../programme.toml")).unwrap();
        let noon = chrono::NaiveTime::from_hms_opt(12, 0, 0).unwrap();
        let now = programme.instant_of(day(today), noon);
        Self { database, programme, entropy: Counting::default(), now, _fresh: fresh }
    }

    pub fn context(&self) -> Context<'_> {
        Context { database: &self.database, programme: &self.programme, entropy: &self.entropy, now: self.now }
    }

    pub fn read(&self, text: &str) -> Histories {
        file::read(text.as_bytes(), &self.programme.currency, self.programme.date_of(self.now)).unwrap()
    }

    pub async fn import(&self, text: &str) -> Summary {
        histories(self.context(), self.read(text), false, |_, _| ()).await.unwrap()
    }

    /// Nothing contradicts itself.
    pub async fn audit(&self) {
        let faults = self.database.snapshot().await.unwrap().audit(None).await.unwrap();
        assert_eq!(faults, []);
    }

    pub async fn history(&self, source_ref: &str) -> Vec<Purchase> {
        let mut reader = self.database.snapshot().await.unwrap();
        let id = reader.member_by_source(source_ref).await.unwrap().expect(source_ref);
        reader.history(id).await.unwrap()
    }

    /// Everything an import decides, of every customer: what does not depend on how often or in how many parts it ran.
    pub async fn state(&self, text: &str) -> Vec<String> {
        let mut reader = self.database.snapshot().await.unwrap();
        let mut state = Vec::new();
        for customer in self.read(text).customers {
            let Some(id) = reader.member_by_source(&customer.source_ref).await.unwrap() else { continue };
            let overview = reader.overview(id, self.now).await.unwrap().unwrap();
            state.push(format!("{} since {}: {:?}", customer.source_ref, overview.member.joined_on, overview.balances));
            let lots = overview.lots.iter().map(|lot| &lot.state);
            let mut lots: Vec<_> = lots.map(|lot| (lot.earned_on, lot.points, lot.expires_on)).collect();
            // Those of one day stand in the order of their identifiers, which an import draws.
            lots.sort();
            state.extend(lots.iter().map(|lot| format!("  lot {lot:?}")));
            for purchase in reader.history(id).await.unwrap() {
                let Purchase { receipt_no, on, paid, items, points, posts_on, expires_on, posted_at, .. } = purchase;
                let posted = posted_at.is_some();
                state.push(format!("  {receipt_no} {on} {paid} {items:?} {points} {posts_on} {expires_on:?} {posted}"));
            }
        }
        state
    }
}

/// Tells the first difference instead of thousands of lines.
#[track_caller]
pub fn same(found: &[String], expected: &[String]) {
    for (found, expected) in found.iter().zip(expected) {
        assert_eq!(found, expected);
    }
    assert_eq!(found.len(), expected.len());
}

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub fn csv(rows: &[&str]) -> String {
    let mut text = String::from("customer,purchased_on,items,amount\n");
    for row in rows {
        text.push_str(row);
        text.push('\n');
    }
    text
}
