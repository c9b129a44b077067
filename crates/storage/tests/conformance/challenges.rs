use std::sync::Arc;

use storage::{Attempt, NewChallenge};

use crate::support::{World, at, hours};

const PHONE: &str = "+8613800000001";

async fn open(world: &World, id: &str, tries: u32) {
    let new = NewChallenge {
        id: id.to_owned(),
        phone: PHONE.to_owned(),
        code_hash: "right".to_owned(),
        expires_at: at("2026-01-01") + hours(1),
        tries,
    };
    let mut tx = world.db.begin().await.unwrap();
    tx.open_challenge(&new, at("2026-01-01")).await.unwrap();
    tx.commit().await.unwrap();
}

async fn attempt(world: &World, id: &str, code_hash: &str, minutes: i64) -> Attempt {
    let mut tx = world.db.begin().await.unwrap();
    let now = at("2026-01-01") + chrono::TimeDelta::minutes(minutes);
    let attempt = tx.try_code(id, code_hash, now).await.unwrap();
    tx.commit().await.unwrap();
    attempt
}

pub async fn a_right_code_is_right_once(world: World) {
    open(&world, "c1", 5).await;
    assert_eq!(attempt(&world, "c1", "wrong", 1).await, Attempt::Wrong(4));
    assert_eq!(attempt(&world, "c1", "right", 2).await, Attempt::Right(PHONE.to_owned()));
    assert_eq!(attempt(&world, "c1", "right", 3).await, Attempt::Void);
}

pub async fn tries_run_out(world: World) {
    open(&world, "c1", 3).await;
    open(&world, "c2", 3).await;
    for left in [2, 1, 0] {
        assert_eq!(attempt(&world, "c1", "wrong", 1).await, Attempt::Wrong(left));
    }
    assert_eq!(attempt(&world, "c1", "right", 1).await, Attempt::Void);
    // The last try may be the right one.
    attempt(&world, "c2", "wrong", 1).await;
    attempt(&world, "c2", "wrong", 1).await;
    assert_eq!(attempt(&world, "c2", "right", 1).await, Attempt::Right(PHONE.to_owned()));
}

pub async fn an_old_or_unknown_challenge_is_void(world: World) {
    open(&world, "c1", 5).await;
    assert_eq!(attempt(&world, "c0", "right", 1).await, Attempt::Void);
    assert_eq!(attempt(&world, "c1", "right", 60).await, Attempt::Void);
    assert_eq!(attempt(&world, "c1", "right", 59).await, Attempt::Right(PHONE.to_owned()));
}

pub async fn no_more_tries_than_allowed_even_at_once(world: World) {
    open(&world, "c1", 5).await;
    let world = Arc::new(world);
    let tasks: Vec<_> = (0..30)
        .map(|_| {
            let world = world.clone();
            tokio::spawn(async move { attempt(&world, "c1", "wrong", 1).await })
        })
        .collect();
    let mut left = Vec::new();
    for task in tasks {
        match task.await.unwrap() {
            Attempt::Wrong(tries) => left.push(tries),
            other => assert_eq!(other, Attempt::Void),
        }
    }
    left.sort_unstable();
    assert_eq!(left, [0, 1, 2, 3, 4]);
}

async fn take(world: &World, scope: &str, period: &str) -> Option<i64> {
    let mut tx = world.db.begin().await.unwrap();
    let taken = tx.take_quota(scope, period, 5, at("2026-01-02")).await.unwrap();
    tx.commit().await.unwrap();
    taken
}

pub async fn a_quota_is_never_exceeded(world: World) {
    let world = Arc::new(world);
    let tasks: Vec<_> = (0..30)
        .map(|_| {
            let world = world.clone();
            tokio::spawn(async move { take(&world, "phone:1", "2026-01-01").await })
        })
        .collect();
    let mut taken = Vec::new();
    for task in tasks {
        taken.extend(task.await.unwrap());
    }
    taken.sort_unstable();
    assert_eq!(taken, [1, 2, 3, 4, 5]);
}

pub async fn a_quota_of_another_period_is_another_quota(world: World) {
    for used in 1..=5 {
        assert_eq!(take(&world, "phone:1", "2026-01-01").await, Some(used));
    }
    assert_eq!(take(&world, "phone:1", "2026-01-01").await, None);
    assert_eq!(take(&world, "phone:1", "2026-01-02").await, Some(1));
    assert_eq!(take(&world, "phone:2", "2026-01-01").await, Some(1));
    let mut tx = world.db.begin().await.unwrap();
    assert_eq!(tx.take_quota("phone:3", "2026-01-01", 0, at("2026-01-02")).await.unwrap(), None);
}

pub async fn the_newest_challenge_of_a_number_is_known(world: World) {
    open(&world, "c1", 5).await;
    let later = NewChallenge {
        id: "c2".to_owned(),
        phone: PHONE.to_owned(),
        code_hash: "right".to_owned(),
        expires_at: at("2026-01-03"),
        tries: 5,
    };
    let mut tx = world.db.begin().await.unwrap();
    tx.open_challenge(&later, at("2026-01-02")).await.unwrap();
    assert_eq!(tx.last_challenge_at(PHONE).await.unwrap(), Some(at("2026-01-02")));
    assert_eq!(tx.last_challenge_at("+8613800000002").await.unwrap(), None);
}
