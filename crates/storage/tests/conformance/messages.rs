use chrono::TimeDelta;
use storage::{DueMessage, NewMessage};
use uuid::Uuid;

use crate::support::{World, at, hours};

async fn write(world: &World, member: Uuid, about: Uuid, wait: i64) -> Uuid {
    let now = at("2026-01-01");
    let new = NewMessage {
        id: world.id(),
        member,
        channel: "sms",
        purpose: "reservation-ready",
        about: Some(about),
        text: "您的礼品已备妥".to_owned(),
        not_before: now + hours(wait),
        good_until: now + hours(24),
    };
    let mut tx = world.db.begin().await.unwrap();
    tx.write_message(&new, now).await.unwrap();
    tx.commit().await.unwrap();
    new.id
}

pub async fn a_message_is_one_senders_until_its_next_try(world: World) {
    let member = world.member(1).await;
    let now = at("2026-01-01");
    let first = write(&world, member, world.id(), 0).await;
    let later = write(&world, member, world.id(), 2).await;
    let due = world.db.read().await.unwrap().due_messages(now, None, 10).await.unwrap();
    assert_eq!(due, [DueMessage { due: now, member, id: first, attempts: 0 }]);
    let tasks: Vec<_> = (0..8)
        .map(|_| {
            let (db, due) = (world.db.clone(), due[0]);
            tokio::spawn(async move {
                let mut tx = db.begin().await.unwrap();
                let claimed = tx.claim_message(&due, now, now + TimeDelta::minutes(2)).await.unwrap();
                tx.commit().await.unwrap();
                claimed
            })
        })
        .collect();
    let mut claimed = Vec::new();
    for task in tasks {
        claimed.extend(task.await.unwrap());
    }
    assert_eq!(claimed.len(), 1);
    assert_eq!((claimed[0].phone.as_str(), claimed[0].purpose.as_str()), ("+8613800000001", "reservation-ready"));
    let mut tx = world.db.begin().await.unwrap();
    tx.message_failed(&due[0], "out of order").await.unwrap();
    tx.commit().await.unwrap();
    let mut reader = world.db.read().await.unwrap();
    assert_eq!(reader.due_messages(now + TimeDelta::minutes(1), None, 10).await.unwrap(), []);
    let again = reader.due_messages(now + TimeDelta::minutes(2), None, 10).await.unwrap();
    assert_eq!(again, [DueMessage { due: now + TimeDelta::minutes(2), attempts: 1, ..due[0] }]);
    let then = now + TimeDelta::minutes(2);
    let mut tx = world.db.begin().await.unwrap();
    // Who saw it before it was tried comes too late.
    assert_eq!(tx.claim_message(&due[0], then, then).await.unwrap(), None);
    assert!(tx.claim_message(&again[0], then, then + TimeDelta::minutes(4)).await.unwrap().is_some());
    tx.message_sent(&again[0], "sms", then).await.unwrap();
    tx.commit().await.unwrap();
    let due = reader.due_messages(now + hours(3), None, 10).await.unwrap();
    assert_eq!(due, [DueMessage { due: now + hours(2), member, id: later, attempts: 0 }]);
    let all = reader.messages(member).await.unwrap();
    assert_eq!(all.iter().map(|message| message.id).collect::<Vec<_>>(), [later, first]);
    assert_eq!((all[1].sent_at, all[1].attempts, all[1].last_error.as_deref()), (Some(then), 2, None));
}

pub async fn what_is_put_off_was_not_tried(world: World) {
    let member = world.member(1).await;
    let now = at("2026-01-01");
    let id = write(&world, member, world.id(), 0).await;
    let mut reader = world.db.read().await.unwrap();
    let due = reader.due_messages(now, None, 10).await.unwrap()[0];
    let mut tx = world.db.begin().await.unwrap();
    tx.put_off_message(&due, now, now + hours(10)).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(reader.due_messages(now + hours(9), None, 10).await.unwrap(), []);
    let later = DueMessage { due: now + hours(10), member, id, attempts: 0 };
    assert_eq!(reader.due_messages(now + hours(10), None, 10).await.unwrap(), [later]);
    assert_eq!(reader.messages(member).await.unwrap()[0].not_before, now + hours(10));
    // Not once it is somebody's to send.
    let mut tx = world.db.begin().await.unwrap();
    assert!(tx.claim_message(&later, now + hours(10), now + hours(11)).await.unwrap().is_some());
    tx.put_off_message(&later, now + hours(10), now + hours(20)).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(reader.due_messages(now + hours(11), None, 10).await.unwrap().len(), 1);
}

pub async fn what_is_overtaken_or_out_of_date_is_never_sent(world: World) {
    let member = world.member(1).await;
    let (one, other) = (world.id(), world.id());
    let now = at("2026-01-01");
    write(&world, member, one, 0).await;
    let kept = write(&world, member, other, 0).await;
    let due = world.db.read().await.unwrap().due_messages(now, None, 10).await.unwrap();
    assert_eq!(due.len(), 2);
    let mut tx = world.db.begin().await.unwrap();
    assert_eq!(tx.overtake_messages(member, one, now).await.unwrap(), 1);
    assert_eq!(tx.overtake_messages(member, one, now).await.unwrap(), 0);
    let overtaken = due.iter().find(|due| due.id != kept).unwrap();
    assert_eq!(tx.claim_message(overtaken, now, now).await.unwrap(), None);
    tx.commit().await.unwrap();
    let mut reader = world.db.read().await.unwrap();
    assert_eq!(reader.due_messages(now + hours(23), None, 10).await.unwrap()[0].id, kept);
    assert_eq!(reader.due_messages(now + hours(24), None, 10).await.unwrap(), []);
}

pub async fn what_is_due_to_be_sent_comes_in_pages(world: World) {
    let member = world.member(1).await;
    let now = at("2026-01-01");
    let mut expected = Vec::new();
    for wait in [1, 0, 0, 2, 3] {
        expected.push((wait, write(&world, member, world.id(), wait).await));
    }
    expected.retain(|(wait, _)| *wait < 3);
    expected.sort();
    let mut reader = world.db.read().await.unwrap();
    let mut found: Vec<DueMessage> = Vec::new();
    for _ in 0..3 {
        found.extend(reader.due_messages(now + hours(2), found.last().copied(), 2).await.unwrap());
    }
    let ids: Vec<Uuid> = found.iter().map(|due| due.id).collect();
    assert_eq!(ids, expected.iter().map(|(_, id)| *id).collect::<Vec<_>>());
}
