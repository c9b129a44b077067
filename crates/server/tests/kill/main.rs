//! `kill -9` in the middle of reservations: what was answered has happened, what was not answered has happened wholly or not
//! at all, and asking again with the same key settles it without doing it twice.
//!
//! `SHOUYUE_KILL_CYCLES` says how often (20), `SHOUYUE_KILL_SEED` repeats a run's choices; the seed is printed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod client;
mod dice;
mod hands;
mod process;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use contract::overview::Overview;
use contract::reservation::ReservationState;
use server::ambient::SystemClock;
use server::clock::Clock;
use storage::{Database, Engine, testing};

use client::Client;
use dice::Dice;
use hands::{Fact, Hands};
use process::Server;

const CYCLES: u32 = 20;
/// Members of the demo with points to spend, by the last digits of their numbers; chosen when the database is filled.
const MEMBERS: usize = 8;
/// Each of the first members taps on two phones at once.
const TWICE: usize = 4;
/// The server dies after so many answers at most.
const ANSWERS: u64 = 60;
/// And then so many microseconds later at most: enough for the requests that are under way to be anywhere.
const AFTER: u64 = 4_000;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_sqlite() {
    run(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_postgres() {
    run(Engine::Postgres).await;
}

async fn run(engine: Engine) {
    let cycles = std::env::var("SHOUYUE_KILL_CYCLES").map_or(CYCLES, |count| count.parse().unwrap());
    let mut dice = Dice::from_environment("SHOUYUE_KILL_SEED");
    println!("{engine:?}: {cycles} cycles, SHOUYUE_KILL_SEED={}", dice.seed);
    let fresh = testing::fresh(engine).await.unwrap();
    let (mut house, mut hands) = House::prepare(&fresh.url, &mut dice).await;
    let began = Instant::now();
    let mut counted = Counted::default();
    for cycle in 0..cycles {
        let answers = load(&house, &mut hands, &mut dice).await;
        counted.answered += answers;
        counted.open += hands.iter().filter(|hand| hand.unanswered.is_some()).count();
        house.server.take().unwrap().kill();
        audit(&fresh.url, cycle).await;
        house.server = Some(Server::start(&fresh.url));
        let client = house.client();
        for hand in &mut hands {
            hand.find_again(&client, cycle).await;
            counted.unheard += usize::from(hand.ask_again(&client, cycle).await);
        }
        house.agrees(&client, &hands, cycle).await;
    }
    house.server.take().unwrap().kill();
    audit(&fresh.url, cycles).await;
    let held: usize = hands.iter().map(|hand| hand.reservations.len()).sum();
    println!(
        "{engine:?}: {cycles} kills, {} answers, {} requests without one ({} had happened), {held} reservations made, {:.1} s",
        counted.answered,
        counted.open,
        counted.unheard,
        began.elapsed().as_secs_f64(),
    );
    assert!(counted.open > 0 && held > 0, "the server was never killed at work");
}

#[derive(Default)]
struct Counted {
    answered: u64,
    open: usize,
    unheard: usize,
}

/// A database, the server on it, and what must be conserved.
struct House {
    server: Option<Server>,
    /// By token.
    totals: BTreeMap<String, i64>,
    /// By variant and counter, before anybody reserved.
    on_hand: BTreeMap<(String, String), i64>,
    gifts: Vec<String>,
}

impl House {
    async fn prepare(url: &str, dice: &mut Dice) -> (Self, Vec<Hands>) {
        let server = Server::start(url);
        let client = Client::new(&server.address);
        let mut house = Self { server: None, totals: BTreeMap::new(), on_hand: BTreeMap::new(), gifts: Vec::new() };
        let mut tokens = Vec::new();
        for phone in rich(url).await {
            let token = client.sign_in(&phone, &server).await;
            let overview: Overview = client.read("/me/overview", &token).await;
            house.totals.insert(token.clone(), all(&overview));
            tokens.push(token);
        }
        for gift in client.gifts(&tokens[0]).await {
            for place in &gift.counters {
                for stock in &place.stock {
                    house.on_hand.insert((stock.variant_id.clone(), place.counter.id.clone()), stock.free);
                }
            }
            house.gifts.push(gift.id);
        }
        // Few places, so that everybody wants the same units and some are the last.
        let mut scarce: Vec<_> =
            house.on_hand.iter().filter(|(_, free)| (1..=2).contains(*free)).map(|(place, _)| place.clone()).collect();
        dice.shuffle(&mut scarce);
        scarce.truncate(6);
        let mut plenty: Vec<_> =
            house.on_hand.iter().filter(|(_, free)| **free > 6).map(|(place, _)| place.clone()).collect();
        dice.shuffle(&mut plenty);
        plenty.truncate(10);
        let places: Arc<[_]> = scarce.into_iter().chain(plenty).collect();
        let hands = tokens
            .iter()
            .chain(&tokens[..TWICE])
            .map(|token| Hands::new(token.clone(), Arc::clone(&places), dice.fork()))
            .collect();
        house.server = Some(server);
        (house, hands)
    }

    fn client(&self) -> Client {
        Client::new(&self.server.as_ref().unwrap().address)
    }

    /// Points and units: what is there and what is held make up what was there at first, and held is what the answers said.
    async fn agrees(&self, client: &Client, hands: &[Hands], cycle: u32) {
        let mut open: BTreeMap<(String, String), i64> = BTreeMap::new();
        for (token, total) in &self.totals {
            let own = || hands.iter().filter(|hand| hand.token == *token).flat_map(|hand| &hand.reservations);
            let mut expected: Vec<(&str, ReservationState)> =
                own().map(|(id, fact)| (id.as_str(), fact.state)).collect();
            expected.sort_unstable_by_key(|(id, _)| *id);
            let listed = client.reservations(token).await;
            let mut found: Vec<(&str, ReservationState)> =
                listed.iter().map(|one| (one.id.as_str(), one.state)).collect();
            found.sort_unstable_by_key(|(id, _)| *id);
            assert_eq!(found, expected, "cycle {cycle}: none lost, none made twice, none half-made");
            let held: i64 = own().filter(|(_, fact)| fact.state.is_open()).map(|(_, fact)| fact.points).sum();
            let overview: Overview = client.read("/me/overview", token).await;
            assert_eq!((overview.points.held, all(&overview)), (held, *total), "cycle {cycle}: points");
            for (_, Fact { place, .. }) in own().filter(|(_, fact)| fact.state.is_open()) {
                *open.entry(place.clone()).or_default() += 1;
            }
        }
        let token = self.totals.keys().next().unwrap();
        let mut free = BTreeMap::new();
        for id in &self.gifts {
            for place in client.gift(id, token).await.counters {
                for stock in place.stock {
                    free.insert((stock.variant_id, place.counter.id.clone()), stock.free);
                }
            }
        }
        for (place, on_hand) in &self.on_hand {
            let held = open.get(place).copied().unwrap_or_default();
            assert_eq!(free.get(place), Some(&(on_hand - held)), "cycle {cycle}: units at {place:?}");
        }
    }
}

/// Pending ones included: a day may begin while the test runs.
fn all(overview: &Overview) -> i64 {
    overview.points.available + overview.points.held + overview.points.pending
}

/// Everybody taps until the server dies, or until an answer fails to come; how many came.
async fn load(house: &House, hands: &mut Vec<Hands>, dice: &mut Dice) -> u64 {
    let enough = u32::try_from(1 + dice.below(ANSWERS)).unwrap();
    let after = Duration::from_micros(dice.below(AFTER));
    let client = Arc::new(house.client());
    let answers = Arc::new(AtomicU32::new(0));
    let reached = Arc::new(tokio::sync::Notify::new());
    let tapping: Vec<_> = hands
        .drain(..)
        .map(|mut hand| {
            let (client, answers, reached) = (Arc::clone(&client), Arc::clone(&answers), Arc::clone(&reached));
            tokio::spawn(async move {
                while hand.tap(&client).await {
                    if answers.fetch_add(1, Ordering::Relaxed) + 1 == enough {
                        reached.notify_one();
                    }
                }
                hand
            })
        })
        .collect();
    let done = all_of(tapping);
    tokio::pin!(done);
    let early = tokio::select! {
        () = reached.notified() => None,
        // Everybody lost the connection before there were so many answers.
        hands = &mut done => Some(hands),
    };
    // Not to wait for anything: to hit the others anywhere between their requests and their answers.
    tokio::time::sleep(after).await;
    house.server.as_ref().unwrap().strike();
    hands.extend(match early {
        Some(hands) => hands,
        None => done.await,
    });
    u64::from(answers.load(Ordering::Relaxed))
}

async fn all_of(tapping: Vec<tokio::task::JoinHandle<Hands>>) -> Vec<Hands> {
    let mut hands = Vec::with_capacity(tapping.len());
    for task in tapping {
        hands.push(task.await.unwrap());
    }
    hands
}

/// Before anybody else looks, so that no retry can have mended anything.
async fn audit(url: &str, cycle: u32) {
    let database = Database::open(url).await.unwrap();
    let faults = database.snapshot().await.unwrap().audit(None).await.unwrap();
    assert_eq!(faults, [], "cycle {cycle}");
    database.close().await;
}

/// Numbers of the demo's members with the most points.
async fn rich(url: &str) -> Vec<String> {
    let database = Database::open(url).await.unwrap();
    let mut reader = database.snapshot().await.unwrap();
    let mut found = Vec::new();
    for number in (1..=3).chain(100..400) {
        let phone = format!("+86138{number:08}");
        if let Some(id) = reader.member_by_phone(&phone).await.unwrap() {
            found.push((reader.overview(id, SystemClock.now()).await.unwrap().unwrap().balances.available, phone));
        }
    }
    drop(reader);
    database.close().await;
    found.sort_unstable_by(|one, other| other.cmp(one));
    found.into_iter().take(MEMBERS).map(|(_, phone)| phone).collect()
}
