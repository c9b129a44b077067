//! The HTTP server behind `shouyue`: the API of [`contract`], the portal's files, and the jobs in the background.
//!
//! Architecture invariant: clock and randomness are fields of [`state::App`]; only [`ambient`] reads the real ones.

pub mod accounts;
pub mod ambient;
mod answer;
mod card;
pub mod cli;
pub mod clock;
mod code;
pub mod credentials;
pub mod demo;
pub mod entropy;
mod extract;
pub mod gateway;
mod idempotency;
pub mod import;
pub mod jobs;
mod limits;
mod localize;
mod metrics;
mod middleware;
pub mod openapi;
mod outbox;
mod paging;
mod phone;
mod pickup;
mod portal;
mod problem;
mod router;
mod routes;
pub mod serve;
mod session;
pub mod settings;
mod shelf;
pub mod state;
mod tries;
pub mod wechat;
