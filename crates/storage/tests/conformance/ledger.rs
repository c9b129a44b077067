use loyalty::ledger::EntryKind;
use storage::{Entry, LedgerCursor};

use crate::refunds::refund;
use crate::support::World;

fn labels(entries: &[Entry]) -> Vec<&str> {
    entries.iter().map(|entry| entry.cause.label.as_str()).collect()
}

pub async fn pages_are_stable_under_inserts(world: World) {
    let member = world.member(1).await;
    for (receipt, on) in [("A", "2026-02-01"), ("B", "2026-02-02"), ("C", "2026-02-03")] {
        world.buy(member, receipt, on, 10).await;
    }
    world.post("2026-03-01").await;
    for (receipt, on) in [("D", "2026-03-01"), ("E", "2026-03-02"), ("F", "2026-03-03")] {
        world.buy(member, receipt, on, 10).await;
    }
    world.buy(world.member(2).await, "other", "2026-03-03", 10).await;
    let mut pages = Vec::new();
    let mut after = None;
    loop {
        let mut reader = world.db.snapshot().await.unwrap();
        let page = reader.ledger(member, None, after, 2).await.unwrap();
        let Some(last) = page.last() else { break };
        // What goes to a client and comes back.
        let cursor: LedgerCursor = last.position.to_string().parse().unwrap();
        assert_eq!(cursor, last.position);
        after = Some(cursor);
        pages.extend(page);
        drop(reader);
        // Something happens between the pages.
        if pages.len() == 2 {
            world.buy(member, "G", "2026-03-04", 10).await;
        }
    }
    assert_eq!(labels(&pages), ["F", "E", "D", "C", "B", "A"]);
    let balances: Vec<_> = pages.iter().map(|entry| entry.balance_after).collect();
    assert_eq!(balances, [None, None, None, Some(30), Some(20), Some(10)]);
    for text in ["", "x1", "p", "e-1", "p1x", "é1"] {
        assert!(text.parse::<LedgerCursor>().is_err(), "{text}");
    }
}

pub async fn a_kind_narrows(world: World) {
    let member = world.member(1).await;
    world.buy(member, "A", "2026-02-01", 10).await;
    world.post("2026-03-01").await;
    refund(&world, "A", "R1", 500, "2026-03-02").await;
    world.buy(member, "B", "2026-03-03", 10).await;
    let mut reader = world.db.snapshot().await.unwrap();
    let earned = reader.ledger(member, Some(EntryKind::Earned), None, 10).await.unwrap();
    assert_eq!(labels(&earned), ["B", "A"]);
    let reversed = reader.ledger(member, Some(EntryKind::Reversed), None, 10).await.unwrap();
    assert_eq!(labels(&reversed), ["R1"]);
    assert_eq!((reversed[0].points, reversed[0].cause.kind.as_str()), (-5, "refund"));
    assert_eq!(reader.ledger(member, Some(EntryKind::Spent), None, 10).await.unwrap(), []);
    let all = reader.ledger(member, None, None, 10).await.unwrap();
    assert_eq!(labels(&all), ["B", "R1", "A"]);
}
