//! Counters with gifts, and short words for what happens at them. Also used by the races.
#![allow(dead_code, reason = "each test binary uses its part")]

use chrono::{DateTime, Utc};
use loyalty::Programme;
use loyalty::reservation::{Refusal, State};
use storage::{
    Acted, Actor, Clerk, Counter, CounterText, Database, Gift, GiftText, NewReservation, Reservation, Reserving, Stock,
    Variant, VariantText,
};
use uuid::Uuid;

use crate::support::World;

/// One write transaction around one call.
macro_rules! write {
    ($db:expr, |$tx:ident| $call:expr) => {{
        let mut $tx = $db.begin().await.unwrap();
        let done = $call.await.unwrap();
        $tx.commit().await.unwrap();
        done
    }};
}
pub(crate) use write;

/// Three counters, a gift of 40 points in three variants, and one of 10 points in one.
pub struct Shop {
    pub programme: Programme,
    pub counters: Vec<Uuid>,
    pub gift: Gift,
    pub other: Gift,
}

pub const CLERK: Clerk<'static> = Clerk { name: "小周", counter: None };

/// A keyed hash as far as the tests go: different for every reservation and number.
pub fn code_hash(id: Uuid) -> impl Fn(i64) -> String + Sync {
    move |number| format!("{id}/{number}")
}

pub fn gift(world: &World, name: &str, points: i64, variants: usize) -> Gift {
    let variant = |index: usize| {
        let id = world.id();
        Variant {
            id,
            barcode: format!("{:013}", id.as_u128() % 1_000_000_000),
            colour: ["blue", "amber", "green"][index % 3].to_owned(),
            skin_types: if index == 0 { Vec::new() } else { vec!["oily".to_owned(), "combination".to_owned()] },
            texts: ["en", "zh-CN"]
                .map(|language| VariantText {
                    language: language.to_owned(),
                    label: format!("{name} {index} {language}"),
                })
                .to_vec(),
        }
    };
    Gift {
        id: world.id(),
        points,
        min_tier: None,
        picture: format!("/gifts/{points}.svg"),
        per_member: None,
        variants: (0..variants).map(variant).collect(),
        texts: ["en", "zh-CN"]
            .map(|language| GiftText {
                language: language.to_owned(),
                name: format!("{name} {language}"),
                description: format!("{name}, {language}"),
            })
            .to_vec(),
    }
}

pub fn counter(world: &World, name: &str) -> Counter {
    let text = |language: &str| CounterText {
        language: language.to_owned(),
        name: format!("{name} {language}"),
        city: "上海".to_owned(),
        address: name.to_owned(),
    };
    Counter {
        id: world.id(),
        hours: "10:00–22:00".to_owned(),
        lat: 31.2,
        lng: 121.4,
        texts: vec![text("en"), text("zh-CN")],
    }
}

impl Shop {
    pub async fn open(world: &World) -> Self {
        let programme = Programme::parse(include_str!("../../../../programme.toml")).unwrap();
        let counters: Vec<Counter> = (1..=3).map(|number| counter(world, &format!("counter {number}"))).collect();
        let shop = Self {
            programme,
            counters: counters.iter().map(|counter| counter.id).collect(),
            gift: gift(world, "serum", 40, 3),
            other: gift(world, "balm", 10, 1),
        };
        let mut tx = world.db.begin().await.unwrap();
        for counter in &counters {
            tx.put_counter(counter).await.unwrap();
        }
        for gift in [&shop.gift, &shop.other] {
            tx.put_gift(gift).await.unwrap();
        }
        tx.commit().await.unwrap();
        shop
    }

    /// A member with 100 points in two lots, of which the one of 40 expires first: on 1 and 2 February 2028.
    pub async fn member(&self, world: &World, number: u32) -> Uuid {
        let member = world.member(number).await;
        world.buy(member, &format!("{number}-A"), "2026-02-02", 60).await;
        world.buy(member, &format!("{number}-B"), "2026-02-01", 40).await;
        world.post("2026-03-01").await;
        member
    }

    /// The gift's variant with this number.
    pub fn variant(&self, index: usize) -> Uuid {
        self.gift.variants[index].id
    }

    pub async fn count(&self, db: &Database, counter: usize, variant: usize, on_hand: i64, now: DateTime<Utc>) {
        let (counter, variant) = (self.counters[counter], self.variant(variant));
        write!(db, |tx| tx.count_stock(counter, variant, on_hand, "小周", now)).unwrap();
    }

    pub async fn stock(&self, db: &Database, counter: usize, variant: usize, now: DateTime<Utc>) -> Stock {
        let mut reader = db.read().await.unwrap();
        reader.stock_line(self.counters[counter], self.variant(variant), now).await.unwrap().unwrap()
    }

    /// On hand and free.
    pub async fn units(&self, db: &Database, counter: usize, variant: usize, now: DateTime<Utc>) -> (i64, i64) {
        let stock = self.stock(db, counter, variant, now).await;
        (stock.on_hand, stock.free())
    }

    pub async fn reserve(
        &self,
        world: &World,
        member: Uuid,
        (counter, variant): (usize, usize),
        now: DateTime<Utc>,
    ) -> Reserving {
        let (counter, variant) = (self.counters[counter], self.variant(variant));
        let new = NewReservation { id: world.id(), variant, counter, by: Actor::Member };
        write!(world.db, |tx| tx.reserve(member, &new, &self.programme, now))
    }

    pub async fn held(&self, world: &World, member: Uuid, at: (usize, usize), now: DateTime<Utc>) -> Reservation {
        match self.reserve(world, member, at, now).await {
            Reserving::Reserved { reservation, .. } => reservation,
            other => panic!("{other:?}"),
        }
    }

    pub async fn ready(&self, db: &Database, of: &Reservation, now: DateTime<Utc>) -> Acted {
        let hash = code_hash(of.id);
        write!(db, |tx| tx.make_ready(of.member, of.id, CLERK, of.variant, &hash, &self.programme, now))
    }

    pub async fn collect(&self, db: &Database, of: &Reservation, now: DateTime<Utc>) -> Acted {
        write!(db, |tx| tx.collect(of.member, of.id, CLERK, of.variant, &self.programme, now))
    }

    pub async fn cancel(&self, db: &Database, of: &Reservation, now: DateTime<Utc>) -> Acted {
        write!(db, |tx| tx.cancel(of.member, of.id, &self.programme, now))
    }

    pub async fn fail(&self, db: &Database, of: &Reservation, now: DateTime<Utc>) -> Acted {
        write!(db, |tx| tx.fail(of.member, of.id, CLERK, "碎了", &self.programme, now))
    }

    pub async fn expire(&self, db: &Database, of: &Reservation, now: DateTime<Utc>) -> Acted {
        write!(db, |tx| tx.expire(of.member, of.id, &self.programme, now))
    }

    pub async fn note_late(&self, db: &Database, of: &Reservation, now: DateTime<Utc>) -> Acted {
        write!(db, |tx| tx.note_late(of.member, of.id, &self.programme, now))
    }

    pub async fn extend(&self, db: &Database, of: &Reservation, now: DateTime<Utc>) -> Acted {
        write!(db, |tx| tx.extend(of.member, of.id, &self.programme, now))
    }

    pub async fn move_to(&self, db: &Database, of: &Reservation, counter: usize, now: DateTime<Utc>) -> Acted {
        write!(db, |tx| tx.move_to(of.member, of.id, self.counters[counter], &self.programme, now))
    }

    pub async fn offer(&self, db: &Database, of: &Reservation, variant: usize, now: DateTime<Utc>) -> Acted {
        write!(db, |tx| tx.offer_exchange(of.member, of.id, CLERK, self.variant(variant), &self.programme, now))
    }

    pub async fn answer(&self, db: &Database, of: &Reservation, take: bool, now: DateTime<Utc>) -> Acted {
        write!(db, |tx| tx.answer_exchange(of.member, of.id, take, None, &self.programme, now))
    }
}

#[track_caller]
pub fn done(acted: Acted) -> Reservation {
    match acted {
        Acted::Done(reservation) => reservation,
        other => panic!("{other:?}"),
    }
}

#[track_caller]
pub fn refused(acted: Acted) -> Refusal {
    match acted {
        Acted::Refused(refusal, _) => refusal,
        other => panic!("{other:?}"),
    }
}

/// It ended before, like this.
#[track_caller]
pub fn over(acted: Acted, state: State) {
    assert_eq!(refused(acted), Refusal::State(state));
}
