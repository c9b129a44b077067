use std::sync::Arc;
use storage::Posted;

use crate::support::{World, at, day};

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
                let posted = db.post_due(day("2026-03-01"), at("2026-03-01"), 1000).await.unwrap();
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
