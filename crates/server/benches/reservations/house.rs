//! A brand with the demo's counters and gifts, plenty of both, and members with points and a session.

use std::collections::HashMap;

use chrono::{DateTime, Days, Utc};
use loyalty::Programme;
use server::ambient::SystemEntropy;
use server::clock::Clock;
use server::demo::{counters, gifts};
use server::entropy;
use server::import::Context;
use sha2::{Digest, Sha256};
use storage::{Database, ImportedMember, NewMember, NewPurchase, Preferences};
use uuid::Uuid;

const POINTS: i64 = 100_000;
const UNITS: i64 = 1_000_000;
/// Everybody wants these: few enough that some meet at one place.
const PLACES: usize = 64;

pub struct Member {
    pub id: Uuid,
    /// Her one lot.
    pub lot: Uuid,
    pub token: String,
}

/// A unit's place.
#[derive(Clone, Copy)]
pub struct Place {
    pub gift: Uuid,
    pub variant: Uuid,
    pub counter: Uuid,
    pub points: i64,
}

pub struct House {
    pub members: Vec<Member>,
    pub places: Vec<Place>,
    pub now: DateTime<Utc>,
}

impl House {
    pub async fn build(url: &str, count: usize) -> Self {
        let database = Database::open(url).await.unwrap();
        database.migrate().await.unwrap();
        let programme = Programme::parse(include_str!("../../../../programme.toml")).unwrap();
        let now = server::ambient::SystemClock.now();
        let context = Context { database: &database, programme: &programme, entropy: &SystemEntropy, now };
        let mut tx = database.begin().await.unwrap();
        let counters = counters::all(context).unwrap();
        for (_, counter) in &counters {
            tx.put_counter(counter).await.unwrap();
        }
        let counters: HashMap<String, Uuid> = counters.into_iter().map(|(key, counter)| (key, counter.id)).collect();
        let (gifts, units) = gifts::all(context, &counters).unwrap();
        for gift in &gifts {
            tx.put_gift(gift).await.unwrap();
        }
        let mut places = Vec::new();
        for unit in units {
            let gift = gifts.iter().find(|gift| gift.variant(unit.variant).is_some()).unwrap();
            if gift.min_tier.is_none() && gift.per_member.is_none() && places.len() < PLACES {
                tx.count_stock(unit.counter, unit.variant, UNITS, "bench", now).await.unwrap();
                places.push(Place { gift: gift.id, variant: unit.variant, counter: unit.counter, points: gift.points });
            }
        }
        let members = (0..count).map(|number| member(number, &programme, now)).collect::<Vec<_>>();
        for batch in members.chunks(100) {
            let imported: Vec<ImportedMember> = batch.iter().map(|(imported, _)| imported.clone()).collect();
            tx.import_members(&imported, programme.date_of(now), now).await.unwrap();
        }
        for (imported, member) in &members {
            let hash: String = Sha256::digest(&member.token).iter().map(|byte| format!("{byte:02x}")).collect();
            tx.open_session(&hash, &imported.member.phone, None, now, now + Days::new(30)).await.unwrap();
        }
        tx.commit().await.unwrap();
        database.close().await;
        Self { members: members.into_iter().map(|(_, member)| member).collect(), places, now }
    }

    /// Nothing that was measured left the books wrong.
    pub async fn agrees(&self, url: &str) {
        let database = Database::open(url).await.unwrap();
        assert_eq!(database.snapshot().await.unwrap().audit(None).await.unwrap(), []);
        database.close().await;
    }
}

fn member(number: usize, programme: &Programme, now: DateTime<Utc>) -> (ImportedMember, Member) {
    let (id, lot) = (entropy::id(&SystemEntropy, now).unwrap(), entropy::id(&SystemEntropy, now).unwrap());
    let on = programme.date_of(now) - Days::new(30);
    let new = NewMember {
        id,
        name: "林听雨".to_owned(),
        phone: format!("+86138{number:08}"),
        card_number: format!("{number:012}"),
        joined_on: on,
        birthday: None,
        skin_type: None,
        source_ref: Some(number.to_string()),
        preferences: silent(),
        consents: Vec::new(),
    };
    let purchase = NewPurchase {
        id: lot,
        receipt_no: format!("bench-{number}"),
        at: now - Days::new(30),
        on,
        paid: POINTS * 100,
        items: None,
        lines: None,
        points: POINTS,
        posts_on: on + Days::new(7),
        expires_on: Some(on + Days::new(700)),
    };
    (ImportedMember { member: new, purchases: vec![purchase] }, Member { id, lot, token: format!("bench-{number}") })
}

fn silent() -> Preferences {
    Preferences {
        language: "zh-CN".to_owned(),
        sms: false,
        email: false,
        wechat: false,
        gifts: false,
        campaigns: false,
        surveys: false,
        quiet_hours: None,
    }
}
