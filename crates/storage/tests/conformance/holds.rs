//! What time does to holds, with and without somebody who sweeps.

use std::sync::Arc;

use chrono::TimeDelta;
use loyalty::reservation::{Event, Refusal, State};
use storage::{DueReservation, Reserving, testing};

use crate::shop::{Shop, done, over, refused, write};
use crate::support::{World, at, day, hours};

pub async fn an_overdue_hold_is_in_nobodys_way(world: World) {
    let shop = Shop::open(&world).await;
    let (one, two) = (shop.member(&world, 1).await, shop.member(&world, 2).await);
    let now = at("2026-03-02");
    shop.count(&world.db, 0, 0, 1, now).await;
    shop.count(&world.db, 1, 0, 1, now).await;
    let held = shop.held(&world, one, (0, 0), now).await;
    let end = held.progress.hold_until;
    let before = end - TimeDelta::milliseconds(1);
    assert_eq!(shop.reserve(&world, two, (0, 0), before).await, Reserving::OutOfStock);
    assert_eq!(world.balances_at(one, before).await, (60, 40, 0));
    // Nobody has swept, and yet: points, unit, lists and limits are as if somebody had.
    assert_eq!(world.balances_at(one, end).await, (100, 0, 0));
    assert_eq!(shop.units(&world.db, 0, 0, end).await, (1, 1));
    let mut reader = world.db.snapshot().await.unwrap();
    assert_eq!(reader.overview(one, end).await.unwrap().unwrap().reservations, []);
    assert_eq!(reader.overview(one, before).await.unwrap().unwrap().reservations.len(), 1);
    assert_eq!(reader.gifts_had(one, end).await.unwrap(), []);
    assert_eq!(reader.gifts_had(one, before).await.unwrap(), [(shop.gift.id, 1)]);
    assert!(reader.lots(one, end).await.unwrap().iter().all(|lot| lot.state.held == 0));
    assert_eq!(
        reader.overdue_holds(end, None, 10).await.unwrap(),
        [DueReservation { due: end, member: one, id: held.id }]
    );
    assert_eq!(reader.overdue_holds(before, None, 10).await.unwrap(), []);
    drop(reader);
    let taken = shop.held(&world, two, (0, 0), end).await;
    // A new reservation of hers ends it first: all her points are there for it.
    let Reserving::Reserved { reservation, expired } = shop.reserve(&world, one, (1, 0), end).await else { panic!() };
    assert_eq!(
        expired.iter().map(|ended| (ended.id, ended.progress.state)).collect::<Vec<_>>(),
        [(held.id, State::Expired)]
    );
    over(shop.expire(&world.db, &held, end).await, State::Expired);
    assert_eq!(world.balances_at(one, end).await, (60, 40, 0));
    assert_eq!(refused(shop.expire(&world.db, &reservation, end).await), Refusal::NotDue);
    done(shop.expire(&world.db, &taken, taken.progress.hold_until).await);
    assert_eq!(world.faults().await, []);
}

pub async fn time_does_not_run_backwards_at_a_unit(world: World) {
    let shop = Shop::open(&world).await;
    let (one, two) = (shop.member(&world, 1).await, shop.member(&world, 2).await);
    let now = at("2026-03-02");
    shop.count(&world.db, 0, 0, 1, now).await;
    let held = shop.held(&world, one, (0, 0), now).await;
    let ready = done(shop.ready(&world.db, &held, now).await);
    let end = ready.progress.hold_until;
    let taken = shop.held(&world, two, (0, 0), end).await;
    // A writer that has waited since before the deadline, or whose clock is behind: too late, the unit is somebody else's.
    let before = end - TimeDelta::seconds(5);
    over(shop.collect(&world.db, &ready, before).await, State::Expired);
    over(shop.extend(&world.db, &ready, before).await, State::Expired);
    over(shop.move_to(&world.db, &ready, 1, before).await, State::Expired);
    over(shop.offer(&world.db, &ready, 1, before).await, State::Expired);
    done(shop.ready(&world.db, &taken, end).await);
    done(shop.collect(&world.db, &taken, end).await);
    assert_eq!(shop.units(&world.db, 0, 0, end).await, (0, 0));
    done(shop.expire(&world.db, &ready, end).await);
    // A clock that was wrong by more than minutes is forgotten.
    shop.count(&world.db, 0, 0, 1, end + TimeDelta::minutes(6)).await;
    let held = shop.held(&world, one, (0, 0), end).await;
    assert_eq!(held.made_at, end);
    done(shop.ready(&world.db, &held, end).await);
    assert_eq!(world.faults().await, []);
}

pub async fn a_hold_that_ends_late_leaves_the_notice_days_ahead(world: World) {
    let shop = Shop::open(&world).await;
    let member = shop.member(&world, 1).await;
    let now = at("2028-01-10");
    shop.count(&world.db, 0, 0, 3, now).await;
    // Her lots expire on 1 and 2 February 2028; she was told of both in time.
    testing::run(&world.fresh, "UPDATE lots SET notified_at = 1, notified_channel = 'sms'").await.unwrap();
    let dates = async |now| {
        let lots = world.db.read().await.unwrap().lots(member, now).await.unwrap();
        lots.iter().map(|lot| (lot.state.expires_on.unwrap().to_string(), lot.notified.is_some())).collect::<Vec<_>>()
    };
    let told = |text: &str, told| (text.to_owned(), told);
    let held = shop.held(&world, member, (0, 0), now).await;
    assert_eq!(dates(now).await, [told("2028-02-01", true), told("2028-02-02", true)]);
    // The hold has ended: what she was told of the lot that it locked does not stand any more, though nobody has swept.
    let end = held.progress.hold_until;
    assert_eq!(dates(end).await, [told("2028-02-01", false), told("2028-02-02", true)]);
    done(shop.expire(&world.db, &held, end).await);
    // 15 January and 30 days: the end of February. The other lot keeps its date and its notice.
    assert_eq!(dates(end).await, [told("2028-02-02", true), told("2028-02-29", false)]);
    // Far from its date a lot keeps both.
    let early = at("2028-01-01");
    testing::run(&world.fresh, "UPDATE lots SET expires_on = '2028-01-31' WHERE expires_on = '2028-02-29'")
        .await
        .unwrap();
    testing::run(&world.fresh, "UPDATE lots SET notified_at = 1, notified_channel = 'sms'").await.unwrap();
    testing::run(&world.fresh, "UPDATE stock SET clock = 0").await.unwrap();
    let held = shop.held(&world, member, (0, 0), early).await;
    done(shop.cancel(&world.db, &held, early).await);
    assert_eq!(dates(early).await, [told("2028-01-31", true), told("2028-02-02", true)]);
    // What was collected is gone, and moves nothing.
    let held = shop.held(&world, member, (0, 0), now).await;
    shop.ready(&world.db, &held, now).await;
    done(shop.collect(&world.db, &held, now).await);
    assert_eq!(dates(now).await, [told("2028-02-02", true)]);
    assert_eq!(world.faults().await, []);
}

pub async fn what_is_left_of_a_lot_keeps_the_date_it_had_under_a_hold(world: World) {
    let shop = Shop::open(&world).await;
    let member = world.member(1).await;
    world.buy(member, "A", "2026-02-01", 100).await;
    world.post("2026-03-01").await;
    let now = at("2028-01-12");
    shop.count(&world.db, 0, 0, 1, now).await;
    testing::run(&world.fresh, "UPDATE lots SET notified_at = 1, notified_channel = 'sms'").await.unwrap();
    let held = shop.held(&world, member, (0, 0), now).await;
    done(shop.ready(&world.db, &held, now).await);
    done(shop.collect(&world.db, &held, now).await);
    // Held points have no date that stands; what is left must not be given back the old one, which may have passed by then.
    let lots = world.db.read().await.unwrap().lots(member, now).await.unwrap();
    let left: Vec<_> =
        lots.iter().map(|lot| (lot.state.points, lot.state.expires_on, lot.notified.is_some())).collect();
    assert_eq!(left, [(60, Some("2028-02-29".parse().unwrap()), false)]);
    assert_eq!(world.faults().await, []);
}

pub async fn late_is_noticed_once(world: World) {
    let shop = Shop::open(&world).await;
    let member = shop.member(&world, 1).await;
    let now = at("2026-03-02");
    shop.count(&world.db, 0, 0, 1, now).await;
    let held = shop.held(&world, member, (0, 0), now).await;
    let due = held.progress.ready_by;
    let late = due + TimeDelta::milliseconds(1);
    let unnoticed = async |now| world.db.read().await.unwrap().late_unnoticed(now, None, 10).await.unwrap();
    assert_eq!(unnoticed(due).await, []);
    assert_eq!(unnoticed(late).await, [DueReservation { due, member, id: held.id }]);
    assert_eq!(refused(shop.note_late(&world.db, &held, due).await), Refusal::NotDue);
    let noted = done(shop.note_late(&world.db, &held, late).await);
    assert_eq!((noted.late_at, noted.progress.state), (Some(late), State::Held));
    assert_eq!(refused(shop.note_late(&world.db, &held, late).await), Refusal::NotDue);
    assert_eq!(unnoticed(late).await, []);
    let mut reader = world.db.read().await.unwrap();
    assert!(reader.overview(member, late).await.unwrap().unwrap().reservations[0].is_late(late));
    drop(reader);
    // Longer: the counter has another day, and may be late again.
    let extended = done(shop.extend(&world.db, &held, late).await);
    assert_eq!((extended.late_at, extended.progress.is_late(late)), (None, false));
    let again = extended.progress.ready_by + TimeDelta::minutes(1);
    let due = extended.progress.ready_by;
    assert_eq!(unnoticed(again).await, [DueReservation { due, member, id: held.id }]);
    done(shop.note_late(&world.db, &held, again).await);
    // Confirmed after all.
    let ready = done(shop.ready(&world.db, &held, again).await);
    assert!(!ready.progress.is_late(again));
    let events = world.db.read().await.unwrap().reservation_events(&[(member, held.id)]).await.unwrap();
    let told: Vec<_> = events[&held.id].iter().map(|event| event.what).collect();
    assert_eq!(told, [Event::Held, Event::Late, Event::Extended, Event::Late, Event::Ready]);
    assert_eq!(events[&held.id][1].by_kind, "clock");
    // What has ended is not late.
    assert_eq!(unnoticed(ready.progress.hold_until + hours(1)).await, []);
    assert_eq!(world.faults().await, []);
}

pub async fn two_sweepers_end_a_hold_once(world: World) {
    let shop = Arc::new(Shop::open(&world).await);
    let now = at("2026-03-02");
    shop.count(&world.db, 0, 0, 10, now).await;
    let mut holds = Vec::new();
    for number in 0..5 {
        let member = shop.member(&world, number).await;
        holds.push(shop.held(&world, member, (0, 0), now).await);
    }
    let end = holds[0].progress.hold_until;
    let world = Arc::new(world);
    let sweepers: Vec<_> = (0..4)
        .map(|_| {
            let (shop, world) = (shop.clone(), world.clone());
            tokio::spawn(async move {
                let due = world.db.read().await.unwrap().overdue_holds(end, None, 100).await.unwrap();
                let mut ended = 0;
                for DueReservation { member, id, .. } in due {
                    let acted = write!(world.db, |tx| tx.expire(member, id, &shop.programme, end));
                    ended += i32::from(matches!(acted, storage::Acted::Done(_)));
                }
                ended
            })
        })
        .collect();
    let mut ended = 0;
    for sweeper in sweepers {
        ended += sweeper.await.unwrap();
    }
    assert_eq!(ended, 5);
    for hold in holds {
        assert_eq!(world.balances_at(hold.member, now).await, (100, 0, 0));
    }
    assert_eq!(day("2026-03-07"), shop.programme.date_of(end));
    assert_eq!(world.faults().await, []);
}

pub async fn what_is_due_comes_in_pages(world: World) {
    let shop = Shop::open(&world).await;
    let now = at("2026-03-02");
    shop.count(&world.db, 0, 0, 10, now).await;
    let mut holds = Vec::new();
    for number in 0..4 {
        let member = shop.member(&world, number).await;
        let held = shop.held(&world, member, (0, 0), now).await;
        // The first two have a day more than the others.
        holds.push(if number < 2 { done(shop.extend(&world.db, &held, now).await) } else { held });
    }
    holds.sort_by_key(|held| (held.progress.hold_until, held.member, held.id));
    let end = holds[3].progress.hold_until;
    let late = holds[3].progress.ready_by + TimeDelta::milliseconds(1);
    let mut reader = world.db.read().await.unwrap();
    let (mut overdue, mut unnoticed) = (Vec::new(), Vec::new());
    for _ in 0..4 {
        // One by one from behind the last, though nobody does anything about them.
        overdue.extend(reader.overdue_holds(end, overdue.last().copied(), 1).await.unwrap());
        unnoticed.extend(reader.late_unnoticed(late, unnoticed.last().copied(), 1).await.unwrap());
    }
    let ids = |found: &[DueReservation]| found.iter().map(|due| due.id).collect::<Vec<_>>();
    assert_eq!(ids(&overdue), holds.iter().map(|held| held.id).collect::<Vec<_>>());
    holds.sort_by_key(|held| (held.progress.ready_by, held.member, held.id));
    assert_eq!(ids(&unnoticed), holds.iter().map(|held| held.id).collect::<Vec<_>>());
    assert_eq!(reader.overdue_holds(end, overdue.last().copied(), 1).await.unwrap(), []);
    assert_eq!(reader.late_unnoticed(late, unnoticed.last().copied(), 1).await.unwrap(), []);
}
