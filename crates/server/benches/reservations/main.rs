//! Reservations a second over HTTP, beside a bare loop that writes the same rows on the same database: the same statements,
//! one transaction each, without HTTP, without a look at any rule. Turn about in one run, each with members of its own.
//!
//! `RUNS` says how many rounds (5). PostgreSQL runs as the tests start it, without `fsync`: that spares the bare loop as much as
//! the server, and makes the ratio the harder one to keep.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a bench fails by panicking")]

mod bare;
mod house;
mod http;

use std::time::Duration;

use storage::{Engine, testing};

use house::House;

/// Clients at once; on PostgreSQL the bare loop has as many connections. On SQLite it has one: there is one writer anyway, and
/// waiting for the lock would only cost it time.
const AT_ONCE: usize = 16;
/// Members a round, each of whom reserves as often as she may.
const MEMBERS: usize = 200;
/// What the programme allows of open reservations.
const EACH: usize = 5;

#[tokio::main]
async fn main() {
    let rounds = std::env::var("RUNS").map_or(5, |count| count.parse().unwrap());
    println!("Reservations a second: {AT_ONCE} clients, {rounds} rounds of {} each, turn about\n", MEMBERS * EACH);
    println!("{:<12}{:>22}{:>22}{:>10}", "median", "over HTTP", "bare loop", "ratio");
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let fresh = testing::fresh(engine).await.unwrap();
        // One more round than is counted, to warm up both.
        let house = House::build(&fresh.url, (rounds + 1) * 2 * MEMBERS).await;
        let mut members = house.members.chunks(MEMBERS);
        let (mut over_http, mut bare) = (Vec::new(), Vec::new());
        let server = http::Server::start(&fresh.url);
        let loops = bare::Loops::open(&fresh.url, if engine == Engine::Sqlite { 1 } else { AT_ONCE }).await;
        for round in 0..=rounds {
            let (ours, theirs) = (members.next().unwrap(), members.next().unwrap());
            let (first, second);
            if round % 2 == 0 {
                first = http::reserve(&server, &house, ours, AT_ONCE, EACH).await;
                second = loops.write(&house, theirs, EACH).await;
            } else {
                second = loops.write(&house, theirs, EACH).await;
                first = http::reserve(&server, &house, ours, AT_ONCE, EACH).await;
            }
            if round > 0 {
                over_http.push(rate(first));
                bare.push(rate(second));
            }
        }
        drop(server);
        house.agrees(&fresh.url).await;
        let (ours, theirs) = (median(&mut over_http), median(&mut bare));
        let name = if engine == Engine::Sqlite { "SQLite" } else { "PostgreSQL" };
        println!(
            "{name:<12}{:>22}{:>22}{:>8.2} ×",
            format!("{ours:.0} ({:.0}–{:.0})", over_http[0], over_http[over_http.len() - 1]),
            format!("{theirs:.0} ({:.0}–{:.0})", bare[0], bare[bare.len() - 1]),
            ours / theirs
        );
    }
}

fn rate(took: Duration) -> f64 {
    (MEMBERS * EACH) as f64 / took.as_secs_f64()
}

/// Sorts them, too.
fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
