use std::sync::Arc;
use storage::Posted;

use crate::support::{World, at, day, post};

pub async fn points_post_on_their_day(world: World) {
    let member = world.member(1).await;
    let id = world.buy(member, "A", "2026-02-01", 120).await;
    assert_eq!(world.post("2026-02-07").await, Posted::default());
    assert_eq!(world.balances(member).await, (0, 0, 120));
    assert_eq!(world.post("2026-02-08").await, Posted { members: 1, purchases: 1, points: 120 });
    assert_eq!(world.post("2026-02-08").await, Posted::default());
    assert_eq!(world.balances(member).await, (120, 0, 0));
    let mut reader = world.db.snapshot().await.unwrap();
    let entries = reader.ledger(member, None, None, 10).await.unwrap();
    assert_eq!(entries.len(), 1);
    assert_eq!((entries[0].id, entries[0].points, entries[0].balance_after), (id, 120, Some(120)));
    assert_eq!((entries[0].on, entries[0].at), (day("2026-02-08"), at("2026-02-08")));
    let lots = reader.lots(member, at("2026-06-01")).await.unwrap();
    assert_eq!(lots.len(), 1);
    let lot = lots[0].state;
    assert_eq!((lot.id, lot.points, lot.held), (id, 120, 0));
    assert_eq!((lot.earned_on, lot.expires_on), (day("2026-02-01"), Some(day("2028-02-01"))));
    assert_eq!(lots[0].notified, None);
    assert_eq!(reader.history(member).await.unwrap()[0].posted_at, Some(at("2026-02-08")));
    assert_eq!(world.faults().await, []);
}

pub async fn two_servers_post_once(world: World) {
    let world = Arc::new(world);
    let mut members = Vec::new();
    for number in 0..10 {
        let member = world.member(number).await;
        for purchase in 0..3 {
            world.buy(member, &format!("{number}-{purchase}"), "2026-02-01", 10).await;
        }
        members.push(member);
    }
    let tasks: Vec<_> = (0..4)
        .map(|_| {
            let world = world.clone();
            // Another server, with connections of its own.
            tokio::spawn(async move {
                let db = storage::Database::open(&world.fresh.url).await.unwrap();
                let posted = post(&db, day("2026-03-01"), at("2026-03-01")).await;
                db.close().await;
                posted
            })
        })
        .collect();
    let mut sum = (0, 0);
    for task in tasks {
        let posted = task.await.unwrap();
        sum = (sum.0 + posted.purchases, sum.1 + posted.points);
    }
    assert_eq!(sum, (30, 300));
    for member in members {
        assert_eq!(world.balances(member).await, (30, 0, 0));
    }
    assert_eq!(world.faults().await, []);
}

pub async fn nothing_is_posted_for_zero_points(world: World) {
    let member = world.member(1).await;
    world.buy(member, "A", "2026-02-01", 0).await;
    assert_eq!(world.post("2026-02-08").await, Posted { members: 1, purchases: 1, points: 0 });
    let mut reader = world.db.snapshot().await.unwrap();
    assert_eq!(reader.ledger(member, None, None, 10).await.unwrap(), []);
    assert_eq!(reader.lots(member, at("2026-06-01")).await.unwrap(), []);
    assert!(reader.history(member).await.unwrap()[0].posted_at.is_some());
    assert_eq!(world.faults().await, []);
}

pub async fn who_is_due_comes_in_pages(world: World) {
    let mut members = Vec::new();
    for number in 0..5 {
        let member = world.member(number).await;
        world.buy(member, &number.to_string(), "2026-02-01", 10).await;
        members.push(member);
    }
    members.sort();
    let mut reader = world.db.read().await.unwrap();
    let mut page = async |after| reader.due_members(day("2026-02-08"), after, 2).await.unwrap();
    // Behind whoever came last, though nothing was posted for anybody.
    assert_eq!(page(None).await, members[..2]);
    assert_eq!(page(Some(members[1])).await, members[2..4]);
    assert_eq!(page(Some(members[3])).await, members[4..]);
    assert!(page(Some(members[4])).await.is_empty());
    assert!(reader.due_members(day("2026-02-07"), None, 2).await.unwrap().is_empty());
}
