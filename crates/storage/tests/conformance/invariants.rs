//! Random operations on a real database beside an oracle that knows nothing of lots' rows or statements.

use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use storage::{NewPurchase, NewRefund, Recorded};
use uuid::Uuid;

use crate::shop::{Shop, done};
use crate::support::{World, at, day, post};

#[derive(Clone, Debug)]
enum Operation {
    Buy {
        member: usize,
        paid: i64,
        points: i64,
        late: u64,
        expires_in: u64,
    },
    /// Of the purchase with this number, modulo how many there are; in hundredths of what was paid.
    Refund {
        purchase: usize,
        percent: i64,
    },
    Repeat {
        purchase: usize,
    },
    Pass {
        days: u64,
    },
}

fn operation() -> impl Strategy<Value = Operation> {
    prop_oneof![
        4 => (0..3_usize, 0..50_000_i64, 0..600_i64, 0..10_u64, 1..60_u64).prop_map(
            |(member, paid, points, late, expires_in)| Operation::Buy { member, paid, points, late, expires_in }
        ),
        3 => (any::<usize>(), -5..130_i64).prop_map(|(purchase, percent)| Operation::Refund { purchase, percent }),
        1 => any::<usize>().prop_map(|purchase| Operation::Repeat { purchase }),
        3 => (0..12_u64).prop_map(|days| Operation::Pass { days }),
    ]
}

struct OraclePurchase {
    member: usize,
    new: NewPurchase,
    refunded: i64,
    asked: i64,
    /// What is left in its lot, once posted.
    lot: Option<i64>,
}

/// What should be, in a hundred lines of another making.
struct Oracle {
    members: Vec<Uuid>,
    purchases: Vec<OraclePurchase>,
    today: NaiveDate,
}

impl Oracle {
    fn post(&mut self) {
        for purchase in &mut self.purchases {
            if purchase.lot.is_none() && purchase.new.posts_on <= self.today {
                purchase.lot = Some(purchase.new.points - purchase.asked);
            }
        }
    }

    /// Reversed and waived; `None` if it is refused.
    fn refund(&mut self, index: usize, amount: i64) -> Option<(i64, i64)> {
        let purchase = &mut self.purchases[index];
        if amount <= 0 || purchase.refunded + amount > purchase.new.paid {
            return None;
        }
        purchase.refunded += amount;
        let kept = purchase.new.points * (purchase.new.paid - purchase.refunded) / purchase.new.paid;
        let asked = purchase.new.points - purchase.asked - kept;
        purchase.asked += asked;
        if purchase.lot.is_none() {
            return Some((asked, 0));
        }
        let member = purchase.member;
        let mut order: Vec<usize> = (0..self.purchases.len()).filter(|i| self.purchases[*i].member == member).collect();
        order.sort_by_key(|i| {
            let new = &self.purchases[*i].new;
            (*i != index, new.expires_on, new.on, new.id)
        });
        let mut missing = asked;
        for i in order {
            if let Some(left) = &mut self.purchases[i].lot {
                let taken = missing.min(*left);
                *left -= taken;
                missing -= taken;
            }
        }
        Some((asked - missing, missing))
    }

    /// Available and pending.
    fn balances(&self, member: usize) -> (i64, i64) {
        let hers = || self.purchases.iter().filter(|purchase| purchase.member == member);
        let pending = hers().filter(|p| p.lot.is_none()).map(|p| p.new.points - p.asked).sum();
        (hers().filter_map(|p| p.lot).sum(), pending)
    }
}

async fn run(world: &World, round: u32, operations: Vec<Operation>) {
    let mut oracle = Oracle { members: Vec::new(), purchases: Vec::new(), today: day("2026-01-01") };
    for number in 0..3 {
        oracle.members.push(world.member(round * 3 + number).await);
    }
    for (step, operation) in operations.into_iter().enumerate() {
        let now = oracle.today.and_hms_opt(4, 0, 0).unwrap().and_utc();
        match operation {
            Operation::Buy { member, paid, points, late, expires_in } => {
                let on = oracle.today - Days::new(late);
                let new = NewPurchase {
                    id: world.id(),
                    receipt_no: format!("{round}-{step}"),
                    at: now,
                    on,
                    paid,
                    items: None,
                    lines: None,
                    points,
                    posts_on: on + Days::new(7),
                    expires_on: (expires_in % 5 > 0).then(|| on + Days::new(700 + expires_in)),
                };
                let recorded = world.record(oracle.members[member], &new).await.unwrap();
                assert!(matches!(recorded, Recorded::New(_)));
                oracle.purchases.push(OraclePurchase { member, new, refunded: 0, asked: 0, lot: None });
            }
            Operation::Refund { purchase, percent } if !oracle.purchases.is_empty() => {
                let index = purchase % oracle.purchases.len();
                let amount = oracle.purchases[index].new.paid * percent / 100;
                let new = NewRefund {
                    id: world.id(),
                    receipt_no: oracle.purchases[index].new.receipt_no.clone(),
                    refund_no: format!("R{round}-{step}"),
                    amount,
                    at: now,
                    on: oracle.today,
                };
                let mut tx = world.db.begin().await.unwrap();
                match (tx.record_refund(&new).await, oracle.refund(index, amount)) {
                    (Ok(Some(Recorded::New(refund))), Some(expected)) => {
                        assert_eq!((refund.reversed, refund.waived), expected);
                        tx.commit().await.unwrap();
                    }
                    (Err(storage::Error::Refused(_)), None) => tx.roll_back().await.unwrap(),
                    (found, expected) => panic!("{found:?} instead of {expected:?}"),
                }
            }
            Operation::Repeat { purchase } if !oracle.purchases.is_empty() => {
                let known = &oracle.purchases[purchase % oracle.purchases.len()];
                let again = NewPurchase { id: world.id(), ..known.new.clone() };
                let recorded = world.record(oracle.members[known.member], &again).await.unwrap();
                assert!(matches!(recorded, Recorded::Existing(found) if found.id == known.new.id));
            }
            Operation::Refund { .. } | Operation::Repeat { .. } => {}
            Operation::Pass { days } => {
                oracle.today = oracle.today + Days::new(days);
                let now = oracle.today.and_hms_opt(1, 0, 0).unwrap().and_utc();
                post(&world.db, oracle.today, now).await;
                oracle.post();
            }
        }
        for (index, member) in oracle.members.iter().enumerate() {
            let (available, held, pending) = world.balances(*member).await;
            assert_eq!(((available, pending), held), (oracle.balances(index), 0));
        }
    }
    for member in oracle.members {
        assert_eq!(world.db.snapshot().await.unwrap().audit(Some(member)).await.unwrap(), []);
    }
}

pub async fn random_operations_agree_with_an_oracle(world: World) {
    // The same cases every time: a failure is a failure for everybody. More of them by SHOUYUE_CASES.
    let cases = std::env::var("SHOUYUE_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(24);
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]);
    let config = Config { cases, failure_persistence: None, max_shrink_iters: 200, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, rng);
    let handle = tokio::runtime::Handle::current();
    let round = std::cell::Cell::new(0);
    let result = tokio::task::block_in_place(|| {
        runner.run(&prop::collection::vec(operation(), 1..40), |operations| {
            round.set(round.get() + 1);
            handle.block_on(run(&world, round.get(), operations));
            Ok(())
        })
    });
    result.unwrap();
    assert_eq!(world.faults().await, []);
}

pub async fn the_audit_notices(world: World) {
    let member = world.member(1).await;
    let other = world.member(2).await;
    let id = world.buy(member, "A", "2026-02-01", 100).await;
    world.post("2026-03-01").await;
    world.buy(member, "B", "2026-03-01", 100).await;
    assert_eq!(world.faults().await, []);
    for (sabotage, repair, faults) in [
        (
            "UPDATE members SET balance = 99 WHERE balance = 100",
            "UPDATE members SET balance = 100 WHERE balance = 99",
            2,
        ),
        ("UPDATE lots SET remaining = 99", "UPDATE lots SET remaining = 100", 1),
        ("UPDATE entries SET balance_after = 99", "UPDATE entries SET balance_after = 100", 1),
        (
            "UPDATE purchases SET posted_at = NULL WHERE receipt_no = 'A'",
            "UPDATE purchases SET posted_at = 1 WHERE receipt_no = 'A'",
            1,
        ),
        (
            "UPDATE purchases SET posted_at = 1 WHERE receipt_no = 'B'",
            "UPDATE purchases SET posted_at = NULL WHERE receipt_no = 'B'",
            1,
        ),
        ("UPDATE purchases SET refunded = 5 WHERE receipt_no = 'A'", "UPDATE purchases SET refunded = 0", 1),
        ("UPDATE receipts SET purchase_id = 'x' WHERE receipt_no = 'A'", "", 1),
    ] {
        storage::testing::run(&world.fresh, sabotage).await.unwrap();
        let found = world.faults().await;
        assert_eq!(found.len(), faults, "{sabotage}: {found:?}");
        assert!(found.iter().all(|fault| fault.member == member));
        let mut snapshot = world.db.snapshot().await.unwrap();
        assert_eq!(snapshot.audit(Some(member)).await.unwrap().len(), faults);
        assert_eq!(snapshot.audit(Some(other)).await.unwrap(), []);
        drop(snapshot);
        if !repair.is_empty() {
            storage::testing::run(&world.fresh, repair).await.unwrap();
            assert_eq!(world.faults().await, []);
        }
    }
    // The schema itself refuses what must never be.
    let overdrawn = format!("UPDATE lots SET held = 101 WHERE lot_id = '{id}'");
    assert!(storage::testing::run(&world.fresh, &overdrawn).await.is_err());
    assert!(storage::testing::run(&world.fresh, "UPDATE members SET balance = -1").await.is_err());
}

pub async fn the_audit_notices_what_is_wrong_with_holds(world: World) {
    let shop = Shop::open(&world).await;
    let (member, other, now) = (shop.member(&world, 1).await, shop.member(&world, 2).await, at("2026-03-02"));
    shop.count(&world.db, 0, 0, 9, now).await;
    let collected = shop.held(&world, member, (0, 0), now).await;
    shop.ready(&world.db, &collected, now).await;
    done(shop.collect(&world.db, &collected, now).await);
    let ready = shop.held(&world, member, (0, 0), now).await;
    done(shop.ready(&world.db, &ready, now).await);
    shop.held(&world, other, (0, 0), now).await;
    let (done, open) = (collected.id, ready.id);
    assert_eq!(world.faults().await, []);
    let hers = format!("WHERE member_id = '{member}'");
    for (sabotage, repair, what) in [
        (
            format!("UPDATE lots SET held = held + 1 {hers} AND held = 40"),
            format!("UPDATE lots SET held = held - 1 {hers} AND held = 41"),
            "held in a lot",
        ),
        (
            format!("UPDATE reservations SET points = 41 WHERE reservation_id = '{open}'"),
            format!("UPDATE reservations SET points = 40 WHERE reservation_id = '{open}'"),
            "do not sum to what it costs",
        ),
        (
            format!("UPDATE entries SET kind = 'adjusted' WHERE cause_id = '{done}'"),
            format!("UPDATE entries SET kind = 'spent' WHERE cause_id = '{done}'"),
            "has not spent",
        ),
        (
            format!("UPDATE entries SET cause_id = '{member}' WHERE cause_id = '{done}'"),
            format!("UPDATE entries SET cause_id = '{done}' WHERE cause_id = '{member}'"),
            "for no reservation",
        ),
        (
            format!("UPDATE pickups SET counter_id = '{}' WHERE reservation_id = '{open}'", shop.counters[1]),
            format!("UPDATE pickups SET counter_id = '{}' WHERE reservation_id = '{open}'", shop.counters[0]),
            "no pick-up code at its counter",
        ),
        (
            format!("UPDATE pickups SET reservation_id = '{done}' WHERE reservation_id = '{open}'"),
            format!("UPDATE pickups SET reservation_id = '{open}' WHERE reservation_id = '{done}'"),
            "that no reservation has",
        ),
        (
            format!(
                "UPDATE reservation_events SET what = 'held' WHERE what = 'collected' AND reservation_id = '{done}'"
            ),
            format!(
                "UPDATE reservation_events SET what = 'collected' WHERE sequence = 3 AND reservation_id = '{done}'"
            ),
            "the history",
        ),
    ] {
        storage::testing::run(&world.fresh, &sabotage).await.unwrap();
        let found = world.faults().await;
        assert!(found.iter().any(|fault| fault.what.contains(what)), "{sabotage}: {found:?}");
        assert!(found.iter().all(|fault| fault.member == member), "{sabotage}: {found:?}");
        storage::testing::run(&world.fresh, &repair).await.unwrap();
        assert_eq!(world.faults().await, [], "{repair}");
    }
    // The schema itself refuses what must never be.
    for sabotage in [
        format!("UPDATE reservations SET state = 'lost' WHERE reservation_id = '{open}'"),
        format!("UPDATE reservations SET state = 'cancelled' WHERE reservation_id = '{open}'"),
        format!("UPDATE reservations SET code_hash = NULL WHERE reservation_id = '{open}'"),
        format!("UPDATE reservations SET exchange_until = 1 WHERE reservation_id = '{open}'"),
        format!("UPDATE reservation_lots SET points = 0 WHERE reservation_id = '{open}'"),
        "UPDATE stock SET on_hand = -1".to_owned(),
        "UPDATE gifts SET points = 0".to_owned(),
    ] {
        assert!(storage::testing::run(&world.fresh, &sabotage).await.is_err(), "{sabotage}");
    }
    assert_eq!(world.faults().await, []);
}
