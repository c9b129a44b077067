//! What the demo promises whoever looks around in it.

use std::collections::HashSet;

use chrono::{Days, NaiveDate};
use contract::staff::Role;
use loyalty::tier::{Counted, Standing, replay};
use server::credentials::{is_password, totp_step};
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
async fn gifts_are_whole_and_can_be_told_apart() {
    let world = World::on("2026-11-22").await;
    fill(world.context()).await.unwrap();
    let mut reader = world.database.snapshot().await.unwrap();
    let gifts = reader.gifts().await.unwrap();
    assert_eq!(gifts.len(), 12);
    let mut barcodes = HashSet::new();
    for gift in &gifts {
        assert!((60..=1_200).contains(&gift.points));
        let tiers = &world.programme.tiers;
        assert!(gift.min_tier.as_ref().is_none_or(|tier| tiers.iter().any(|known| known.id == *tier)));
        let picture = format!("{}/../../public{}", env!("CARGO_MANIFEST_DIR"), gift.picture);
        let picture = std::fs::read_to_string(&picture).expect(&picture);
        assert!(picture.len() <= 3 * 1024 && picture.starts_with("<svg "));
        assert!(!picture.contains("style") && !picture.contains("<script") && !picture.contains("<text"));
        for language in ["zh-CN", "en"] {
            let text = gift.text(language).filter(|text| text.language == language).unwrap();
            assert!(!text.name.is_empty() && !text.description.is_empty());
        }
        assert!((2..=3).contains(&gift.variants.len()));
        let mut marks = HashSet::new();
        let mut labels = HashSet::new();
        for variant in &gift.variants {
            assert!(is_in_store_ean13(&variant.barcode), "{}", variant.barcode);
            assert!(barcodes.insert(variant.barcode.clone()));
            assert!(marks.insert(variant.colour.clone()), "two variants of one colour");
            assert!(labels.insert(variant.label("zh-CN").unwrap().to_owned()));
            assert_eq!(variant.texts.len(), 2);
        }
    }
    assert_eq!(gifts.iter().filter(|gift| gift.min_tier.is_some()).count(), 3);
}

/// EAN-13 of the range that a shop gives out itself, with the right check digit.
fn is_in_store_ean13(text: &str) -> bool {
    let digits: Vec<u32> = text.chars().filter_map(|letter| letter.to_digit(10)).collect();
    let sum: u32 = digits.iter().zip([1, 3].into_iter().cycle()).map(|(digit, weight)| digit * weight).sum();
    text.len() == 13 && digits.len() == 13 && digits[0] == 2 && sum.is_multiple_of(10)
}

#[tokio::test]
async fn some_have_many_some_have_none_and_some_have_the_last() {
    let world = World::on("2026-11-22").await;
    fill(world.context()).await.unwrap();
    let mut reader = world.database.snapshot().await.unwrap();
    let stock = reader.stock(world.now).await.unwrap();
    let variants: usize = reader.gifts().await.unwrap().iter().map(|gift| gift.variants.len()).sum();
    assert_eq!(stock.len(), variants * 15);
    let places = |units: i64| stock.iter().filter(|place| place.on_hand == units).count();
    assert!(places(0) > 30 && places(1) > 30 && places(2) > 30);
    assert!(stock.iter().all(|place| (0..=20).contains(&place.on_hand) && place.held == 0));
    for gift in reader.gifts().await.unwrap() {
        for variant in gift.variants {
            let units = stock.iter().filter(|place| place.variant == variant.id).map(|place| place.on_hand);
            assert!(units.sum::<i64>() > 5, "{} is to be had somewhere", variant.barcode);
        }
    }
}

#[tokio::test]
async fn the_staff_of_two_counters_a_desk_and_a_manager() {
    let world = World::on("2026-11-22").await;
    fill(world.context()).await.unwrap();
    let staff = accounts(world.context()).await.unwrap().staff;
    let roles: Vec<Role> = staff.iter().map(|person| person.role).collect();
    assert_eq!(roles, [Role::Counter, Role::Counter, Role::Counter, Role::Counter, Role::Desk, Role::Manager]);
    let counters: HashSet<_> = staff.iter().filter_map(|person| person.counter.as_ref()).collect();
    assert_eq!(counters.len(), 2);
    for person in &staff {
        assert_eq!(person.counter.is_some(), person.role == Role::Counter);
        let account = world.database.read().await.unwrap().staff_account(&person.user).await.unwrap().unwrap();
        assert!(is_password(person.password.clone(), Some(account.password_hash)).await.unwrap());
        assert!(totp_step(&account.totp_secret, &person.totp_now, world.now).is_some());
    }
}

#[tokio::test]
async fn a_database_in_use_is_left_alone() {
    let world = World::on("2026-11-22").await;
    world.import("customer,purchased_on,items,amount\n1,2026-01-01,1,1.00\n").await;
    assert!(!fill(world.context()).await.unwrap());
    let accounts = accounts(world.context()).await.unwrap();
    assert_eq!((accounts.members, accounts.staff), (Vec::new(), Vec::new()));
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
        let overview = reader.overview(id, world.now).await.unwrap().unwrap();
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
