//! Writers who meet: each waits for the other, none of them for ever, and none of them twice.

use std::sync::Arc;

use storage::{Acted, Actor, Claim, Claimed, Error, NewReservation, Reservation, Reserving};

use crate::shop::{CLERK, Shop, done};
use crate::support::{World, at, hours};

#[derive(Clone, Copy)]
enum Way {
    Move(usize),
    Exchange(usize),
    Sweep,
}

/// One step of a life that never ends; whether it changed anything. A deadlock would be an error.
async fn go(world: &World, shop: &Shop, of: &Reservation, way: Way) -> storage::Result<bool> {
    let (member, id, programme, now) = (of.member, of.id, &shop.programme, at("2026-03-02") + hours(1));
    let mut tx = world.db.begin().await?;
    let acted = match way {
        Way::Move(counter) => tx.move_to(member, id, shop.counters[counter], programme, now).await?,
        Way::Exchange(variant) => {
            tx.offer_exchange(member, id, CLERK, shop.variant(variant), programme, now).await?;
            tx.answer_exchange(member, id, true, None, programme, now).await?
        }
        Way::Sweep => tx.expire(member, id, programme, now).await?,
    };
    tx.commit().await?;
    Ok(matches!(acted, Acted::Done(_)))
}

pub async fn opposite_ways_do_not_block_one_another(world: World) {
    let shop = Arc::new(Shop::open(&world).await);
    let now = at("2026-03-02");
    for (counter, variant) in [(0, 0), (0, 1), (1, 0), (1, 1)] {
        shop.count(&world.db, counter, variant, 12, now).await;
    }
    let world = Arc::new(world);
    let mut lives = Vec::new();
    for number in 0..12 {
        let member = shop.member(&world, number).await;
        let number = usize::try_from(number).unwrap();
        let held = shop.held(&world, member, (number % 2, number / 2 % 2), now).await;
        let collected = number % 3 == 0;
        if collected {
            shop.ready(&world.db, &held, now).await;
            shop.collect(&world.db, &held, now).await;
        }
        lives.push((held, number, collected));
    }
    let tasks: Vec<_> = lives
        .into_iter()
        .map(|(held, number, collected)| {
            let (world, shop) = (world.clone(), shop.clone());
            tokio::spawn(async move {
                let mut changes = 0;
                for round in 0..12 {
                    let there = (number + round + 1) % 2;
                    let way = match (collected, round % 4) {
                        (_, 3) => Way::Sweep,
                        (true, _) => Way::Exchange((number / 2 + round + 1) % 2),
                        (false, _) => Way::Move(there),
                    };
                    match go(&world, &shop, &held, way).await {
                        Ok(changed) => changes += i32::from(changed),
                        Err(error @ Error::Busy) => panic!("{error}"),
                        Err(error) => panic!("{error:?}"),
                    }
                }
                changes
            })
        })
        .collect();
    let mut changes = 0;
    for task in tasks {
        changes += task.await.unwrap();
    }
    // There were units enough for many of them to get somewhere.
    assert!(changes > 40, "{changes}");
    let mut units = 0;
    for stock in world.db.read().await.unwrap().stock(now + hours(1)).await.unwrap() {
        assert!(stock.held <= stock.on_hand, "{stock:?}");
        units += stock.on_hand;
    }
    assert_eq!(units, 48 - 4);
    assert_eq!(world.faults().await, []);
}

pub async fn taps_of_one_member_lock_no_more_than_she_has(world: World) {
    let shop = Arc::new(Shop::open(&world).await);
    let (member, now) = (shop.member(&world, 1).await, at("2026-03-02"));
    for variant in 0..3 {
        shop.count(&world.db, 0, variant, 20, now).await;
    }
    let world = Arc::new(world);
    let taps: Vec<_> = (0..20)
        .map(|number| {
            let (world, shop) = (world.clone(), shop.clone());
            tokio::spawn(async move { shop.reserve(&world, member, (0, number % 3), now).await })
        })
        .collect();
    let mut reserved = 0;
    for tap in taps {
        match tap.await.unwrap() {
            Reserving::Reserved { .. } => reserved += 1,
            other => assert_eq!(other, Reserving::InsufficientPoints { missing: 20 }),
        }
    }
    assert_eq!(reserved, 2);
    assert_eq!(world.balances_at(member, now).await, (20, 80, 0));
    assert_eq!(world.faults().await, []);
}

pub async fn a_tap_that_is_repeated_is_one_hold(world: World) {
    let shop = Shop::open(&world).await;
    let (member, now) = (shop.member(&world, 1).await, at("2026-03-02"));
    shop.count(&world.db, 0, 0, 20, now).await;
    // What a handler does: claim, reserve, save, commit. The transaction of the first is given up half-way.
    let tap = async |world: &World, shop: &Shop, half_way: bool| {
        let claim = Claim { subject: "m", key: "k", body_hash: "b", now, keep_until: now + hours(48) };
        let mut tx = world.db.begin().await.unwrap();
        match tx.claim(&claim).await.unwrap() {
            Claimed::New => {}
            Claimed::Replay { body, .. } => return Some(body),
            other => panic!("{other:?}"),
        }
        let (variant, counter) = (shop.variant(0), shop.counters[0]);
        let new = NewReservation { id: world.id(), variant, counter, by: Actor::Member };
        let reserved = tx.reserve(member, &new, &shop.programme, now).await.unwrap();
        assert!(matches!(reserved, Reserving::Reserved { .. }));
        if half_way {
            return None;
        }
        tx.save_answer("m", "k", 201, &new.id.to_string()).await.unwrap();
        tx.commit().await.unwrap();
        Some(new.id.to_string())
    };
    assert_eq!(tap(&world, &shop, true).await, None);
    assert_eq!(world.balances_at(member, now).await, (100, 0, 0));
    assert_eq!(shop.units(&world.db, 0, 0, now).await, (20, 20));
    let first = tap(&world, &shop, false).await;
    let mut again = Vec::new();
    for _ in 0..20 {
        again.push(tap(&world, &shop, false).await);
    }
    // Nor is it made anew once it has ended.
    let mut reader = world.db.read().await.unwrap();
    let held = reader.reservations(member, None, 10, now).await.unwrap();
    drop(reader);
    assert_eq!(held.len(), 1);
    done(shop.cancel(&world.db, &held[0], now).await);
    again.push(tap(&world, &shop, false).await);
    assert!(again.iter().all(|answer| *answer == first), "{again:?}");
    assert_eq!(world.balances_at(member, now).await, (100, 0, 0));
    assert_eq!(world.faults().await, []);
}
