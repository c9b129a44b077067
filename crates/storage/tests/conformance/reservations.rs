use loyalty::reservation::{Event, Refusal, State};
use storage::{Acted, Reserving};

use crate::shop::{Shop, done, over, refused, write};
use crate::support::{World, at, day, hours};

/// A member with 100 points of two lots, 60 and 40, the smaller one expiring first.
async fn member(world: &World, number: u32) -> uuid::Uuid {
    let member = world.member(number).await;
    world.buy(member, &format!("{number}-A"), "2026-02-02", 60).await;
    world.buy(member, &format!("{number}-B"), "2026-02-01", 40).await;
    world.post("2026-03-01").await;
    member
}

pub async fn points_and_unit_are_locked_together(world: World) {
    let shop = Shop::open(&world).await;
    let member = member(&world, 1).await;
    let now = at("2026-03-02");
    shop.count(&world.db, 0, 0, 1, now).await;
    let held = shop.held(&world, member, (0, 0), now).await;
    assert_eq!(held.progress.state, State::Held);
    assert_eq!(held.progress.hold_until, at("2026-03-07") + hours(8));
    assert_eq!(held.progress.ready_by, at("2026-03-03") + hours(6));
    assert_eq!(world.balances_at(member, now).await, (60, 40, 0));
    assert_eq!(shop.units(&world.db, 0, 0, now).await, (1, 0));
    let mut reader = world.db.snapshot().await.unwrap();
    assert_eq!(reader.reservation(member, held.id).await.unwrap().as_ref(), Some(&held));
    assert_eq!(reader.reservation_anywhere(held.id).await.unwrap().as_ref(), Some(&held));
    // The soonest-expiring lot first.
    let lots = reader.lots(member, now).await.unwrap();
    assert_eq!(lots.iter().map(|lot| (lot.state.points, lot.state.held)).collect::<Vec<_>>(), [(40, 40), (60, 0)]);
    drop(reader);
    assert_eq!(shop.reserve(&world, member, (0, 0), now).await, Reserving::OutOfStock);
    assert_eq!(world.faults().await, []);
    let cancelled = done(shop.cancel(&world.db, &held, now + hours(1)).await);
    assert_eq!((cancelled.progress.state, cancelled.ended_at), (State::Cancelled, Some(now + hours(1))));
    assert_eq!(world.balances_at(member, now).await, (100, 0, 0));
    assert_eq!(shop.units(&world.db, 0, 0, now).await, (1, 1));
    over(shop.cancel(&world.db, &held, now + hours(1)).await, State::Cancelled);
    assert_eq!(world.faults().await, []);
}

pub async fn put_aside_and_collected(world: World) {
    let shop = Shop::open(&world).await;
    let member = member(&world, 1).await;
    let now = at("2026-03-02");
    shop.count(&world.db, 0, 0, 2, now).await;
    let held = shop.held(&world, member, (0, 0), now).await;
    over(shop.collect(&world.db, &held, now).await, State::Held);
    let ready = done(shop.ready(&world.db, &held, now + hours(1)).await);
    assert_eq!((ready.progress.state, ready.ready_at, ready.times_ready), (State::Ready, Some(now + hours(1)), 1));
    let mut reader = world.db.read().await.unwrap();
    let hash = format!("{}/1", held.id);
    assert_eq!(reader.pickup(held.counter, &hash).await.unwrap(), Some((member, held.id)));
    assert_eq!(reader.pickup(shop.counters[1], &hash).await.unwrap(), None);
    drop(reader);
    assert_eq!(world.faults().await, []);
    // Another unit than the one that was reserved: nothing changes.
    let wrong =
        write!(world.db, |tx| tx.collect(member, held.id, crate::shop::CLERK, shop.variant(1), &shop.programme, now));
    assert_eq!(wrong, Acted::WrongUnit(ready.clone()));
    let collected = done(shop.collect(&world.db, &ready, now + hours(2)).await);
    assert_eq!(collected.progress.state, State::Collected);
    assert_eq!(world.balances_at(member, now).await, (60, 0, 0));
    assert_eq!(shop.units(&world.db, 0, 0, now).await, (1, 1));
    let mut reader = world.db.snapshot().await.unwrap();
    assert_eq!(reader.pickup(held.counter, &hash).await.unwrap(), None);
    let entries = reader.ledger(member, None, None, 10).await.unwrap();
    let spent = &entries[0];
    assert_eq!((spent.id, spent.points, spent.balance_after), (held.id, -40, Some(60)));
    assert_eq!((spent.cause.kind.as_str(), spent.cause.label.as_str()), ("reservation", "serum zh-CN"));
    assert_eq!((spent.cause.id, spent.on), (held.id, day("2026-03-02")));
    let events = reader.reservation_events(&[(member, held.id)]).await.unwrap();
    let told: Vec<_> = events[&held.id].iter().map(|event| (event.what, event.by_kind.as_str())).collect();
    assert_eq!(told, [(Event::Held, "member"), (Event::Ready, "staff"), (Event::Collected, "staff")]);
    drop(reader);
    for again in [
        shop.collect(&world.db, &ready, now).await,
        shop.cancel(&world.db, &ready, now).await,
        shop.fail(&world.db, &ready, now).await,
        shop.expire(&world.db, &ready, now + hours(1000)).await,
        shop.move_to(&world.db, &ready, 1, now).await,
        shop.extend(&world.db, &ready, now).await,
        shop.ready(&world.db, &ready, now).await,
    ] {
        over(again, State::Collected);
    }
    assert_eq!(refused(shop.answer(&world.db, &ready, true, now).await), Refusal::NoOffer);
    assert_eq!(world.faults().await, []);
}
