//! Random lives of three members, two counters and two gifts on a real database, beside an oracle.

use chrono::{Days, TimeDelta};
use loyalty::Programme;
use loyalty::reservation::State;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use storage::{Acted, Actor, Engine, NewPurchase, NewRefund, NewReservation, Recorded, Reservation, Reserving};
use uuid::Uuid;

use crate::operations::{LENGTH, Operation, beginnings, operation};
use crate::oracle::{Answer, Gift, Oracle, Purchase, Reserved, Stage, Try};
use crate::shop::{CLERK, code_hash, counter, gift, write};
use crate::support::{World, at};

/// What the oracle's numbers stand for in the database.
struct Case<'w> {
    world: &'w World,
    programme: &'w Programme,
    oracle: Oracle,
    members: Vec<Uuid>,
    counters: Vec<Uuid>,
    variants: Vec<Uuid>,
    receipts: Vec<String>,
    reservations: Vec<(usize, Uuid)>,
}

impl<'w> Case<'w> {
    async fn open(world: &'w World, programme: &'w Programme, case: u32) -> Self {
        let members =
            vec![world.member(case * 3).await, world.member(case * 3 + 1).await, world.member(case * 3 + 2).await];
        let counters = [counter(world, "one"), counter(world, "two")];
        let mut gifts = [gift(world, "serum", 30, 2), gift(world, "balm", 12, 1)];
        gifts[1].per_member = Some(3);
        let mut tx = world.db.begin().await.unwrap();
        for counter in &counters {
            tx.put_counter(counter).await.unwrap();
        }
        for gift in &gifts {
            tx.put_gift(gift).await.unwrap();
        }
        tx.commit().await.unwrap();
        let oracle = Oracle {
            now: at("2026-01-01"),
            gifts: vec![
                Gift { cost: 30, most: None, variants: vec![0, 1] },
                Gift { cost: 12, most: Some(3), variants: vec![2] },
            ],
            on_hand: vec![vec![0; 3]; 2],
            lots: Vec::new(),
            purchases: Vec::new(),
            bookings: Vec::new(),
            owed: Vec::new(),
        };
        Self {
            world,
            programme,
            oracle,
            members,
            counters: counters.iter().map(|counter| counter.id).collect(),
            variants: gifts.iter().flat_map(|gift| &gift.variants).map(|variant| variant.id).collect(),
            receipts: Vec::new(),
            reservations: Vec::new(),
        }
    }

    async fn go(&mut self, case: u32, step: usize, operation: &Operation) {
        let (db, now, today) = (&self.world.db, self.oracle.now, self.oracle.today());
        match *operation {
            Operation::Buy { member, points, late, expires_in } => {
                let on = today - Days::new(late);
                let expires_on = expires_in.map(|days| on + Days::new(days));
                let new = NewPurchase {
                    id: self.world.id(),
                    receipt_no: format!("{case}-{step}"),
                    at: now,
                    on,
                    paid: points * 100 + 50,
                    items: None,
                    lines: None,
                    points,
                    posts_on: on + Days::new(7),
                    expires_on,
                };
                assert!(matches!(self.world.record(self.members[member], &new).await.unwrap(), Recorded::New(_)));
                self.oracle.purchases.push(Purchase {
                    member,
                    id: new.id,
                    on,
                    expires: expires_on,
                    paid: new.paid,
                    points,
                    refunded: 0,
                    asked: 0,
                    posted: false,
                });
                self.receipts.push(new.receipt_no);
            }
            Operation::Refund { purchase, percent } if !self.receipts.is_empty() => {
                let index = purchase % self.receipts.len();
                let amount = self.oracle.purchases[index].paid * percent / 100;
                let new = NewRefund {
                    id: self.world.id(),
                    receipt_no: self.receipts[index].clone(),
                    refund_no: format!("R{case}-{step}"),
                    amount,
                    at: now,
                    on: today,
                };
                let mut tx = db.begin().await.unwrap();
                match (tx.record_refund(&new).await, self.oracle.refund(index, amount)) {
                    (Ok(Some(Recorded::New(refund))), Some(expected)) => {
                        assert_eq!((refund.reversed, refund.waived), expected);
                        tx.commit().await.unwrap();
                    }
                    (Err(storage::Error::Refused(_)), None) => tx.roll_back().await.unwrap(),
                    (found, expected) => panic!("{found:?} instead of {expected:?}"),
                }
            }
            Operation::Reserve { member, variant, counter } => {
                let id = self.world.id();
                let place = (self.variants[variant], self.counters[counter]);
                let new = NewReservation { id, variant: place.0, counter: place.1, by: Actor::Member };
                let found = match write!(db, |tx| tx.reserve(self.members[member], &new, self.programme, now)) {
                    Reserving::Reserved { .. } => Reserved::Yes,
                    Reserving::OutOfStock => Reserved::OutOfStock,
                    Reserving::InsufficientPoints { missing } => Reserved::Missing(missing),
                    Reserving::GiftLimit => Reserved::GiftLimit,
                    Reserving::OpenLimit => Reserved::OpenLimit,
                    Reserving::NotFound => panic!("nothing there"),
                };
                let gift = usize::from(variant == 2);
                assert_eq!(found, self.oracle.reserve(member, gift, variant, counter));
                if found == Reserved::Yes {
                    self.reservations.push((member, id));
                }
            }
            Operation::Attempt { back, what, wise } if !self.reservations.is_empty() => {
                let index = self.reservations.len() - 1 - back % self.reservations.len();
                let what = wise.map_or(what, |choice| self.likely(index, choice));
                self.attempt(index, what).await;
            }
            Operation::Count { counter, variant, on_hand } => {
                let (there, of) = (self.counters[counter], self.variants[variant]);
                let counted = write!(db, |tx| tx.count_stock(there, of, on_hand, "小周", now)).unwrap();
                assert_eq!(counted.before, self.oracle.on_hand[counter][variant]);
                self.oracle.on_hand[counter][variant] = on_hand;
            }
            Operation::Receive { counter, variant, quantity } => {
                let (there, of) = (self.counters[counter], self.variants[variant]);
                write!(db, |tx| tx.receive_stock(there, of, quantity, "小周", now)).unwrap();
                self.oracle.on_hand[counter][variant] += quantity;
            }
            Operation::Pass { minutes } => {
                self.oracle.now += TimeDelta::minutes(minutes);
                let (now, today) = (self.oracle.now, self.oracle.today());
                for member in &self.members {
                    write!(db, |tx| tx.post_member(*member, today, now));
                }
                self.oracle.post();
            }
            Operation::Sweep => {
                let due = db.read().await.unwrap().overdue_holds(now, None, 100).await.unwrap();
                for index in 0..self.reservations.len() {
                    if due.iter().any(|due| due.id == self.reservations[index].1) {
                        self.attempt(index, Try::Expire).await;
                        assert_eq!(self.oracle.bookings[index].stage, Stage::Expired);
                    }
                }
            }
            Operation::Refund { .. } | Operation::Attempt { .. } => {}
        }
    }

    /// What usually happens to a reservation that has come so far; of twelve choices.
    fn likely(&self, index: usize, choice: usize) -> Try {
        let booking = &self.oracle.bookings[index];
        let other = Try::Offer { variant: 1 - booking.variant.min(1) };
        let right = Try::Collect { right: true };
        match (booking.stage(self.oracle.now), booking.offer.is_some(), choice) {
            (Stage::Ready | Stage::Collected, true, 0..=7) => Try::Answer { take: choice < 5 },
            (Stage::Held, _, 0..=5) => Try::Ready { right: true },
            (Stage::Ready, _, 0..=3) => right,
            (Stage::Ready | Stage::Collected, _, 4..=7) => other,
            (Stage::Held, _, 6..=7) => Try::NoteLate,
            (Stage::Held | Stage::Ready, _, 8..=9) => Try::Move { counter: 1 - booking.counter },
            (Stage::Held | Stage::Ready, _, 10) => Try::Extend,
            (Stage::Expired, ..) => Try::Expire,
            _ => Try::Cancel,
        }
    }

    async fn attempt(&mut self, index: usize, what: Try) {
        let (db, programme, now) = (&self.world.db, self.programme, self.oracle.now);
        let (member, id) = (self.members[self.reservations[index].0], self.reservations[index].1);
        let scanned = |right: bool| {
            let reserved = self.oracle.bookings[index].variant;
            self.variants[if right { reserved } else { (reserved + 1) % 3 }]
        };
        let acted = match what {
            Try::Ready { right } => {
                let (scanned, hash) = (scanned(right), code_hash(id));
                write!(db, |tx| tx.make_ready(member, id, CLERK, scanned, &hash, programme, now))
            }
            Try::Collect { right } => {
                let scanned = scanned(right);
                write!(db, |tx| tx.collect(member, id, CLERK, scanned, programme, now))
            }
            Try::Cancel => write!(db, |tx| tx.cancel(member, id, programme, now)),
            Try::Fail => write!(db, |tx| tx.fail(member, id, CLERK, "碎了", programme, now)),
            Try::Extend => write!(db, |tx| tx.extend(member, id, programme, now)),
            Try::Move { counter } => {
                write!(db, |tx| tx.move_to(member, id, self.counters[counter], programme, now))
            }
            Try::Offer { variant } => {
                write!(db, |tx| tx.offer_exchange(member, id, CLERK, self.variants[variant], programme, now))
            }
            Try::Answer { take } => write!(db, |tx| tx.answer_exchange(member, id, take, None, programme, now)),
            Try::Expire => write!(db, |tx| tx.expire(member, id, programme, now)),
            Try::NoteLate => write!(db, |tx| tx.note_late(member, id, programme, now)),
        };
        let found = match &acted {
            Acted::Done(_) => Answer::Done,
            Acted::Refused(..) => Answer::Refused,
            Acted::OutOfStock => Answer::OutOfStock,
            Acted::WrongUnit(_) => Answer::WrongUnit,
            Acted::NotFound => panic!("nothing there"),
        };
        let before = self.oracle.bookings[index].clone();
        assert_eq!(found, self.oracle.attempt(index, what), "{what:?} of {before:?} at {now}: {acted:?}");
        if let Acted::Done(reservation) = acted {
            self.same(index, &reservation);
        }
    }

    fn same(&self, index: usize, found: &Reservation) {
        let expected = &self.oracle.bookings[index];
        let stage = match found.progress.state {
            State::Held => Stage::Held,
            State::Ready => Stage::Ready,
            State::Collected => Stage::Collected,
            State::Cancelled => Stage::Cancelled,
            State::Expired => Stage::Expired,
            State::Failed => Stage::Failed,
        };
        assert_eq!(stage, expected.stage);
        assert_eq!((found.progress.ready_by, found.progress.hold_until), (expected.ready_by, expected.hold_until));
        assert_eq!(found.variant, self.variants[expected.variant]);
        assert_eq!(found.counter, self.counters[expected.counter]);
        let offer = found.offer.as_ref().map(|offer| (offer.variant, offer.until));
        assert_eq!(offer, expected.offer.map(|(variant, until)| (self.variants[variant], until)));
        assert_eq!(found.progress.is_late(self.oracle.now), expected.is_late(self.oracle.now));
    }

    async fn check_balances(&self) {
        let mut reader = self.world.db.read().await.unwrap();
        for (index, member) in self.members.iter().enumerate() {
            let balances = reader.overview(*member, self.oracle.now).await.unwrap().unwrap().balances;
            let found = (balances.available, balances.held, balances.pending);
            assert_eq!(found, self.oracle.balances(index), "member {index}");
        }
    }

    async fn check_all(&self) {
        self.check_balances().await;
        let mut reader = self.world.db.snapshot().await.unwrap();
        for (index, (member, id)) in self.reservations.iter().enumerate() {
            let found = reader.reservation(self.members[*member], *id).await.unwrap().unwrap();
            self.same(index, &found);
        }
        for (counter, units) in self.oracle.on_hand.iter().enumerate() {
            for found in reader.stock_at(self.counters[counter], self.oracle.now).await.unwrap() {
                let variant = self.variants.iter().position(|id| *id == found.variant).unwrap();
                assert_eq!(found.on_hand, units[variant]);
                assert_eq!(found.held, self.oracle.held(counter, variant));
                assert_eq!(found.free(), self.oracle.free(counter, variant));
            }
        }
        for (index, member) in self.members.iter().enumerate() {
            let mut found: Vec<_> = reader.lots(*member, at("2020-01-01")).await.unwrap();
            found.sort_by_key(|lot| lot.state.id);
            let found: Vec<_> = found.iter().map(|lot| lot.state).collect();
            let found: Vec<_> = found.iter().map(|lot| (lot.id, lot.expires_on, lot.points, lot.held)).collect();
            let hers = self.oracle.lots.iter().filter(|lot| lot.member == index && lot.left > 0);
            let mut expected: Vec<_> = hers.map(|lot| (lot.id, lot.expires, lot.left, lot.held)).collect();
            expected.sort();
            assert_eq!(found, expected);
            assert_eq!(reader.audit(Some(*member)).await.unwrap(), []);
        }
    }
}

/// So many cases of up to two hundred operations, the same every time; more of them by SHOUYUE_CASES.
pub async fn agree(engine: Engine, cases: u32) {
    let (world, _) = crate::world(engine).await;
    let programme = Programme::parse(include_str!("../../../../programme.toml")).unwrap();
    let cases = std::env::var("SHOUYUE_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(cases);
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[11; 32]);
    let config = Config { cases, failure_persistence: None, max_shrink_iters: 2_000, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, rng);
    let handle = tokio::runtime::Handle::current();
    let (case, done) = (std::cell::Cell::new(0), std::cell::Cell::new(0));
    let begun = std::time::Instant::now();
    let result = tokio::task::block_in_place(|| {
        runner.run(&prop::collection::vec(operation(), LENGTH / 2..LENGTH), |operations| {
            case.set(case.get() + 1);
            done.set(done.get() + operations.len());
            handle.block_on(async {
                let mut lives = Case::open(&world, &programme, case.get()).await;
                for (step, operation) in beginnings().iter().enumerate() {
                    lives.go(case.get(), LENGTH + step, operation).await;
                }
                for (step, operation) in operations.iter().enumerate() {
                    lives.go(case.get(), step, operation).await;
                    match step % 50 {
                        49 => lives.check_all().await,
                        _ if step % 5 == 0 => lives.check_balances().await,
                        _ => {}
                    }
                }
                lives.check_all().await;
            });
            Ok(())
        })
    });
    result.unwrap();
    eprintln!("{engine:?}: {} operations in {:?}", done.get(), begun.elapsed());
    assert_eq!(world.faults().await, []);
}
