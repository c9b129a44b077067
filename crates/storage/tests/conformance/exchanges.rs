use chrono::TimeDelta;
use loyalty::reservation::{Event, Refusal, State};
use storage::{Acted, Offer, Reservation};

use crate::shop::{CLERK, Shop, done, over, refused, write};
use crate::support::{World, at, hours};

/// A ready reservation of variant 0 at counter 0, where two of it and one of variant 1 are.
async fn ready(world: &World, shop: &Shop) -> Reservation {
    let now = at("2026-03-02");
    shop.count(&world.db, 0, 0, 2, now).await;
    shop.count(&world.db, 0, 1, 1, now).await;
    let member = shop.member(world, 1).await;
    let held = shop.held(world, member, (0, 0), now).await;
    done(shop.ready(&world.db, &held, now).await)
}

pub async fn before_pick_up_she_gets_the_other_unit(world: World) {
    let shop = Shop::open(&world).await;
    let ready = ready(&world, &shop).await;
    let now = at("2026-03-02") + hours(1);
    let offered = done(shop.offer(&world.db, &ready, 1, now).await);
    let until = now + TimeDelta::minutes(15);
    assert_eq!(offered.offer, Some(Offer { variant: shop.variant(1), until, by: "小周".to_owned() }));
    assert_eq!((offered.progress.state, offered.variant), (State::Ready, shop.variant(0)));
    // The offer holds its unit, and the reservation still holds its own.
    assert_eq!(shop.units(&world.db, 0, 1, now).await, (1, 0));
    assert_eq!(shop.units(&world.db, 0, 0, now).await, (2, 1));
    assert_eq!(refused(shop.offer(&world.db, &ready, 2, now).await), Refusal::OfferPending);
    let taken = done(shop.answer(&world.db, &ready, true, now).await);
    assert_eq!((taken.progress.state, taken.variant, taken.offer.clone()), (State::Ready, shop.variant(1), None));
    assert_eq!(shop.units(&world.db, 0, 1, now).await, (1, 0));
    assert_eq!(shop.units(&world.db, 0, 0, now).await, (2, 2));
    // The pass is the same, the unit that it asks for another.
    let mut reader = world.db.read().await.unwrap();
    let hash = format!("{}/1", ready.id);
    assert_eq!(reader.pickup(ready.counter, &hash).await.unwrap(), Some((ready.member, ready.id)));
    drop(reader);
    assert!(matches!(shop.collect(&world.db, &ready, now).await, Acted::WrongUnit(_)));
    done(shop.collect(&world.db, &taken, now).await);
    assert_eq!(shop.units(&world.db, 0, 1, now).await, (0, 0));
    assert_eq!(shop.units(&world.db, 0, 0, now).await, (2, 2));
    assert_eq!(world.faults().await, []);
}

pub async fn after_pick_up_two_units_change_places(world: World) {
    let shop = Shop::open(&world).await;
    let ready = ready(&world, &shop).await;
    let now = at("2026-03-02") + hours(1);
    done(shop.collect(&world.db, &ready, now).await);
    assert_eq!(shop.units(&world.db, 0, 0, now).await, (1, 1));
    let balances = world.balances_at(ready.member, now).await;
    done(shop.offer(&world.db, &ready, 1, now).await);
    assert_eq!(shop.units(&world.db, 0, 1, now).await, (1, 0));
    let exchanged = done(shop.answer(&world.db, &ready, true, now).await);
    assert_eq!((exchanged.progress.state, exchanged.variant), (State::Collected, shop.variant(1)));
    assert_eq!(exchanged.ended_at, Some(now));
    assert_eq!(shop.units(&world.db, 0, 1, now).await, (0, 0));
    assert_eq!(shop.units(&world.db, 0, 0, now).await, (2, 2));
    assert_eq!(world.balances_at(ready.member, now).await, balances);
    assert_eq!(refused(shop.answer(&world.db, &ready, true, now).await), Refusal::NoOffer);
    let events = world.db.read().await.unwrap().reservation_events(&[(ready.member, ready.id)]).await.unwrap();
    let told: Vec<_> = events[&ready.id][3..].iter().map(|event| (event.what, event.variant)).collect();
    assert_eq!(told, [(Event::ExchangeOffered, shop.variant(1)), (Event::Exchanged, shop.variant(1))]);
    assert_eq!(world.faults().await, []);
}

pub async fn without_her_word_nothing_changes(world: World) {
    let shop = Shop::open(&world).await;
    let ready = ready(&world, &shop).await;
    let now = at("2026-03-02") + hours(1);
    done(shop.offer(&world.db, &ready, 1, now).await);
    let declined = done(shop.answer(&world.db, &ready, false, now).await);
    assert_eq!((declined.variant, declined.offer), (shop.variant(0), None));
    assert_eq!(shop.units(&world.db, 0, 1, now).await, (1, 1));
    // Nor if she says nothing: the offer ends by itself.
    done(shop.offer(&world.db, &ready, 1, now).await);
    let then = now + TimeDelta::minutes(15);
    assert_eq!(shop.units(&world.db, 0, 1, then - TimeDelta::milliseconds(1)).await, (1, 0));
    assert_eq!(shop.units(&world.db, 0, 1, then).await, (1, 1));
    assert_eq!(refused(shop.answer(&world.db, &ready, true, then).await), Refusal::NoOffer);
    // Somebody else gets the unit of the offer that has ended.
    let other = shop.member(&world, 2).await;
    shop.held(&world, other, (0, 1), then).await;
    assert_eq!(shop.offer(&world.db, &ready, 1, then).await, Acted::OutOfStock);
    // What is handed over is an answer too.
    let collected = done(shop.collect(&world.db, &ready, then).await);
    assert_eq!((collected.variant, collected.offer), (shop.variant(0), None));
    assert_eq!(world.faults().await, []);
}

pub async fn only_another_variant_of_the_same_gift_and_only_the_one_she_saw(world: World) {
    let shop = Shop::open(&world).await;
    let ready = ready(&world, &shop).await;
    let (member, id, now) = (ready.member, ready.id, at("2026-03-02") + hours(1));
    let programme = &shop.programme;
    for variant in [shop.variant(0), shop.other.variants[0].id, world.id()] {
        let acted = write!(world.db, |tx| tx.offer_exchange(member, id, CLERK, variant, programme, now));
        assert_eq!(refused(acted), Refusal::NoExchange);
    }
    assert_eq!(shop.offer(&world.db, &ready, 2, now).await, Acted::OutOfStock);
    done(shop.offer(&world.db, &ready, 1, now).await);
    let seen = Some(shop.variant(2));
    let acted = write!(world.db, |tx| tx.answer_exchange(member, id, true, seen, programme, now));
    assert_eq!(refused(acted), Refusal::NoOffer);
    let seen = Some(shop.variant(1));
    let taken = done(write!(world.db, |tx| tx.answer_exchange(member, id, true, seen, programme, now)));
    assert_eq!(taken.variant, shop.variant(1));
    assert_eq!(world.faults().await, []);
}

pub async fn an_offer_ends_with_what_it_stands_beside(world: World) {
    let shop = Shop::open(&world).await;
    let ready = ready(&world, &shop).await;
    // She gives the gift up, and the offer goes with it.
    let now = at("2026-03-02") + hours(1);
    done(shop.offer(&world.db, &ready, 1, now).await);
    done(shop.cancel(&world.db, &ready, now).await);
    assert_eq!(shop.units(&world.db, 0, 1, now).await, (1, 1));
    assert_eq!(refused(shop.answer(&world.db, &ready, true, now).await), Refusal::NoOffer);
    // The time runs out, and the offer with it, before anybody sweeps.
    let held = shop.held(&world, ready.member, (0, 0), now).await;
    let ready = done(shop.ready(&world.db, &held, now).await);
    let end = ready.progress.hold_until;
    let offered = done(shop.offer(&world.db, &ready, 1, end - TimeDelta::minutes(5)).await);
    assert_eq!(offered.offer.map(|offer| offer.until), Some(end));
    assert_eq!(shop.units(&world.db, 0, 1, end).await, (1, 1));
    assert_eq!(refused(shop.answer(&world.db, &ready, true, end).await), Refusal::NoOffer);
    over(shop.collect(&world.db, &ready, end).await, State::Expired);
    let expired = done(shop.expire(&world.db, &ready, end).await);
    assert_eq!(expired.offer, None);
    assert_eq!(world.faults().await, []);
}
