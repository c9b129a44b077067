//! What the demo promises whoever looks around in it.

use std::collections::HashSet;

use chrono::{Days, NaiveDate};
use loyalty::tier::{Counted, Standing, replay};
use server::demo::{accounts, fill};
use server::import::file;

use crate::support::{World, day};

#[tokio::test]
async fn an_empty_database_is_filled_once() {
    let world = World::on("2026-11-22").await;
    assert!(fill(world.context()).await.unwrap());
    let mut reader = world.database.snapshot().await.unwrap();
    assert_eq!(reader.member_count().await.unwrap(), 2_357);
    let counters = reader.counters(None).await.unwrap();
    assert_eq!(counters.len(), 15);
    for counter in &counters {
        assert!(counter.texts.iter().any(|text| text.language == "zh-CN"));
        assert!(counter.texts.iter().any(|text| text.language == "en"));
        assert!((18.0..54.0).contains(&counter.lat) && (73.0..135.0).contains(&counter.lng), "in China");
    }
    drop(reader);
    world.audit().await;
    assert!(!fill(world.context()).await.unwrap(), "a filled one is left alone");
    assert_eq!(world.database.read().await.unwrap().member_count().await.unwrap(), 2_357);
}

#[tokio::test]
async fn a_database_in_use_is_left_alone() {
    let world = World::on("2026-11-22").await;
    world.import("customer,purchased_on,items,amount\n1,2026-01-01,1,1.00\n").await;
    assert!(!fill(world.context()).await.unwrap());
    assert_eq!(accounts(world.context()).await.unwrap().members, []);
}

#[tokio::test]
async fn the_last_purchase_was_yesterday_and_points_are_pending() {
    let world = World::on("2026-11-22").await;
    fill(world.context()).await.unwrap();
    let histories = world.read(include_str!("../../../../data/purchases.csv"));
    let mut reader = world.database.snapshot().await.unwrap();
    let mut last = NaiveDate::MIN;
    let mut names = HashSet::new();
    let mut phones = HashSet::new();
    let mut pending = 0;
    for customer in &histories.customers {
        let id = reader.member_by_source(&customer.source_ref).await.unwrap().unwrap();
        let overview = reader.overview(id).await.unwrap().unwrap();
        last = last.max(overview.purchases.last().unwrap().on);
        let paid: Vec<i64> = overview.purchases.iter().map(|purchase| purchase.amount).collect();
        let expected: Vec<i64> = customer.purchases.iter().map(|bought| bought.paid).collect();
        assert_eq!(paid, expected, "{}", customer.source_ref);
        pending += overview.balances.pending;
        assert!(phones.insert(overview.member.phone.clone()));
        assert!(overview.member.phone.starts_with("+86138000") && overview.member.phone.len() == 14);
        names.insert(overview.member.name);
    }
    assert_eq!(last, day("2026-11-21"));
    assert!(pending > 0);
    assert!(names.len() > 1_000);
}

#[tokio::test]
async fn the_accounts_are_a_new_a_middle_and_a_top_member() {
    let world = World::on("2026-11-22").await;
    fill(world.context()).await.unwrap();
    let accounts = accounts(world.context()).await.unwrap();
    let seen: Vec<_> = accounts.members.iter().map(|account| (account.phone.as_str(), account.tier.as_str())).collect();
    assert_eq!(seen, [("+8613800000001", "pearl"), ("+8613800000002", "gold"), ("+8613800000003", "platinum")]);
    assert!(accounts.members.iter().all(|account| !account.name.is_empty()));
}

/// Whichever day the demo is filled on, what is said of the three members is the same but for its dates, and none of it
/// changes in the ten days after.
#[tokio::test]
async fn the_accounts_hold_on_every_day_of_four_years() {
    let programme = loyalty::Programme::parse(include_str!("../../../../programme.toml")).unwrap();
    let text = include_str!("../../../../data/purchases.csv");
    let histories = file::read(text.as_bytes(), &programme.currency, day("1998-06-30")).unwrap();
    for (source_ref, tier) in [("10096", 0), ("12476", 2), ("20111", 3)] {
        let customer = histories.customers.iter().find(|customer| customer.source_ref == source_ref).unwrap();
        let mut first: Option<Standing> = None;
        for passed in 0..1_461 {
            let today = day("2026-06-01") + Days::new(passed);
            let shift = today - day("1998-07-01");
            let purchases: Vec<Counted> = customer
                .purchases
                .iter()
                .map(|bought| Counted { on: bought.on + shift, amount: bought.paid })
                .collect();
            let joined_on = purchases[0].on;
            let standing = replay(&programme, joined_on, &purchases, today);
            let later = replay(&programme, joined_on, &purchases, today + Days::new(10));
            assert_eq!((standing.tier, standing.grace_until), (tier, None), "{source_ref} on {today}");
            assert_eq!((later.tier, later.history.len()), (tier, standing.history.len()), "{source_ref} on {today}");
            assert_eq!(later.next.map(|next| next.missing), standing.next.map(|next| next.missing));
            let first = first.get_or_insert_with(|| standing.clone());
            assert_eq!(first.spent, standing.spent, "{source_ref} on {today}");
        }
        let standing = first.unwrap();
        assert_eq!(standing.next.is_none(), tier == 3);
        assert!(!standing.what_if.is_empty());
    }
}
