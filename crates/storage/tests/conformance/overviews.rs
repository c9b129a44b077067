use crate::refunds::refund;
use crate::support::{World, at};

pub async fn an_overview_is_what_the_parts_say(world: World) {
    let member = world.member(1).await;
    let other = world.member(2).await;
    for (receipt, on, points) in [("A", "2026-02-02", 30), ("B", "2026-02-01", 20), ("C", "2026-02-02", 10)] {
        world.buy(member, receipt, on, points).await;
        world.buy(other, &format!("other {receipt}"), on, points).await;
    }
    world.post("2026-03-01").await;
    world.buy(member, "D", "2026-03-01", 40).await;
    refund(&world, "A", "R1", 1000, "2026-03-02").await;
    refund(&world, "D", "R2", 1000, "2026-03-02").await;
    // All of this lot is gone, so it is no lot any more.
    refund(&world, "C", "R3", 1000, "2026-03-02").await;
    let mut reader = world.db.snapshot().await.unwrap();
    let overview = reader.overview(member, at("2026-06-01")).await.unwrap().unwrap();
    assert_eq!(Some(overview.member), reader.member(member).await.unwrap());
    assert_eq!(overview.lots, reader.lots(member, at("2026-06-01")).await.unwrap());
    assert_eq!(overview.lots.iter().map(|lot| lot.state.points).collect::<Vec<_>>(), [20, 20]);
    assert!(overview.lots[0].state.expires_on < overview.lots[1].state.expires_on);
    let history = reader.history(member).await.unwrap();
    let counted: Vec<_> = history.iter().map(|purchase| (purchase.on, purchase.paid - purchase.refunded)).collect();
    assert_eq!(overview.purchases.iter().map(|p| (p.on, p.amount)).collect::<Vec<_>>(), counted);
    assert_eq!(counted.iter().map(|(_, amount)| *amount).collect::<Vec<_>>(), [2000, 2000, 0, 3000]);
    let balances = overview.balances;
    assert_eq!((balances.available, balances.held, balances.pending), (40, 0, 30));
}

pub async fn of_nobody_is_none(world: World) {
    world.member(1).await;
    assert_eq!(world.db.read().await.unwrap().overview(world.id(), at("2026-06-01")).await.unwrap(), None);
}
