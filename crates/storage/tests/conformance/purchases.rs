use std::sync::Arc;

use storage::{Conflict, Error, PurchaseCursor, Recorded};

use crate::support::{World, at, day};

pub async fn a_repeat_is_recognised(world: World) {
    let member = world.member(1).await;
    let mut new = world.new_purchase("0001", "2026-02-01", 120);
    new.lines = Some(r#"[{"barcode":"0690001","quantity":2}]"#.to_owned());
    let Recorded::New(first) = world.record(member, &new).await.unwrap() else { panic!("not new") };
    assert_eq!((first.points, first.paid, first.posted_at), (120, 12_000, None));
    // The till tries again with an identifier of its own making.
    new.id = world.id();
    assert_eq!(world.record(member, &new).await.unwrap(), Recorded::Existing(first.clone()));
    let mut reader = world.db.read().await.unwrap();
    assert_eq!(reader.history(member).await.unwrap(), std::slice::from_ref(&first));
    assert_eq!(reader.purchase(member, first.id).await.unwrap(), Some(first.clone()));
    assert_eq!(reader.receipt_of(first.id).await.unwrap().as_deref(), Some("0001"));
    assert_eq!(reader.receipt_of(world.id()).await.unwrap(), None);
    assert_eq!(reader.purchase_by_receipt("0001").await.unwrap(), Some(first));
    assert_eq!(reader.purchase_by_receipt("1").await.unwrap(), None);
    assert_eq!(world.faults().await, []);
}

pub async fn other_contents_are_a_conflict(world: World) {
    let member = world.member(1).await;
    let other = world.member(2).await;
    let new = world.new_purchase("0001", "2026-02-01", 120);
    world.record(member, &new).await.unwrap();
    let mut cases = vec![(other, new.clone())];
    cases.push((member, storage::NewPurchase { paid: 12_001, ..new.clone() }));
    cases.push((member, storage::NewPurchase { at: at("2026-02-02"), ..new.clone() }));
    cases.push((member, storage::NewPurchase { items: None, ..new.clone() }));
    cases.push((member, storage::NewPurchase { lines: Some("[]".to_owned()), ..new }));
    for (member, new) in cases {
        let error = world.record(member, &new).await.unwrap_err();
        assert!(matches!(error, Error::Conflict(Conflict::Receipt)), "{error:?}");
    }
    assert_eq!(world.db.read().await.unwrap().history(member).await.unwrap().len(), 1);
    assert_eq!(world.db.read().await.unwrap().history(other).await.unwrap(), []);
}

pub async fn twenty_tills_at_once_record_one(world: World) {
    let world = Arc::new(world);
    let member = world.member(1).await;
    let tasks: Vec<_> = (0..20)
        .map(|_| {
            let world = world.clone();
            tokio::spawn(async move {
                let new = world.new_purchase("0001", "2026-02-01", 120);
                world.record(member, &new).await.unwrap()
            })
        })
        .collect();
    let mut news = 0;
    for task in tasks {
        news += usize::from(matches!(task.await.unwrap(), Recorded::New(_)));
    }
    assert_eq!(news, 1);
    assert_eq!(world.balances(member).await, (0, 0, 120));
    assert_eq!(world.faults().await, []);
}

pub async fn tills_of_one_member_take_turns(world: World) {
    let world = Arc::new(world);
    let member = world.member(1).await;
    // Each purchase earns as many points as there were purchases before it: true only if each till saw all earlier ones.
    let tasks: Vec<_> = (0..20)
        .map(|number| {
            let world = world.clone();
            tokio::spawn(async move {
                let mut tx = world.db.begin().await.unwrap();
                assert!(tx.lock_member(member).await.unwrap());
                let before = i64::try_from(tx.history(member).await.unwrap().len()).unwrap();
                let new = world.new_purchase(&format!("R{number}"), "2026-02-01", before);
                tx.record_purchase(member, &new).await.unwrap();
                tx.commit().await.unwrap();
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    let history = world.db.read().await.unwrap().history(member).await.unwrap();
    let points: Vec<i64> = history.iter().map(|purchase| purchase.points).collect();
    assert_eq!(points, (0..20).collect::<Vec<i64>>());
    assert!(!world.db.begin().await.unwrap().lock_member(world.id()).await.unwrap());
}

pub async fn pages_go_from_new_to_old(world: World) {
    let member = world.member(1).await;
    let other = world.member(2).await;
    for (receipt, on) in [("A", "2026-02-03"), ("B", "2026-02-01"), ("C", "2026-02-03"), ("D", "2026-03-01")] {
        world.buy(member, receipt, on, 10).await;
        world.buy(other, &format!("other {receipt}"), on, 10).await;
    }
    let mut reader = world.db.read().await.unwrap();
    let receipts = |page: &[storage::Purchase]| page.iter().map(|p| p.receipt_no.clone()).collect::<Vec<_>>();
    let first = reader.purchases(member, None, 2).await.unwrap();
    assert_eq!(receipts(&first), ["D", "C"]);
    let after = PurchaseCursor { on: first[1].on, sequence: first[1].sequence };
    // Stable under inserts: this one is newer than the page before.
    world.buy(member, "E", "2026-04-01", 10).await;
    let second = reader.purchases(member, Some(after.to_string().parse().unwrap()), 2).await.unwrap();
    assert_eq!(receipts(&second), ["A", "B"]);
    let history = reader.history(member).await.unwrap();
    assert_eq!(receipts(&history), ["B", "A", "C", "D", "E"]);
    assert_eq!(history[0].on, day("2026-02-01"));
    for text in ["", "x", "2026-02-01", "2026-02-01_", "2026-02-01_x", "2026-02-30_1", "2026-02-01_-1"] {
        assert!(text.parse::<PurchaseCursor>().is_err(), "{text}");
    }
}
