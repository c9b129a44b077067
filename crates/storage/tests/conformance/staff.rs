use storage::{Counter, CounterText, PassShown, StaffAccount, StaffAuditEntry};
use uuid::Uuid;

use crate::shop::Shop;
use crate::support::{World, at, hours};

async fn account(world: &World, password_hash: &str) -> Uuid {
    let counter = Uuid::from_u128(1);
    let text = CounterText {
        language: "zh-CN".to_owned(),
        name: "上海外滩".to_owned(),
        city: "上海".to_owned(),
        address: "1".to_owned(),
    };
    let mut tx = world.db.begin().await.unwrap();
    tx.put_counter(&Counter {
        id: counter,
        hours: "10:00–22:00".to_owned(),
        lat: 31.24,
        lng: 121.49,
        texts: vec![text],
    })
    .await
    .unwrap();
    let account = StaffAccount {
        user: "chen".to_owned(),
        name: "陈".to_owned(),
        role: "counter".to_owned(),
        counter: Some(counter),
        password_hash: password_hash.to_owned(),
        totp_secret: "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP".to_owned(),
    };
    tx.put_staff(&account, at("2026-01-01")).await.unwrap();
    tx.commit().await.unwrap();
    counter
}

pub async fn an_account_signs_in_until_it_is_replaced(world: World) {
    let counter = account(&world, "one").await;
    let now = at("2026-01-01");
    let mut tx = world.db.begin().await.unwrap();
    for token in ["t1", "t2"] {
        tx.open_staff_session(token, "chen", now, now + hours(12)).await.unwrap();
    }
    assert!(tx.revoke_staff_session("t2").await.unwrap());
    assert!(tx.touch_staff_session("t1", now + hours(11), now + hours(23)).await.unwrap());
    assert!(!tx.touch_staff_session("t1", now + hours(23), now + hours(35)).await.unwrap());
    tx.commit().await.unwrap();
    let mut reader = world.db.read().await.unwrap();
    let session = reader.staff_session("t1", now + hours(22)).await.unwrap().unwrap();
    assert_eq!((session.user.as_str(), session.role.as_str(), session.counter), ("chen", "counter", Some(counter)));
    assert_eq!((session.used_at, session.expires_at), (now + hours(11), now + hours(23)));
    assert_eq!(reader.staff_session("t1", now + hours(23)).await.unwrap(), None);
    assert_eq!(reader.staff_session("t2", now).await.unwrap(), None);
    // A session of a member's world is none here.
    assert_eq!(reader.session("t1", now).await.unwrap(), None);
    assert!(reader.staff_account("chen").await.unwrap().unwrap().password_hash == "one");
    assert!(reader.staff_account("chen ").await.unwrap().is_none());
    account(&world, "two").await;
    assert_eq!(reader.staff_session("t1", now).await.unwrap(), None);
    assert!(reader.staff_account("chen").await.unwrap().unwrap().password_hash == "two");
}

pub async fn a_step_of_the_authenticator_is_good_once(world: World) {
    account(&world, "one").await;
    let tasks: Vec<_> = (0..8)
        .map(|_| {
            let db = world.db.clone();
            tokio::spawn(async move {
                let mut tx = db.begin().await.unwrap();
                let used = tx.use_totp_step("chen", 100).await.unwrap();
                tx.commit().await.unwrap();
                used
            })
        })
        .collect();
    let mut winners = 0;
    for task in tasks {
        winners += u32::from(task.await.unwrap());
    }
    assert_eq!(winners, 1);
    // Neither an earlier one, nor after the account was replaced.
    account(&world, "two").await;
    let mut tx = world.db.begin().await.unwrap();
    assert!(!tx.use_totp_step("chen", 99).await.unwrap());
    assert!(!tx.use_totp_step("chen", 100).await.unwrap());
    assert!(tx.use_totp_step("chen", 101).await.unwrap());
    assert!(!tx.use_totp_step("nobody", 1).await.unwrap());
}

pub async fn the_record_is_read_from_new_to_old(world: World) {
    let mut tx = world.db.begin().await.unwrap();
    for number in 0..5_u32 {
        let entry = StaffAuditEntry {
            id: world.id(),
            // Two of them in the same millisecond.
            at: at("2026-01-01") + hours(i64::from(number / 2)),
            user: (number > 0).then(|| "chen".to_owned()),
            action: "ready".to_owned(),
            counter: None,
            about: None,
            detail: number.to_string(),
            alert: number % 2 == 0,
        };
        tx.note_staff(&entry).await.unwrap();
    }
    tx.commit().await.unwrap();
    let mut reader = world.db.read().await.unwrap();
    let details = |page: &[StaffAuditEntry]| page.iter().map(|entry| entry.detail.clone()).collect::<Vec<_>>();
    let first = reader.staff_audit(false, None, 3).await.unwrap();
    assert_eq!(details(&first), ["4", "3", "2"]);
    let second = reader.staff_audit(false, Some(first[2].position()), 3).await.unwrap();
    assert_eq!(details(&second), ["1", "0"]);
    assert_eq!((second[0].user.as_deref(), second[1].user.as_deref()), (Some("chen"), None));
    let alerts = reader.staff_audit(true, None, 2).await.unwrap();
    assert_eq!(details(&alerts), ["4", "2"]);
    assert_eq!(details(&reader.staff_audit(true, Some(alerts[1].position()), 2).await.unwrap()), ["0"]);
}

pub async fn what_did_not_count_is_given_back(world: World) {
    let mut tx = world.db.begin().await.unwrap();
    let ends = at("2026-01-02");
    assert_eq!(tx.take_quota("wrong codes", "p", 2, ends).await.unwrap(), Some(1));
    assert_eq!(tx.take_quota("wrong codes", "p", 2, ends).await.unwrap(), Some(2));
    assert_eq!(tx.take_quota("wrong codes", "p", 2, ends).await.unwrap(), None);
    tx.give_back_quota("wrong codes", "p").await.unwrap();
    assert_eq!(tx.take_quota("wrong codes", "p", 2, ends).await.unwrap(), Some(2));
    for _ in 0..3 {
        tx.give_back_quota("wrong codes", "p").await.unwrap();
    }
    assert_eq!(tx.take_quota("wrong codes", "p", 2, ends).await.unwrap(), Some(1));
}

pub async fn a_pass_was_shown_to_each_for_himself(world: World) {
    let shop = Shop::open(&world).await;
    let now = at("2026-03-02");
    shop.count(&world.db, 0, 0, 2, now).await;
    let member = shop.member(&world, 1).await;
    let held = shop.held(&world, member, (0, 0), now).await;
    let first = PassShown { times_ready: 1, at: now };
    let later = PassShown { times_ready: 2, at: now + hours(1) };
    let mut tx = world.db.begin().await.unwrap();
    assert_eq!(tx.pass_shown(member, held.id, "chen").await.unwrap(), None);
    for (user, shown) in [("chen", first), ("lin", first), ("chen", later)] {
        tx.note_pass_shown(member, held.id, user, shown).await.unwrap();
    }
    tx.commit().await.unwrap();
    let mut reader = world.db.read().await.unwrap();
    for (user, shown) in [("chen", Some(later)), ("lin", Some(first)), ("wang", None)] {
        assert_eq!(reader.pass_shown(member, held.id, user).await.unwrap(), shown);
    }
    // Of a reservation that is not there, no pass was shown.
    let mut tx = world.db.begin().await.unwrap();
    assert!(tx.note_pass_shown(member, world.id(), "chen", first).await.is_err());
}
