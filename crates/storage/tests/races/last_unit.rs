//! Sixty-four members want the last unit at the same moment: one gets it, and the others are told that it is gone.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use loyalty::Programme;
use storage::{Actor, Database, Engine, ImportedMember, NewReservation, Reserving};
use tokio::sync::Barrier;
use uuid::Uuid;

use crate::shop::{counter, gift, write};
use crate::support::{World, at, day};

const ROUNDS: usize = 1_000;
const RIVALS: usize = 64;
/// Rounds that run beside one another: while the rivals of one wait for its unit, those of another get on.
const WIDTH: usize = 2;
/// Members enough that those of rounds side by side are others, and that nobody wins too often.
const GROUPS: usize = 10;
const POINTS: i64 = 500;
const COST: i64 = 3;

/// A member with points in two lots.
fn rich(world: &World, number: u32) -> ImportedMember {
    let purchase = |name: &str, on: &str| {
        let mut new = world.new_purchase(&format!("{number}-{name}"), on, POINTS / 2);
        new.posts_on = day(on);
        new
    };
    ImportedMember {
        member: world.new_member(number),
        purchases: vec![purchase("A", "2026-02-01"), purchase("B", "2026-02-02")],
    }
}

pub async fn members(world: &World, count: usize) -> Vec<Uuid> {
    let members: Vec<_> = (0..u32::try_from(count).unwrap()).map(|number| rich(world, number)).collect();
    for some in members.chunks(200) {
        write!(world.db, |tx| tx.import_members(some, day("2026-03-01"), at("2026-03-01")));
    }
    members.into_iter().map(|imported| imported.member.id).collect()
}

/// Gifts of one variant each, with so many units at the one counter.
pub async fn shelves(world: &World, count: usize, cost: i64, on_hand: i64) -> (Uuid, Vec<Uuid>) {
    let here = counter(world, "here");
    let gifts: Vec<_> = (0..count).map(|number| gift(world, &format!("gift {number}"), cost, 1)).collect();
    let mut tx = world.db.begin().await.unwrap();
    tx.put_counter(&here).await.unwrap();
    for gift in &gifts {
        tx.put_gift(gift).await.unwrap();
        let variant = gift.variants[0].id;
        tx.count_stock(here.id, variant, on_hand, "小周", at("2026-03-01")).await.unwrap();
    }
    tx.commit().await.unwrap();
    (here.id, gifts.iter().map(|gift| gift.variants[0].id).collect())
}

pub fn generous() -> Programme {
    let mut programme = Programme::parse(include_str!("../../../../programme.toml")).unwrap();
    programme.reservation.open_limit = u32::MAX;
    programme
}

struct Round {
    servers: Arc<Vec<Database>>,
    programme: Arc<Programme>,
    counter: Uuid,
    variant: Uuid,
    rivals: Vec<(Uuid, Uuid)>,
    now: DateTime<Utc>,
}

impl Round {
    /// Who won.
    async fn run(self) -> Uuid {
        let start = Arc::new(Barrier::new(RIVALS));
        let round = Arc::new(self);
        let tasks: Vec<_> = (0..RIVALS)
            .map(|index| {
                let (round, start) = (round.clone(), start.clone());
                tokio::spawn(async move {
                    let (member, id) = round.rivals[index];
                    let new = NewReservation { id, variant: round.variant, counter: round.counter, by: Actor::Member };
                    let server = &round.servers[index % round.servers.len()];
                    start.wait().await;
                    (member, write!(server, |tx| tx.reserve(member, &new, &round.programme, round.now)))
                })
            })
            .collect();
        let mut winners = Vec::new();
        for task in tasks {
            match task.await.unwrap() {
                (member, Reserving::Reserved { .. }) => winners.push(member),
                (_, outcome) => assert_eq!(outcome, Reserving::OutOfStock),
            }
        }
        assert_eq!(winners.len(), 1, "{} of {RIVALS} were promised the one unit", winners.len());
        winners[0]
    }
}

pub async fn one_wins(engine: Engine) {
    let (world, servers) = crate::world(engine).await;
    let (servers, programme, now) = (Arc::new(servers), Arc::new(generous()), at("2026-03-02"));
    let members = members(&world, GROUPS * RIVALS).await;
    let (counter, variants) = shelves(&world, ROUNDS, COST, 1).await;
    let mut wins: HashMap<Uuid, i64> = HashMap::new();
    let begun = std::time::Instant::now();
    let numbered: Vec<_> = variants.iter().copied().enumerate().collect();
    for beside in numbered.chunks(WIDTH) {
        let rounds: Vec<_> = beside
            .iter()
            .map(|(number, variant)| {
                let group = number % GROUPS * RIVALS;
                let rivals = members[group..group + RIVALS].iter().map(|member| (*member, world.id())).collect();
                let (servers, programme, variant) = (servers.clone(), programme.clone(), *variant);
                tokio::spawn(Round { servers, programme, counter, variant, rivals, now }.run())
            })
            .collect();
        for round in rounds {
            *wins.entry(round.await.unwrap()).or_default() += 1;
        }
    }
    eprintln!("{engine:?}: {ROUNDS} rounds in {:?}", begun.elapsed());
    let mut reader = world.db.snapshot().await.unwrap();
    let stock = reader.stock(now).await.unwrap();
    assert_eq!(stock.len(), ROUNDS);
    assert!(stock.iter().all(|stock| (stock.on_hand, stock.held) == (1, 1)));
    for member in members {
        let balances = reader.overview(member, now).await.unwrap().unwrap().balances;
        let held = wins.get(&member).copied().unwrap_or(0) * COST;
        assert_eq!((balances.available, balances.held), (POINTS - held, held));
    }
    assert_eq!(reader.audit(None).await.unwrap(), []);
}
