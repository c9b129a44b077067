//! The races that must never be won twice, thousands of times over, on both engines. They stand apart from the conformance
//! suite so that it stays quick and they can be timed: `cargo test -p storage --test races`.

#![allow(clippy::unwrap_used, clippy::panic)]

mod ends;
mod last_unit;
mod lives;
mod operations;
mod oracle;
#[path = "../conformance/shop.rs"]
mod shop;
#[path = "../conformance/support.rs"]
#[allow(dead_code, reason = "the races use a part of it")]
mod support;

use storage::{Database, Engine, testing};

use support::World;

/// A database in memory, and as many servers on it as make writers meet. SQLite has one writer at a time whoever they are;
/// there a second server shows only that it is waited for.
async fn world(engine: Engine) -> (World, Vec<Database>) {
    let world = World::on(engine, testing::fresh_in_memory(engine).await.unwrap()).await;
    let others = match engine {
        Engine::Sqlite => 0,
        Engine::Postgres => 3,
    };
    let mut servers = vec![world.db.clone()];
    for _ in 0..others {
        servers.push(Database::open(&world.fresh.url).await.unwrap());
    }
    (world, servers)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_wins_the_last_unit_on_sqlite() {
    last_unit::one_wins(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_wins_the_last_unit_on_postgres() {
    last_unit::one_wins(Engine::Postgres).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reservation_ends_in_one_way_on_sqlite() {
    ends::one_outcome(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reservation_ends_in_one_way_on_postgres() {
    ends::one_outcome(Engine::Postgres).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn random_lives_agree_with_an_oracle_on_sqlite() {
    lives::agree(Engine::Sqlite, 330).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn random_lives_agree_with_an_oracle_on_postgres() {
    lives::agree(Engine::Postgres, 100).await;
}
