use loyalty::reservation::{Event, Refusal, State};
use storage::{Acted, Actor, Clerk, Gift, NewReservation, Reserving};

use crate::shop::{CLERK, Shop, code_hash, done, over, refused, write};
use crate::support::{World, at, day, hours};

pub async fn points_and_unit_are_locked_together(world: World) {
    let shop = Shop::open(&world).await;
    let member = shop.member(&world, 1).await;
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
    let member = shop.member(&world, 1).await;
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
    let wrong = write!(world.db, |tx| tx.collect(member, held.id, CLERK, shop.variant(1), &shop.programme, now));
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

pub async fn what_can_not_be_is_said(world: World) {
    let shop = Shop::open(&world).await;
    let (member, now) = (shop.member(&world, 1).await, at("2026-03-02"));
    shop.count(&world.db, 0, 0, 10, now).await;
    shop.count(&world.db, 0, 1, 10, now).await;
    let reserve = async |member, variant, counter| {
        let new = NewReservation { id: world.id(), variant, counter, by: Actor::Member };
        write!(world.db, |tx| tx.reserve(member, &new, &shop.programme, now))
    };
    let (here, first) = (shop.counters[0], shop.variant(0));
    assert_eq!(reserve(world.id(), first, here).await, Reserving::NotFound);
    assert_eq!(reserve(member, world.id(), here).await, Reserving::NotFound);
    // Never counted there, or no such counter: nothing is free.
    assert_eq!(reserve(member, first, shop.counters[1]).await, Reserving::OutOfStock);
    assert_eq!(reserve(member, first, world.id()).await, Reserving::OutOfStock);
    let poor = world.member(2).await;
    assert_eq!(reserve(poor, first, here).await, Reserving::InsufficientPoints { missing: 40 });
    shop.held(&world, member, (0, 0), now).await;
    shop.held(&world, member, (0, 1), now).await;
    assert_eq!(reserve(member, first, here).await, Reserving::InsufficientPoints { missing: 20 });
    write!(world.db, |tx| tx.put_gift(&Gift { per_member: Some(2), ..shop.gift.clone() }));
    assert_eq!(reserve(member, first, here).await, Reserving::GiftLimit);
    let mut strict = shop.programme.clone();
    strict.reservation.open_limit = 2;
    let new = NewReservation { id: world.id(), variant: first, counter: here, by: Actor::Member };
    assert_eq!(write!(world.db, |tx| tx.reserve(member, &new, &strict, now)), Reserving::OpenLimit);
    assert_eq!(world.balances_at(member, now).await, (20, 80, 0));
    assert_eq!(shop.units(&world.db, 0, 0, now).await, (10, 9));
    assert_eq!(world.faults().await, []);
}

pub async fn a_limit_counts_what_she_has_or_had(world: World) {
    let shop = Shop::open(&world).await;
    let (member, now) = (shop.member(&world, 1).await, at("2026-03-02"));
    write!(world.db, |tx| tx.put_gift(&Gift { per_member: Some(1), ..shop.gift.clone() }));
    shop.count(&world.db, 0, 0, 10, now).await;
    let held = shop.held(&world, member, (0, 0), now).await;
    assert_eq!(shop.reserve(&world, member, (0, 0), now).await, Reserving::GiftLimit);
    // Given up: she may have one again. Collected: she has had hers.
    done(shop.cancel(&world.db, &held, now).await);
    let held = shop.held(&world, member, (0, 0), now).await;
    done(shop.fail(&world.db, &held, now).await);
    let held = shop.held(&world, member, (0, 0), now).await;
    shop.ready(&world.db, &held, now).await;
    done(shop.collect(&world.db, &held, now).await);
    assert_eq!(shop.reserve(&world, member, (0, 0), now).await, Reserving::GiftLimit);
    assert_eq!(world.db.read().await.unwrap().gifts_had(member, now).await.unwrap(), [(shop.gift.id, 1)]);
    assert_eq!(world.faults().await, []);
}

pub async fn moved_it_is_held_anew_there(world: World) {
    let shop = Shop::open(&world).await;
    let (member, now) = (shop.member(&world, 1).await, at("2026-03-02"));
    shop.count(&world.db, 0, 0, 1, now).await;
    let held = shop.held(&world, member, (0, 0), now).await;
    let ready = done(shop.ready(&world.db, &held, now).await);
    let later = at("2026-03-03");
    assert_eq!(shop.move_to(&world.db, &ready, 1, later).await, Acted::OutOfStock);
    shop.count(&world.db, 1, 0, 1, now).await;
    assert_eq!(refused(shop.move_to(&world.db, &ready, 0, later).await), Refusal::SameCounter);
    let moved = done(shop.move_to(&world.db, &ready, 1, later).await);
    assert_eq!((moved.counter, moved.progress.state), (shop.counters[1], State::Held));
    assert_eq!(moved.progress.hold_until, at("2026-03-08") + hours(8));
    assert_eq!(shop.units(&world.db, 0, 0, later).await, (1, 1));
    assert_eq!(shop.units(&world.db, 1, 0, later).await, (1, 0));
    assert_eq!(world.balances_at(member, later).await, (60, 40, 0));
    // The old code is good nowhere; the next one is another.
    let mut reader = world.db.read().await.unwrap();
    for counter in &shop.counters {
        assert_eq!(reader.pickup(*counter, &format!("{}/1", held.id)).await.unwrap(), None);
    }
    drop(reader);
    let ready = done(shop.ready(&world.db, &moved, later).await);
    assert_eq!(ready.times_ready, 2);
    let found = world.db.read().await.unwrap().pickup(shop.counters[1], &format!("{}/2", held.id)).await.unwrap();
    assert_eq!(found, Some((member, held.id)));
    assert_eq!(world.faults().await, []);
}

pub async fn a_code_that_somebody_has_is_not_given_out_again(world: World) {
    let shop = Shop::open(&world).await;
    let now = at("2026-03-02");
    shop.count(&world.db, 0, 0, 2, now).await;
    let mut readies = Vec::new();
    for number in 1..=2 {
        let member = shop.member(&world, number).await;
        let held = shop.held(&world, member, (0, 0), now).await;
        let same = |number: i64| format!("code {number}");
        let acted =
            write!(world.db, |tx| tx.make_ready(member, held.id, CLERK, held.variant, &same, &shop.programme, now));
        readies.push(done(acted));
    }
    assert_eq!((readies[0].times_ready, readies[1].times_ready), (1, 2));
    let mut reader = world.db.read().await.unwrap();
    for ready in &readies {
        let hash = format!("code {}", ready.times_ready);
        assert_eq!(reader.pickup(ready.counter, &hash).await.unwrap(), Some((ready.member, ready.id)));
    }
    drop(reader);
    assert_eq!(world.faults().await, []);
}

pub async fn a_counter_that_can_not_keep_it_says_why(world: World) {
    let shop = Shop::open(&world).await;
    let (member, now) = (shop.member(&world, 1).await, at("2026-03-02"));
    shop.count(&world.db, 0, 0, 1, now).await;
    let held = shop.held(&world, member, (0, 0), now).await;
    shop.ready(&world.db, &held, now).await;
    let failed = done(shop.fail(&world.db, &held, now).await);
    assert_eq!(failed.progress.state, State::Failed);
    assert_eq!(world.balances_at(member, now).await, (100, 0, 0));
    assert_eq!(shop.units(&world.db, 0, 0, now).await, (1, 1));
    let events = world.db.read().await.unwrap().reservation_events(&[(member, held.id)]).await.unwrap();
    let last = events[&held.id].last().unwrap();
    assert_eq!((last.what, last.note.as_deref(), last.by_name.as_deref()), (Event::Failed, Some("碎了"), Some("小周")));
    assert_eq!(world.faults().await, []);
}

pub async fn what_is_not_the_callers_is_not_there(world: World) {
    let shop = Shop::open(&world).await;
    let (member, other) = (shop.member(&world, 1).await, shop.member(&world, 2).await);
    let (db, programme, now) = (&world.db, &shop.programme, at("2026-03-02"));
    shop.count(db, 0, 0, 1, now).await;
    shop.count(db, 1, 0, 1, now).await;
    let held = shop.held(&world, member, (0, 0), now).await;
    let id = held.id;
    assert_eq!(db.read().await.unwrap().reservation(other, id).await.unwrap(), None);
    let elsewhere = Clerk { name: "小李", counter: Some(shop.counters[1]) };
    let (variant, hash) = (held.variant, code_hash(id));
    let acted = [
        write!(db, |tx| tx.cancel(other, id, programme, now)),
        write!(db, |tx| tx.extend(other, id, programme, now)),
        write!(db, |tx| tx.move_to(other, id, shop.counters[1], programme, now)),
        write!(db, |tx| tx.answer_exchange(other, id, true, None, programme, now)),
        write!(db, |tx| tx.expire(other, id, programme, now)),
        write!(db, |tx| tx.note_late(other, id, programme, now)),
        write!(db, |tx| tx.make_ready(other, id, CLERK, variant, &hash, programme, now)),
        write!(db, |tx| tx.make_ready(member, id, elsewhere, variant, &hash, programme, now)),
        write!(db, |tx| tx.collect(member, id, elsewhere, variant, programme, now)),
        write!(db, |tx| tx.fail(member, id, elsewhere, "no", programme, now)),
        write!(db, |tx| tx.offer_exchange(member, id, elsewhere, shop.variant(1), programme, now)),
        write!(db, |tx| tx.cancel(member, world.id(), programme, now)),
        write!(db, |tx| tx.cancel(world.id(), id, programme, now)),
    ];
    assert!(acted.iter().all(|acted| *acted == Acted::NotFound), "{acted:?}");
    let here = Clerk { name: "小周", counter: Some(shop.counters[0]) };
    // The wrong unit before the right one.
    let wrong = write!(db, |tx| tx.make_ready(member, id, here, shop.variant(1), &hash, programme, now));
    assert_eq!(wrong, Acted::WrongUnit(held));
    done(write!(db, |tx| tx.make_ready(member, id, here, variant, &hash, programme, now)));
    assert_eq!(world.faults().await, []);
}
