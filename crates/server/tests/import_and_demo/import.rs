//! What an import leaves in the database.

use server::import::{histories, run};
use storage::Conflict;

use crate::support::{World, csv, day, same};

const REAL: &str = include_str!("../../../../data/purchases.csv");

#[tokio::test]
async fn real_histories_come_in_whole_and_only_once() {
    let world = World::on("1998-07-01").await;
    let first = world.import(REAL).await;
    assert_eq!((first.rows, first.members_new, first.purchases_new), (6_919, 2_357, 6_919));
    assert_eq!((first.members_known, first.purchases_known), (0, 0));
    assert!(first.complete(), "{:?}", first.bad_rows);
    world.audit().await;
    let before = world.state(REAL).await;

    let second = world.import(REAL).await;
    assert_eq!((second.members_new, second.purchases_new), (0, 0));
    assert_eq!((second.members_known, second.purchases_known), (2_357, 6_919));
    assert!(second.complete(), "{:?}", second.bad_rows);
    same(&world.state(REAL).await, &before);
    world.audit().await;
}

/// The rows of the first 700 customers: enough for several transactions.
fn some() -> Vec<&'static str> {
    REAL.lines().skip(1).take_while(|row| !row.starts_with("07375,")).collect()
}

#[tokio::test]
async fn an_import_that_was_cut_off_goes_on_where_it_stopped() {
    let text = csv(&some());
    let whole = World::on("1998-07-01").await;
    whole.import(&text).await;
    let expected = whole.state(&text).await;

    // What a run leaves behind when it is killed: the transactions it had committed, whole customers each.
    let cut = World::on("1998-07-01").await;
    let mut part = cut.read(&text);
    part.customers.truncate(400);
    histories(cut.context(), part, false, |_, _| ()).await.unwrap();
    cut.audit().await;
    let again = cut.import(&text).await;
    assert_eq!((again.members_known, again.members_new), (400, 300));
    assert_eq!(again.purchases_known + again.purchases_new, 2_062);
    same(&cut.state(&text).await, &expected);
    cut.audit().await;
}

#[tokio::test]
async fn a_longer_file_adds_what_is_new() {
    // The rows of the second half of the time come in later; it ends as if they had come at once.
    let (early, _): (Vec<&str>, Vec<&str>) =
        some().into_iter().partition(|row| row.split(',').nth(1) < Some("1997-09"));
    let text = csv(&some());
    let world = World::on("1998-07-01").await;
    world.import(&csv(&early)).await;
    let summary = world.import(&text).await;
    assert_eq!((summary.members_known, summary.members_new), (700, 0));
    assert_eq!(summary.purchases_known, early.len() as u64);
    assert!(summary.complete(), "{:?}", summary.bad_rows);
    let at_once = World::on("1998-07-01").await;
    at_once.import(&text).await;
    same(&world.state(&text).await, &at_once.state(&text).await);
    world.audit().await;
}

#[tokio::test]
async fn leading_zeros_survive() {
    let world = World::on("2026-11-22").await;
    world.import(&csv(&["007,2026-01-05,1,10.00", "7,2026-01-05,1,20.00"])).await;
    let receipts =
        |purchases: Vec<storage::Purchase>| purchases.into_iter().map(|new| new.receipt_no).collect::<Vec<_>>();
    assert_eq!(receipts(world.history("007").await), ["007-20260105-1"]);
    assert_eq!(receipts(world.history("7").await), ["7-20260105-1"]);
    let mut reader = world.database.read().await.unwrap();
    let id = reader.member_by_source("007").await.unwrap().unwrap();
    let member = reader.member(id).await.unwrap().unwrap();
    assert_eq!((member.name.as_str(), member.phone.as_str()), ("007", ""));
    assert_eq!((member.card_number.len(), member.joined_on), (12, day("2026-01-05")));
    assert_eq!(reader.member_by_phone("").await.unwrap(), None, "nobody is found by a number she does not have");
}

#[tokio::test]
async fn points_are_priced_by_the_tier_of_their_day_and_due_ones_posted() {
    let world = World::on("2026-11-22").await;
    let rows = [
        "1,2026-11-16,1,100.00",
        "1,2026-01-05,1,199.99",
        "1,2026-01-05,2,0.01",
        "1,2026-11-15,1,100.00",
        "1,2026-11-15,1,0.00",
    ];
    world.import(&csv(&rows)).await;
    let history = world.history("1").await;
    let seen: Vec<_> = history
        .iter()
        .map(|purchase| (purchase.receipt_no.as_str(), purchase.points, purchase.posted_at.is_some()))
        .collect();
    assert_eq!(
        seen,
        [
            ("1-20260105-1", 199, true),
            ("1-20260105-2", 0, true),
            ("1-20261115-1", 110, true), // rose since January
            ("1-20261115-2", 0, true),
            ("1-20261116-1", 110, false), // due tomorrow
        ]
    );
    assert_eq!(history[0].expires_on, Some(day("2028-01-31")));
    assert!(history.windows(2).all(|pair| pair[0].at < pair[1].at) && history[4].at <= world.now);
    let mut reader = world.database.snapshot().await.unwrap();
    let id = reader.member_by_source("1").await.unwrap().unwrap();
    let overview = reader.overview(id, world.now).await.unwrap().unwrap();
    assert_eq!((overview.balances.available, overview.balances.pending), (309, 110));
    let entries = reader.ledger(id, None, None, 10).await.unwrap();
    let on: Vec<_> = entries.iter().map(|entry| (entry.on, entry.points, entry.balance_after)).collect();
    assert_eq!(
        on,
        [(day("2026-11-23"), 110, None), (day("2026-11-22"), 110, Some(309)), (day("2026-01-12"), 199, Some(199)),],
        "with the dates they would have had"
    );
}

#[tokio::test]
async fn bad_rows_are_left_out_and_the_rest_comes_in() {
    let world = World::on("2026-11-22").await;
    let text =
        csv(&["1,2026-01-05,1,10.00", "1,2026-01-05,1,ten", "1,2026-01-05,1,30.00", "2,2027-01-05,1,10.00", ",,,"]);
    let summary = world.import(&text).await;
    let bad: Vec<_> = summary.bad_rows.iter().map(|bad| (bad.line, bad.column.as_str())).collect();
    assert_eq!(bad, [(3, "amount"), (5, "purchased_on"), (6, "customer")]);
    assert_eq!((summary.rows, summary.members_new, summary.purchases_new), (5, 1, 2));
    assert!(!summary.complete());

    // Put right, the row takes the place that was kept for it.
    let summary = world.import(&text.replace("ten", "20.00")).await;
    assert_eq!((summary.purchases_new, summary.purchases_known), (1, 2));
    let paid: Vec<_> = world.history("1").await.iter().map(|new| (new.receipt_no.clone(), new.paid)).collect();
    let mut sorted = paid.clone();
    sorted.sort();
    assert_eq!(
        sorted,
        [("1-20260105-1".to_owned(), 1_000), ("1-20260105-2".to_owned(), 2_000), ("1-20260105-3".to_owned(), 3_000)]
    );
    world.audit().await;
}

#[tokio::test]
async fn strict_imports_nothing_if_any_row_is_bad() {
    let world = World::on("2026-11-22").await;
    let text = csv(&["1,2026-01-05,1,10.00", "2,2026-01-05,1,ten"]);
    let summary = histories(world.context(), world.read(&text), true, |_, _| ()).await.unwrap();
    assert!(summary.refused && !summary.complete());
    assert_eq!((summary.members_new, summary.purchases_new), (0, 0));
    assert_eq!(world.database.read().await.unwrap().member_count().await.unwrap(), 0);
    let good = histories(world.context(), world.read(&text.replace("ten", "20")), true, |_, _| ()).await.unwrap();
    assert!(good.complete());
    assert_eq!(good.members_new, 2);
}

#[tokio::test]
async fn a_purchase_that_was_changed_in_the_file_is_reported_not_rewritten() {
    let world = World::on("2026-11-22").await;
    world.import(&csv(&["1,2026-01-05,1,10.00", "1,2026-02-05,1,10.00"])).await;
    let summary = world.import(&csv(&["1,2026-01-05,1,12.00", "1,2026-02-05,3,10.00"])).await;
    let bad: Vec<_> = summary.bad_rows.iter().map(|bad| (bad.line, bad.column.as_str())).collect();
    assert_eq!(bad, [(2, "amount"), (3, "items")]);
    assert_eq!(world.history("1").await[0].paid, 1_000);
}

#[tokio::test]
async fn a_receipt_number_of_somebody_else_keeps_the_whole_customer_out() {
    let world = World::on("2026-11-22").await;
    // The number that customer `1`'s second purchase would get is taken by a customer of that odd name.
    world.import(&csv(&["1-20260105,2026-02-05,1,5.00"])).await;
    let taken = "1-20260105-20260205-1";
    assert_eq!(world.history("1-20260105").await[0].receipt_no, taken);
    let mut tx = world.database.begin().await.unwrap();
    let mut till = tx.purchase_by_receipt(taken).await.unwrap().unwrap();
    till.receipt_no = "1-20260105-1".to_owned();
    let id = tx.member_by_source("1-20260105").await.unwrap().unwrap();
    let by_hand = storage::NewPurchase {
        id: server::entropy::id(&world.entropy, world.now).unwrap(),
        receipt_no: till.receipt_no,
        at: till.at,
        on: till.on,
        paid: till.paid,
        items: till.items,
        lines: None,
        points: till.points,
        posts_on: till.posts_on,
        expires_on: till.expires_on,
    };
    tx.record_purchase(id, &by_hand).await.unwrap();
    tx.commit().await.unwrap();

    let summary = world.import(&csv(&["1,2026-01-04,1,5.00", "1,2026-01-05,1,5.00", "2,2026-01-05,1,5.00"])).await;
    let bad: Vec<_> = summary.bad_rows.iter().map(|bad| bad.line).collect();
    assert_eq!(bad, [2, 3]);
    assert_eq!(summary.members_new, 1);
    let mut reader = world.database.read().await.unwrap();
    assert_eq!(reader.member_by_source("1").await.unwrap(), None, "not half of her");
}

#[tokio::test]
async fn a_card_number_that_is_taken_is_drawn_again() {
    let world = World::on("2026-11-22").await;
    world.import(&csv(&["1,2026-01-05,1,10.00"])).await;
    // The same numbers are drawn again; identifiers differ, because the clock has moved on.
    let again = server::import::Context {
        entropy: &crate::support::Counting::default(),
        now: world.now + chrono::TimeDelta::seconds(1),
        ..world.context()
    };
    let summary = histories(again, world.read(&csv(&["2,2026-01-05,1,10.00"])), false, |_, _| ()).await;
    match summary {
        Ok(summary) => assert_eq!((summary.members_new, summary.purchases_new), (1, 1)),
        Err(server::import::ImportError::Storage(storage::Error::Conflict(Conflict::Card))) => panic!("gave up"),
        Err(error) => panic!("{error}"),
    }
    world.audit().await;
}

#[tokio::test]
async fn the_command_says_whether_all_went_well() {
    let world = World::on("2026-11-22").await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("purchases.csv");
    std::fs::write(&path, csv(&["1,2026-01-05,1,10.00"])).unwrap();
    assert!(run(world.context(), &path, true, true).await.unwrap());
    assert!(run(world.context(), &path, false, false).await.unwrap());
    std::fs::write(&path, csv(&["1,2026-01-05,1,10.00", "1,x,1,1"])).unwrap();
    assert!(!run(world.context(), &path, false, true).await.unwrap());
    assert!(!run(world.context(), &path, true, false).await.unwrap());
    std::fs::write(&path, "not,the,header\n").unwrap();
    assert!(run(world.context(), &path, false, false).await.is_err());
    assert!(run(world.context(), &folder.path().join("absent.csv"), false, false).await.is_err());
}
