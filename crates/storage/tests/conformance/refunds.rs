use std::sync::Arc;

use loyalty::refund::RefundError;
use storage::{Conflict, Error, NewRefund, Recorded, Refund};

use crate::shop::{Shop, done};
use crate::support::{World, at, day};

fn new_refund(world: &World, receipt_no: &str, refund_no: &str, amount: i64, on: &str) -> NewRefund {
    NewRefund {
        id: world.id(),
        receipt_no: receipt_no.to_owned(),
        refund_no: refund_no.to_owned(),
        amount,
        at: at(on),
        on: day(on),
    }
}

async fn record(world: &World, new: &NewRefund) -> storage::Result<Option<Recorded<Refund>>> {
    let mut tx = world.db.begin().await?;
    let recorded = tx.record_refund(new).await?;
    tx.commit().await?;
    Ok(recorded)
}

/// What a refund took back and what it waived.
pub async fn refund(world: &World, receipt_no: &str, refund_no: &str, amount: i64, on: &str) -> (i64, i64) {
    match record(world, &new_refund(world, receipt_no, refund_no, amount, on)).await.unwrap() {
        Some(Recorded::New(refund)) => (refund.reversed, refund.waived),
        other => panic!("{other:?}"),
    }
}

pub async fn pending_points_shrink(world: World) {
    let member = world.member(1).await;
    world.buy(member, "A", "2026-02-01", 101).await;
    assert_eq!(refund(&world, "A", "R1", 5050, "2026-02-02").await, (51, 0));
    assert_eq!(world.balances(member).await, (0, 0, 50));
    let mut reader = world.db.snapshot().await.unwrap();
    let entries = reader.ledger(member, None, None, 10).await.unwrap();
    assert_eq!(entries.iter().map(|entry| entry.points).collect::<Vec<_>>(), [50]);
    drop(reader);
    world.post("2026-02-08").await;
    assert_eq!(world.balances(member).await, (50, 0, 0));
    world.buy(member, "B", "2026-02-08", 10).await;
    assert_eq!(refund(&world, "B", "R2", 1000, "2026-02-09").await, (10, 0));
    let mut reader = world.db.snapshot().await.unwrap();
    // Nothing is left of it to be pending.
    assert_eq!(reader.ledger(member, None, None, 10).await.unwrap().len(), 1);
    let refunds = reader.refunds(member).await.unwrap();
    assert_eq!(refunds.iter().map(|refund| refund.refund_no.as_str()).collect::<Vec<_>>(), ["R1", "R2"]);
    drop(reader);
    assert_eq!(world.post("2026-03-01").await.points, 0);
    assert_eq!(world.faults().await, []);
}

pub async fn posted_points_come_from_their_own_lot_first(world: World) {
    let member = world.member(1).await;
    world.buy(member, "A", "2026-02-01", 100).await;
    world.buy(member, "B", "2026-02-02", 100).await;
    world.post("2026-03-01").await;
    assert_eq!(refund(&world, "B", "R1", 4000, "2026-03-02").await, (40, 0));
    let mut reader = world.db.snapshot().await.unwrap();
    let lots = reader.lots(member, at("2026-06-01")).await.unwrap();
    assert_eq!(lots.iter().map(|lot| lot.state.points).collect::<Vec<_>>(), [100, 60]);
    let entries = reader.ledger(member, None, None, 1).await.unwrap();
    assert_eq!((entries[0].points, entries[0].balance_after, entries[0].on), (-40, Some(160), day("2026-03-02")));
    assert_eq!(entries[0].cause.label, "R1");
    let purchase = reader.purchase_by_receipt("B").await.unwrap().unwrap();
    assert_eq!((purchase.refunded, purchase.reversed), (4000, 40));
    drop(reader);
    assert_eq!(world.faults().await, []);
}

pub async fn what_is_spent_is_waived(world: World) {
    let shop = Shop::open(&world).await;
    let member = shop.member(&world, 1).await;
    let now = at("2026-03-02");
    shop.count(&world.db, 0, 0, 1, now).await;
    let held = shop.held(&world, member, (0, 0), now).await;
    done(shop.ready(&world.db, &held, now).await);
    done(shop.collect(&world.db, &held, now).await);
    assert_eq!(refund(&world, "1-A", "R1", 6000, "2026-03-02").await, (60, 0));
    assert_eq!(refund(&world, "1-B", "R2", 1000, "2026-03-02").await, (0, 10));
    world.buy(member, "C", "2026-03-02", 50).await;
    world.post("2026-04-01").await;
    // What was waived is not asked for again.
    assert_eq!(refund(&world, "1-B", "R3", 3000, "2026-04-02").await, (30, 0));
    assert_eq!(world.balances(member).await, (20, 0, 0));
    assert_eq!(world.faults().await, []);
}

pub async fn what_is_held_is_taken_when_the_hold_ends(world: World) {
    let shop = Shop::open(&world).await;
    let now = at("2026-03-02");
    shop.count(&world.db, 0, 0, 2, now).await;
    for (number, collects) in [(1, false), (2, true)] {
        let member = shop.member(&world, number).await;
        let held = shop.held(&world, member, (0, 0), now).await;
        let refund = async |receipt: &str, name: &str, amount| {
            refund(&world, &format!("{number}-{receipt}"), &format!("{name}{number}"), amount, "2026-03-02").await
        };
        // Her hold stands: a refund breaks no promise.
        assert_eq!(refund("A", "R", 6000).await, (60, 0));
        assert_eq!(refund("B", "S", 1000).await, (0, 10));
        assert_eq!(refund("B", "T", 3000).await, (0, 30));
        assert_eq!(world.balances_at(member, now).await, (0, 40, 0));
        assert_eq!(world.faults().await, []);
        if collects {
            done(shop.ready(&world.db, &held, now).await);
            done(shop.collect(&world.db, &held, now).await);
        } else {
            done(shop.cancel(&world.db, &held, now).await);
        }
        assert_eq!(world.balances(member).await, (0, 0, 0));
        let mut reader = world.db.read().await.unwrap();
        let refunds = reader.refunds(member).await.unwrap();
        let of = |name: &str| {
            let refund = refunds.iter().find(|refund| refund.refund_no == format!("{name}{number}")).unwrap();
            (refund.reversed, refund.waived)
        };
        let expected = if collects { ((0, 10), (0, 30)) } else { ((10, 0), (30, 0)) };
        assert_eq!((of("S"), of("T")), expected);
        assert_eq!(world.faults().await, []);
    }
    // What was let go with the gift is not taken from what she earns later.
    let second = world.db.read().await.unwrap().member_by_phone("+8613800000002").await.unwrap().unwrap();
    world.buy(second, "later", "2026-03-02", 90).await;
    world.post("2026-04-01").await;
    let held = shop.held(&world, second, (0, 0), at("2026-04-02")).await;
    done(shop.cancel(&world.db, &held, at("2026-04-02")).await);
    assert_eq!(world.balances(second).await, (90, 0, 0));
}

pub async fn a_repeat_is_recognised(world: World) {
    let member = world.member(1).await;
    world.buy(member, "A", "2026-02-01", 100).await;
    world.buy(member, "B", "2026-02-01", 100).await;
    let new = new_refund(&world, "A", "R1", 1000, "2026-02-02");
    let Some(Recorded::New(first)) = record(&world, &new).await.unwrap() else { panic!("not new") };
    let again = NewRefund { id: world.id(), ..new.clone() };
    assert_eq!(record(&world, &again).await.unwrap(), Some(Recorded::Existing(first.clone())));
    assert_eq!(world.db.read().await.unwrap().refund_by_number("R1").await.unwrap(), Some(first));
    let cases = [
        NewRefund { amount: 1001, ..new.clone() },
        NewRefund { receipt_no: "B".to_owned(), ..new.clone() },
        NewRefund { at: at("2026-02-03"), ..new.clone() },
    ];
    for other in &cases {
        let error = record(&world, other).await.unwrap_err();
        assert!(matches!(error, Error::Conflict(Conflict::Refund)), "{error:?}");
    }
    assert_eq!(record(&world, &new_refund(&world, "no such", "R9", 1, "2026-02-02")).await.unwrap(), None);
    assert_eq!(world.balances(member).await, (0, 0, 190));
}

pub async fn too_much_is_refused(world: World) {
    let member = world.member(1).await;
    world.buy(member, "A", "2026-02-01", 100).await;
    refund(&world, "A", "R1", 9999, "2026-02-02").await;
    for (amount, expected) in
        [(2, RefundError::MoreThanPaid(1)), (0, RefundError::NotPositive), (-1, RefundError::NotPositive)]
    {
        let error = record(&world, &new_refund(&world, "A", "R2", amount, "2026-02-02")).await.unwrap_err();
        assert!(matches!(error, Error::Refused(found) if found == expected), "{error:?}");
    }
    // The number of a refused refund is free. The last cent earned nothing by itself.
    assert_eq!(refund(&world, "A", "R2", 1, "2026-02-02").await, (0, 0));
    assert_eq!(world.balances(member).await, (0, 0, 0));
}

pub async fn many_at_once_never_exceed_what_was_paid(world: World) {
    let world = Arc::new(world);
    let member = world.member(1).await;
    world.buy(member, "A", "2026-02-01", 100).await;
    world.post("2026-03-01").await;
    let tasks: Vec<_> = (0..20)
        .map(|number| {
            let world = world.clone();
            tokio::spawn(async move {
                record(&world, &new_refund(&world, "A", &format!("R{number}"), 3000, "2026-03-02")).await
            })
        })
        .collect();
    let mut recorded = 0;
    for task in tasks {
        match task.await.unwrap() {
            Ok(_) => recorded += 1,
            Err(error) => assert!(matches!(error, Error::Refused(RefundError::MoreThanPaid(1000))), "{error:?}"),
        }
    }
    assert_eq!(recorded, 3);
    assert_eq!(world.balances(member).await, (10, 0, 0));
    assert_eq!(world.faults().await, []);
}
