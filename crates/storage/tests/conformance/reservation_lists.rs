use chrono::TimeDelta;
use loyalty::reservation::State;
use storage::{DueCursor, ReservationCursor, ReservationFilter};
use uuid::Uuid;

use crate::shop::{Shop, done, write};
use crate::support::{World, at, hours};

pub async fn hers_are_open_ones_first_then_the_newest(world: World) {
    let shop = Shop::open(&world).await;
    let member = shop.member(&world, 1).await;
    let (now, mut made) = (at("2026-03-02"), Vec::new());
    shop.count(&world.db, 0, 0, 9, now).await;
    for hour in 0..5 {
        let held = shop.held(&world, member, (0, 0), now + hours(hour)).await;
        // The third and the fifth stay open; there are points for no more than two.
        if hour % 2 == 1 || hour == 0 {
            done(shop.cancel(&world.db, &held, now + hours(hour)).await);
        }
        made.push(held.id);
    }
    let now = now + hours(5);
    let other = shop.member(&world, 2).await;
    shop.held(&world, other, (0, 0), now).await;
    let mut reader = world.db.read().await.unwrap();
    let (mut after, mut seen) = (None, Vec::new());
    loop {
        let page = reader.reservations(member, after, 2, now).await.unwrap();
        let Some(last) = page.last() else { break };
        let cursor: ReservationCursor = last.position(now).to_string().parse().unwrap();
        assert_eq!(cursor, last.position(now));
        after = Some(cursor);
        seen.extend(page.iter().map(|reservation| reservation.id));
    }
    assert_eq!(seen, [made[4], made[2], made[3], made[1], made[0]]);
    // Once their time has run out they stand among the others.
    let later = now + hours(500);
    let all = reader.reservations(member, None, 10, later).await.unwrap();
    assert_eq!(all.iter().map(|one| one.id).collect::<Vec<_>>(), [made[4], made[3], made[2], made[1], made[0]]);
    for text in ["", "o", "x1", "o-1", "e1x"] {
        assert!(text.parse::<ReservationCursor>().is_err(), "{text}");
    }
    drop(reader);
    assert_eq!(world.faults().await, []);
}

pub async fn the_staff_sees_what_is_due_first(world: World) {
    let shop = Shop::open(&world).await;
    let (db, now) = (&world.db, at("2026-03-02"));
    for counter in 0..2 {
        shop.count(db, counter, 0, 9, now).await;
    }
    let mut ids: Vec<Uuid> = Vec::new();
    for number in 0..6 {
        let member = shop.member(&world, number).await;
        let held = shop.held(&world, member, (usize::from(number == 5), 0), now + hours(24 * i64::from(number))).await;
        ids.push(held.id);
        match number {
            // 0 is held and late, 1 is ready, 2 has been collected, 3 has failed, 4 and 5 are held.
            1 => drop(done(shop.ready(db, &held, now + hours(25)).await)),
            2 => {
                shop.ready(db, &held, now + hours(49)).await;
                drop(done(shop.collect(db, &held, now + hours(50)).await));
            }
            3 => drop(done(shop.fail(db, &held, now + hours(73)).await)),
            _ => {}
        }
    }
    let now = now + hours(124);
    let all = async |filter: ReservationFilter, now| {
        let mut reader = db.read().await.unwrap();
        let (mut after, mut seen) = (None, Vec::new());
        loop {
            let page = reader.staff_reservations(&filter, after, 2, now).await.unwrap();
            let Some(last) = page.last() else { break };
            let cursor: DueCursor = last.position.to_string().parse().unwrap();
            assert_eq!(cursor, last.position);
            after = Some(cursor);
            seen.extend(page.iter().map(|line| ids.iter().position(|id| *id == line.reservation.id).unwrap()));
        }
        seen
    };
    let any = ReservationFilter::default();
    let here = ReservationFilter { counter: Some(shop.counters[0]), ..any };
    // 0 was due on the 3rd, 2 ended on the 4th, 3 on the 5th, 4 is due on the 7th and 5 on the 8th at 18:00; the hold of 1 ends
    // on the 8th at 20:00.
    assert_eq!(all(any, now).await, [0, 2, 3, 4, 5, 1]);
    assert_eq!(all(here, now).await, [0, 2, 3, 4, 1]);
    let there = ReservationFilter { counter: Some(shop.counters[1]), ..any };
    assert_eq!(all(there, now).await, [5]);
    let state = |state| ReservationFilter { state: Some(state), ..here };
    assert_eq!(all(state(State::Held), now).await, [0, 4]);
    assert_eq!(all(state(State::Ready), now).await, [1]);
    assert_eq!(all(state(State::Collected), now).await, [2]);
    assert_eq!(all(state(State::Failed), now).await, [3]);
    assert_eq!(all(state(State::Expired), now).await, []);
    assert_eq!(all(ReservationFilter { late: true, ..any }, now).await, [0]);
    // The hold of 0 ends on the 7th, and nobody sweeps.
    let later = at("2026-03-07") + hours(8);
    assert_eq!(all(state(State::Held), later).await, [4]);
    assert_eq!(all(state(State::Expired), later).await, [0]);
    assert_eq!(all(ReservationFilter { late: true, ..any }, later).await, [4]);
    // Whose hold ends, or that ended, on a day.
    let on = |text| {
        let from = at(text) - hours(12);
        ReservationFilter { between: Some((from, from + hours(24))), ..here }
    };
    assert_eq!(all(on("2026-03-04"), now).await, [2]);
    assert_eq!(all(on("2026-03-07"), now).await, [0]);
    // The hold of 2 would have ended on the 9th, but it ended before.
    assert_eq!(all(on("2026-03-09"), now).await, []);
    assert_eq!(all(ReservationFilter { state: Some(State::Ready), ..on("2026-03-08") }, now).await, [1]);
    let mut reader = db.read().await.unwrap();
    let line = reader.staff_reservations(&there, None, 1, now).await.unwrap().remove(0);
    assert_eq!((line.name.as_str(), line.phone.as_str()), ("会员 5", "+8613800000005"));
    for text in ["", "1", "_", "-1_0", "1_2"] {
        assert!(text.parse::<DueCursor>().is_err(), "{text}");
    }
}

pub async fn many_histories_come_at_once(world: World) {
    let shop = Shop::open(&world).await;
    let now = at("2026-03-02");
    shop.count(&world.db, 0, 0, 200, now).await;
    let mut all = Vec::new();
    for number in 0..3 {
        let member = shop.member(&world, number).await;
        for minute in 0..40 {
            let held = shop.held(&world, member, (0, 0), now + TimeDelta::minutes(minute)).await;
            done(shop.cancel(&world.db, &held, now + TimeDelta::minutes(minute)).await);
            all.push((member, held.id));
        }
    }
    let mut reader = world.db.read().await.unwrap();
    let events = reader.reservation_events(&all).await.unwrap();
    assert_eq!(events.len(), 120);
    assert!(events.values().all(|events| events.len() == 2 && events[0].at == events[1].at));
    // With the wrong member there is nothing to see.
    let strangers = [(all[0].0, all[119].1)];
    assert!(reader.reservation_events(&strangers).await.unwrap().is_empty());
    assert!(reader.reservation_events(&[]).await.unwrap().is_empty());
}

pub async fn the_home_page_names_them(world: World) {
    let shop = Shop::open(&world).await;
    let (member, now) = (shop.member(&world, 1).await, at("2026-03-02"));
    shop.count(&world.db, 0, 0, 9, now).await;
    write!(world.db, |tx| tx.count_stock(shop.counters[1], shop.other.variants[0].id, 9, "小周", now)).unwrap();
    let first = shop.held(&world, member, (0, 0), now).await;
    let new = storage::NewReservation {
        id: world.id(),
        variant: shop.other.variants[0].id,
        counter: shop.counters[1],
        by: storage::Actor::Staff("小周"),
    };
    write!(world.db, |tx| tx.reserve(member, &new, &shop.programme, now + hours(24)));
    shop.ready(&world.db, &first, now).await;
    let later = now + hours(30);
    let overview = world.db.read().await.unwrap().overview(member, later).await.unwrap().unwrap();
    assert_eq!((overview.balances.available, overview.balances.held), (50, 50));
    let open = &overview.reservations;
    // The deadline of the one that waits for its counter comes before the end of the other's hold.
    assert_eq!(
        open.iter().map(|one| (one.id, one.state)).collect::<Vec<_>>(),
        [(new.id, State::Held), (first.id, State::Ready)]
    );
    assert_eq!(open[0].names("zh-CN"), ("balm zh-CN", "counter 2 zh-CN"));
    assert_eq!(open[1].names("en"), ("serum en", "counter 1 en"));
    assert_eq!(open[1].names("fr"), open[1].names("en"));
    assert_eq!(open[1].hold_until, first.progress.hold_until);
    let events = world.db.read().await.unwrap().reservation_events(&[(member, new.id)]).await.unwrap();
    assert_eq!(events[&new.id][0].by_name.as_deref(), Some("小周"));
}
