use storage::{Counted, Stock};

use crate::shop::{Shop, write};
use crate::support::{World, at, hours};

pub async fn units_are_counted_and_received(world: World) {
    let shop = Shop::open(&world).await;
    let (counter, variant, now) = (shop.counters[0], shop.variant(0), at("2026-03-02"));
    assert_eq!(world.db.read().await.unwrap().stock_line(counter, variant, now).await.unwrap(), None);
    let counted = write!(world.db, |tx| tx.count_stock(counter, variant, 7, "小周", now)).unwrap();
    let counted_by = Some("小周".to_owned());
    let stock = Stock { counter, variant, on_hand: 7, held: 0, counted_at: Some(now), counted_by };
    assert_eq!(counted, Counted { before: 0, stock: stock.clone() });
    let later = now + hours(1);
    let received = write!(world.db, |tx| tx.receive_stock(counter, variant, 5, "小李", later)).unwrap();
    let counted_by = Some("小李".to_owned());
    assert_eq!(
        received,
        Counted { before: 7, stock: Stock { on_hand: 12, counted_at: Some(later), counted_by, ..stock } }
    );
    let found = world.db.read().await.unwrap().stock_line(counter, variant, later).await.unwrap();
    assert_eq!(found, Some(received.stock));
    for (counter, variant) in [(world.id(), variant), (counter, world.id())] {
        assert_eq!(write!(world.db, |tx| tx.count_stock(counter, variant, 1, "小周", now)), None);
        assert_eq!(write!(world.db, |tx| tx.receive_stock(counter, variant, 1, "小周", now)), None);
    }
}

pub async fn lists_say_what_lines_say(world: World) {
    let shop = Shop::open(&world).await;
    let now = at("2026-03-02");
    for (counter, variant, on_hand) in [(0, 0, 3), (0, 1, 1), (1, 0, 2), (2, 2, 0)] {
        shop.count(&world.db, counter, variant, on_hand, now).await;
    }
    let other = shop.other.variants[0].id;
    write!(world.db, |tx| tx.count_stock(shop.counters[0], other, 9, "小周", now)).unwrap();
    let (one, two) = (shop.member(&world, 1).await, shop.member(&world, 2).await);
    shop.held(&world, one, (0, 0), now).await;
    // An offer in exchange holds a unit, too; what has ended holds none.
    let held = shop.held(&world, two, (0, 0), now).await;
    let ready = crate::shop::done(shop.ready(&world.db, &held, now).await);
    crate::shop::done(shop.offer(&world.db, &ready, 1, now).await);
    let gone = shop.held(&world, one, (1, 0), now).await;
    crate::shop::done(shop.cancel(&world.db, &gone, now).await);
    let mut reader = world.db.snapshot().await.unwrap();
    let key = |stock: &Stock| (stock.counter, stock.variant, stock.on_hand, stock.held);
    let keys = |list: Vec<Stock>| list.iter().map(key).collect::<Vec<_>>();
    let all = reader.stock(now).await.unwrap();
    assert_eq!(all.len(), 5);
    assert!(all.is_sorted_by_key(|stock| (stock.counter, stock.variant)));
    for stock in &all {
        let line = reader.stock_line(stock.counter, stock.variant, now).await.unwrap();
        assert_eq!(line.as_ref(), Some(stock));
    }
    let all = keys(all);
    let only = |wanted: fn(&Shop, uuid::Uuid, uuid::Uuid) -> bool| {
        all.iter().copied().filter(|stock| wanted(&shop, stock.0, stock.1)).collect::<Vec<_>>()
    };
    let (first, variant) = (shop.counters[0], shop.variant(0));
    assert!(all.contains(&(first, variant, 3, 2)) && all.contains(&(first, shop.variant(1), 1, 1)));
    assert_eq!(keys(reader.stock_at(first, now).await.unwrap()), only(|shop, counter, _| counter == shop.counters[0]));
    assert_eq!(
        keys(reader.stock_of_variant(variant, now).await.unwrap()),
        only(|shop, _, variant| variant == shop.variant(0))
    );
    assert_eq!(
        keys(reader.stock_of_gift(shop.gift.id, now).await.unwrap()),
        only(|shop, _, variant| variant != shop.other.variants[0].id)
    );
}

pub async fn a_count_may_be_below_what_is_held(world: World) {
    let shop = Shop::open(&world).await;
    let now = at("2026-03-02");
    shop.count(&world.db, 0, 0, 2, now).await;
    let (one, two) = (shop.member(&world, 1).await, shop.member(&world, 2).await);
    let first = shop.held(&world, one, (0, 0), now).await;
    shop.held(&world, two, (0, 0), now).await;
    let (counter, variant) = (shop.counters[0], shop.variant(0));
    let counted = write!(world.db, |tx| tx.count_stock(counter, variant, 1, "小周", now)).unwrap();
    assert_eq!((counted.before, counted.stock.on_hand, counted.stock.held, counted.stock.free()), (2, 1, 2, 0));
    // One that ends frees a unit that is not there.
    crate::shop::done(shop.cancel(&world.db, &first, now).await);
    assert_eq!(shop.units(&world.db, 0, 0, now).await, (1, 0));
    assert_eq!(world.faults().await, []);
}

pub async fn a_unit_that_was_scanned_is_handed_over_whatever_the_books_say(world: World) {
    let shop = Shop::open(&world).await;
    let now = at("2026-03-02");
    shop.count(&world.db, 0, 0, 1, now).await;
    let member = shop.member(&world, 1).await;
    let held = shop.held(&world, member, (0, 0), now).await;
    shop.ready(&world.db, &held, now).await;
    shop.count(&world.db, 0, 0, 0, now).await;
    crate::shop::done(shop.collect(&world.db, &held, now).await);
    assert_eq!(shop.units(&world.db, 0, 0, now).await, (0, 0));
    assert_eq!(world.faults().await, []);
}
