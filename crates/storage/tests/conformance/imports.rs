use storage::{Conflict, Error, ImportedMember};

use crate::support::{World, at, day};

fn customers(world: &World) -> Vec<ImportedMember> {
    (0..450_u32)
        .map(|number| {
            let mut member = world.new_member(number);
            member.source_ref = Some(format!("{number:05}"));
            let dates = ["2026-03-01", "2026-03-01", "2026-02-01", "2026-05-30"];
            let purchases = dates
                .iter()
                .take(number as usize % 5)
                .enumerate()
                .map(|(index, on)| world.new_purchase(&format!("{number:05}-{index}"), on, i64::from(number % 7)))
                .collect();
            ImportedMember { member, purchases }
        })
        .collect()
}

async fn import(world: &World, customers: &[ImportedMember]) -> storage::Result<()> {
    let mut tx = world.db.begin().await?;
    tx.import_members(customers, day("2026-06-01"), at("2026-06-01")).await?;
    tx.commit().await
}

pub async fn customers_come_in_whole(world: World) {
    let customers = customers(&world);
    import(&world, &customers).await.unwrap();
    let mut reader = world.db.snapshot().await.unwrap();
    assert_eq!(reader.member_count().await.unwrap(), 450);
    let found = reader.members_by_source(&["00004", "4", "00449", "00450"]).await.unwrap();
    assert_eq!(found.len(), 2);
    let id = found["00004"];
    assert_eq!(id, customers[4].member.id);
    let overview = reader.overview(id, at("2026-06-01")).await.unwrap().unwrap();
    assert_eq!((overview.balances.available, overview.balances.pending), (12, 4));
    assert_eq!(overview.purchases.len(), 4);
    let entries = reader.ledger(id, None, None, 10).await.unwrap();
    let told: Vec<_> = entries.iter().map(|entry| (entry.cause.label.as_str(), entry.balance_after)).collect();
    assert_eq!(told, [("00004-3", None), ("00004-1", Some(12)), ("00004-0", Some(8)), ("00004-2", Some(4))]);
    assert_eq!(reader.consents(id).await.unwrap().len(), 2);
    assert!(reader.preferences(id).await.unwrap().is_some());
    let known = reader.known_receipts(&["00004-0", "00004-4", "4-0"]).await.unwrap();
    assert_eq!(known.into_iter().collect::<Vec<_>>(), ["00004-0"]);
    assert_eq!(reader.audit(None).await.unwrap(), []);
}

pub async fn a_second_run_is_noticed(world: World) {
    let customers = customers(&world);
    import(&world, &customers[..10]).await.unwrap();
    let mut again = self::customers(&world);
    again.truncate(20);
    for (number, customer) in again.iter_mut().enumerate() {
        customer.member.phone = format!("+8617000000{number:03}");
        customer.member.card_number = format!("9{number:011}");
    }
    let error = import(&world, &again).await.unwrap_err();
    assert!(matches!(error, Error::Conflict(Conflict::Source)), "{error:?}");
    // Nothing of the second run stayed.
    assert_eq!(world.db.read().await.unwrap().member_count().await.unwrap(), 10);
    assert_eq!(world.faults().await, []);
    import(&world, &customers[10..]).await.unwrap();
    assert_eq!(world.db.read().await.unwrap().member_count().await.unwrap(), 450);
}

pub async fn an_import_is_what_single_writes_would_be(world: World) {
    let customers = customers(&world);
    import(&world, &customers[4..5]).await.unwrap();
    let imported = customers[4].member.id;
    let single = world.member(900).await;
    for new in &customers[4].purchases {
        let new =
            storage::NewPurchase { id: world.id(), receipt_no: format!("single {}", new.receipt_no), ..new.clone() };
        world.record(single, &new).await.unwrap();
    }
    world.post("2026-06-01").await;
    let mut reader = world.db.snapshot().await.unwrap();
    let one = reader.overview(imported, at("2026-06-01")).await.unwrap().unwrap();
    let other = reader.overview(single, at("2026-06-01")).await.unwrap().unwrap();
    assert_eq!(one.balances, other.balances);
    assert_eq!(one.purchases, other.purchases);
    let dates = |lots: &[storage::Lot]| lots.iter().map(|l| (l.state.expires_on, l.state.points)).collect::<Vec<_>>();
    assert_eq!(dates(&one.lots), dates(&other.lots));
    let sums = |entries: Vec<storage::Entry>| entries.iter().map(|e| (e.on, e.balance_after)).collect::<Vec<_>>();
    let one = sums(reader.ledger(imported, None, None, 10).await.unwrap());
    assert_eq!(one, sums(reader.ledger(single, None, None, 10).await.unwrap()));
}

pub async fn a_customer_may_come_without_a_number(world: World) {
    let mut customers = customers(&world);
    customers.truncate(2);
    for customer in &mut customers {
        customer.member.phone = String::new();
    }
    import(&world, &customers).await.unwrap();
    let mut reader = world.db.read().await.unwrap();
    assert_eq!(reader.member_count().await.unwrap(), 2);
    assert_eq!(reader.member_by_phone("").await.unwrap(), None);
    assert_eq!(reader.member(customers[1].member.id).await.unwrap().unwrap().phone, "");
}
