use std::sync::Arc;

use crate::support::{World, at, hours};

async fn take(world: &World, holder: &str, hour: i64) -> bool {
    let now = at("2026-01-01") + hours(hour);
    let mut tx = world.db.begin().await.unwrap();
    let taken = tx.take_lease("posting", holder, now, now + hours(2)).await.unwrap();
    tx.commit().await.unwrap();
    taken
}

pub async fn one_holder_at_a_time(world: World) {
    assert!(take(&world, "a", 0).await);
    assert!(!take(&world, "b", 1).await);
    // The holder prolongs it …
    assert!(take(&world, "a", 1).await);
    assert!(!take(&world, "b", 2).await);
    // … until it does not any more.
    assert!(take(&world, "b", 3).await);
    assert!(!take(&world, "a", 4).await);
    let mut tx = world.db.begin().await.unwrap();
    assert!(!tx.release_lease("posting", "a").await.unwrap());
    assert!(tx.release_lease("posting", "b").await.unwrap());
    tx.commit().await.unwrap();
    assert!(take(&world, "a", 4).await);
}

pub async fn a_clock_that_was_ahead_keeps_nobody_waiting(world: World) {
    // Ninety days ahead, and its server gone since.
    assert!(take(&world, "ahead", 90 * 24).await);
    assert!(take(&world, "a", 0).await);
    assert!(!take(&world, "b", 1).await);
    // Nor does it take what somebody else is at only because it runs a little slow or fast.
    assert!(!take(&world, "slow", -2).await);
    assert!(take(&world, "slower", -3).await);
}

pub async fn one_of_many_at_once_gets_it(world: World) {
    let world = Arc::new(world);
    let tasks: Vec<_> = (0..20)
        .map(|number| {
            let world = world.clone();
            tokio::spawn(async move { take(&world, &number.to_string(), 0).await })
        })
        .collect();
    let mut holders = 0;
    for task in tasks {
        holders += usize::from(task.await.unwrap());
    }
    assert_eq!(holders, 1);
}
