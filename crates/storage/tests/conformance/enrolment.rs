use storage::{Conflict, Error};

use crate::support::{World, at, day};

pub async fn a_member_is_found_by_everything_she_has(world: World) {
    let mut new = world.new_member(1);
    new.source_ref = Some("00004".to_owned());
    let mut tx = world.db.begin().await.unwrap();
    tx.enrol(&new, "import", at("2026-01-01")).await.unwrap();
    tx.commit().await.unwrap();
    let mut reader = world.db.read().await.unwrap();
    assert_eq!(reader.member_by_phone("+8613800000001").await.unwrap(), Some(new.id));
    assert_eq!(reader.member_by_card("000000000001").await.unwrap(), Some(new.id));
    assert_eq!(reader.member_by_source("00004").await.unwrap(), Some(new.id));
    assert_eq!(reader.member_by_source("4").await.unwrap(), None);
    assert_eq!(reader.member_by_phone("+8613800000002").await.unwrap(), None);
    let member = reader.member(new.id).await.unwrap().unwrap();
    assert_eq!(member.name, "会员 1");
    assert_eq!(member.phone, "+8613800000001");
    assert_eq!(member.card_number, "000000000001");
    assert_eq!(member.joined_on, day("2026-01-01"));
    assert_eq!(reader.member(world.id()).await.unwrap(), None);
    assert_eq!(reader.member_count().await.unwrap(), 1);
}

pub async fn what_is_taken_is_named(world: World) {
    world.member(1).await;
    let mut source = world.new_member(9);
    source.source_ref = Some("00009".to_owned());
    let mut tx = world.db.begin().await.unwrap();
    tx.enrol(&source, "import", at("2026-01-01")).await.unwrap();
    tx.commit().await.unwrap();
    let mut cases = [2, 3, 4].map(|number| world.new_member(number));
    cases[0].phone = "+8613800000001".to_owned();
    cases[1].card_number = "000000000001".to_owned();
    cases[2].source_ref = Some("00009".to_owned());
    for (new, conflict) in cases.iter().zip([Conflict::Phone, Conflict::Card, Conflict::Source]) {
        let mut tx = world.db.begin().await.unwrap();
        let error = tx.enrol(new, "enrolment", at("2026-01-02")).await.unwrap_err();
        assert!(matches!(error, Error::Conflict(found) if found == conflict), "{error:?}");
        drop(tx);
    }
    assert_eq!(world.db.read().await.unwrap().member_count().await.unwrap(), 2);
}

pub async fn one_of_many_at_once_enrols(world: World) {
    let world = std::sync::Arc::new(world);
    let tasks: Vec<_> = (0..16)
        .map(|number| {
            let world = world.clone();
            tokio::spawn(async move {
                let mut new = world.new_member(number);
                new.phone = "+8613900000000".to_owned();
                let mut tx = world.db.begin().await?;
                tx.enrol(&new, "enrolment", at("2026-01-01")).await?;
                tx.commit().await
            })
        })
        .collect();
    let mut enrolled = 0;
    for task in tasks {
        match task.await.unwrap() {
            Ok(()) => enrolled += 1,
            Err(error) => assert!(matches!(error, Error::Conflict(Conflict::Phone)), "{error:?}"),
        }
    }
    assert_eq!(enrolled, 1);
    assert_eq!(world.db.read().await.unwrap().member_count().await.unwrap(), 1);
}
