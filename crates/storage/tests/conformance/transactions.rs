use std::sync::Arc;

use storage::{Conflict, Error};

use crate::support::{World, at};

pub async fn what_is_dropped_never_was(world: World) {
    let new = world.new_member(1);
    let mut tx = world.db.begin().await.unwrap();
    tx.enrol(&new, "enrolment", at("2026-01-01")).await.unwrap();
    // Seen within, not without.
    assert!(tx.member(new.id).await.unwrap().is_some());
    assert_eq!(world.db.read().await.unwrap().member(new.id).await.unwrap(), None);
    drop(tx);
    assert_eq!(world.db.read().await.unwrap().member(new.id).await.unwrap(), None);
    let mut tx = world.db.begin().await.unwrap();
    tx.enrol(&new, "enrolment", at("2026-01-01")).await.unwrap();
    tx.roll_back().await.unwrap();
    assert_eq!(world.db.read().await.unwrap().member(new.id).await.unwrap(), None);
}

pub async fn a_failed_transaction_can_not_be_committed(world: World) {
    let first = world.member(1).await;
    let mut second = world.new_member(2);
    second.card_number = "000000000001".to_owned();
    let mut tx = world.db.begin().await.unwrap();
    // The phone number is written, then the card is taken.
    let error = tx.enrol(&second, "enrolment", at("2026-01-01")).await.unwrap_err();
    assert!(matches!(error, Error::Conflict(Conflict::Card)), "{error:?}");
    assert!(matches!(tx.commit().await, Err(Error::Defect(_))));
    let mut reader = world.db.read().await.unwrap();
    assert_eq!(reader.member_by_phone(&second.phone).await.unwrap(), None);
    assert_eq!(reader.member_by_card("000000000001").await.unwrap(), Some(first));
}

pub async fn a_snapshot_does_not_move(world: World) {
    world.member(1).await;
    let mut snapshot = world.db.snapshot().await.unwrap();
    assert_eq!(snapshot.member_count().await.unwrap(), 1);
    world.member(2).await;
    assert_eq!(snapshot.member_count().await.unwrap(), 1);
    drop(snapshot);
    assert_eq!(world.db.snapshot().await.unwrap().member_count().await.unwrap(), 2);
}

pub async fn more_readers_than_connections_all_get_through(world: World) {
    let member = world.member(1).await;
    let world = Arc::new(world);
    let tasks: Vec<_> = (0..200)
        .map(|_| {
            let world = world.clone();
            tokio::spawn(async move {
                let mut reader = world.db.read().await.unwrap();
                assert!(reader.overview(member, at("2026-06-01")).await.unwrap().is_some());
                // Held while another task wants one.
                tokio::task::yield_now().await;
                reader.member_count().await.unwrap()
            })
        })
        .collect();
    for task in tasks {
        assert_eq!(task.await.unwrap(), 1);
    }
}

pub async fn a_read_given_up_half_way_harms_nobody(world: World) {
    let member = world.member(1).await;
    let other = world.member(2).await;
    for _ in 0..50 {
        let mut reader = world.db.read().await.unwrap();
        let given_up = tokio::select! {
            biased;
            found = reader.overview(member, at("2026-06-01")) => found.unwrap().map(|found| found.member.id),
            // Ready after the statement was sent and before it was answered, more often than not.
            () = tokio::task::yield_now() => None,
        };
        drop(reader);
        assert!(given_up.is_none_or(|id| id == member));
        let found = world.db.read().await.unwrap().overview(other, at("2026-06-01")).await.unwrap().unwrap();
        assert_eq!(found.member.id, other);
    }
}
