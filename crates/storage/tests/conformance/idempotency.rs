use std::sync::Arc;

use storage::{Claim, Claimed};

use crate::support::{World, at, hours};

fn claim<'a>(subject: &'a str, key: &'a str, body_hash: &'a str, after: i64) -> Claim<'a> {
    let now = at("2026-01-01") + hours(after);
    Claim { subject, key, body_hash, now, keep_until: now + hours(48) }
}

/// What a handler does: claim, act, save, commit.
async fn handle(world: &World, claim: Claim<'_>) -> Claimed {
    let mut tx = world.db.begin().await.unwrap();
    let claimed = tx.claim(&claim).await.unwrap();
    if claimed == Claimed::New {
        tx.take_quota("effects", claim.key, 1000, at("2027-01-01")).await.unwrap();
        tx.save_answer(claim.subject, claim.key, 201, r#"{"id":"1"}"#).await.unwrap();
        tx.commit().await.unwrap();
    }
    claimed
}

/// How often the effect happened.
async fn effects(world: &World, key: &str) -> i64 {
    let mut tx = world.db.begin().await.unwrap();
    tx.take_quota("effects", key, 1000, at("2027-01-01")).await.unwrap().unwrap() - 1
}

fn replay() -> Claimed {
    Claimed::Replay { status: 201, body: r#"{"id":"1"}"#.to_owned() }
}

pub async fn a_repeat_replays_the_answer(world: World) {
    assert_eq!(handle(&world, claim("m", "k", "b", 0)).await, Claimed::New);
    for _ in 0..5 {
        assert_eq!(handle(&world, claim("m", "k", "b", 47)).await, replay());
    }
    assert_eq!(effects(&world, "k").await, 1);
}

pub async fn another_body_is_noticed(world: World) {
    handle(&world, claim("m", "k", "b", 0)).await;
    assert_eq!(handle(&world, claim("m", "k", "c", 1)).await, Claimed::Reused);
    assert_eq!(handle(&world, claim("m", "k", "b", 1)).await, replay());
}

pub async fn another_subject_is_another_key(world: World) {
    assert_eq!(handle(&world, claim("m", "k", "b", 0)).await, Claimed::New);
    assert_eq!(handle(&world, claim("n", "k", "b", 0)).await, Claimed::New);
    assert_eq!(handle(&world, claim("m", "l", "b", 0)).await, Claimed::New);
}

pub async fn a_claim_dies_with_its_transaction(world: World) {
    let mut tx = world.db.begin().await.unwrap();
    assert_eq!(tx.claim(&claim("m", "k", "b", 0)).await.unwrap(), Claimed::New);
    drop(tx);
    assert_eq!(handle(&world, claim("m", "k", "other", 0)).await, Claimed::New);
    // Committed without an answer: nobody can know what came of it.
    let mut tx = world.db.begin().await.unwrap();
    tx.claim(&claim("m", "l", "b", 0)).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(handle(&world, claim("m", "l", "b", 0)).await, Claimed::InProgress);
}

pub async fn an_old_answer_is_forgotten(world: World) {
    handle(&world, claim("m", "k", "b", 0)).await;
    assert_eq!(handle(&world, claim("m", "k", "c", 48)).await, Claimed::New);
    assert_eq!(handle(&world, claim("m", "k", "c", 49)).await, replay());
    assert_eq!(effects(&world, "k").await, 2);
    let mut tx = world.db.begin().await.unwrap();
    tx.purge(at("2026-01-01") + hours(96)).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(handle(&world, claim("m", "k", "b", 50)).await, Claimed::New);
}

pub async fn one_of_fifty_at_once_does_it(world: World) {
    let world = Arc::new(world);
    let tasks: Vec<_> = (0..50)
        .map(|_| {
            let world = world.clone();
            tokio::spawn(async move { handle(&world, claim("m", "k", "b", 0)).await })
        })
        .collect();
    let mut news = 0;
    for task in tasks {
        match task.await.unwrap() {
            Claimed::New => news += 1,
            other => assert_eq!(other, replay()),
        }
    }
    assert_eq!(news, 1);
    assert_eq!(effects(&world, "k").await, 1);
}
