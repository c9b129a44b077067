//! Every route as a stranger sees it: over HTTP, on a random port, on a real database.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod auth;
mod counters;
mod exchanges;
mod frame;
mod gifts;
mod jobs;
mod members;
mod new_owner;
mod overview;
mod pass;
mod points;
mod portal;
mod preferences;
mod profile;
mod programme;
mod reservations;
mod roles;
mod sabotage;
mod session;
mod shop;
mod staff;
mod staff_audit;
mod staff_pickups;
mod staff_reservations;
mod staff_session;
mod staff_stock;
mod support;
mod tier;
mod wechat;
mod wechat_consents;
mod wechat_double;
mod wechat_messages;

/// Runs stories on both databases.
macro_rules! on_both {
    ($($story:ident),* $(,)?) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $story() { super::$story(storage::Engine::Sqlite).await })*
        }
        mod postgres {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $story() { super::$story(storage::Engine::Postgres).await })*
        }
    };
}
pub(crate) use on_both;
