//! Writers who need the same places in opposite orders wait for one another, and none of them for ever.

use std::sync::Arc;

use storage::{Acted, Error, Reservation};

use crate::shop::{CLERK, Shop};
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
