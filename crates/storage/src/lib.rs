//! One body of queries for SQLite (the embedded default) and PostgreSQL (several servers, and engines that speak its
//! protocol).
//!
//! # Shape
//!
//! [`Database`] is opened once. [`Database::read`] is for reads of one statement, [`Database::snapshot`] for several that
//! must agree, [`Database::begin`] for a write: a [`Transaction`], which reads too (it derefs to [`Reader`]) and of which
//! nothing lasts unless [`Transaction::commit`] is called, visibly and last. Queries are methods, one file per noun.
//! Absence is `Ok(None)`. Clock and randomness are parameters: whoever calls brings `now`, `today` and the identifiers.
//!
//! # Why sqlx, and why not its `Any`
//!
//! The queries here are the product's promises: guarded updates (`… where balance + $2 >= 0 returning …`), upserts with a
//! condition, one union that makes the home page a single round trip. They are SQL that both engines understand word for
//! word, `$1` placeholders included, and are best read as such. SeaORM 2 would put an entity layer over them that has to
//! be left for each of these; diesel's typed queries are bound to one backend at compile time, so that two engines mean
//! generic bounds on every function or two compiled copies, and its async side is a crate of its own. sqlx takes SQL as it
//! is, prepares each statement once per connection, and brings both drivers under one licence and one release.
//!
//! `sqlx::Any` would be the shorter way to one body, but it copies every row into a third representation, hides what the
//! engines differ in (a single writer and many readers, `BEGIN IMMEDIATE`, pragmas, session settings) and drops the names
//! of broken constraints. The enum in `database.rs` costs one `match` per statement and keeps all of that. Its compile-time
//! checked macros are not used either: they check against one engine. The conformance suite runs every query on both.
//!
//! # Invariants
//!
//! - A member's data is keyed by the member first (`PRIMARY KEY (member_id, …)`), and what is looked up before she is known
//!   stands in small tables keyed by the look-up (`phones`, `cards`, `sources`, `receipts`, `refund_receipts`, `sessions`,
//!   `challenges`, `wechat_accounts`, `wechat_bindings`, `idempotency`, `pickups`). No foreign key leads from one kind to the other. So an engine may spread
//!   members over machines; counters find reservations by secondary indexes, which such an engine keeps apart.
//! - Her row is her lock: every write that depends on what she has counts up her `sequence` first. A row of `stock` is the lock
//!   of the units that a counter has of a variant. The order is idempotency key, member, places by counter and variant; nobody
//!   locks two members.
//! - What is held of a unit's place is counted, never stored; points that are held are stored, lot by lot, and released or
//!   spent by the one statement that ends a reservation. A deadline needs nobody to notice it: reads take `now`.
//! - Ledger entries are added and never changed. `balance` moves in the same statement that hands out an entry's sequence,
//!   and the lots by the same number in the same transaction; [`Reader::audit`] proves that they agree.
//! - A purchase, its entry and its lot share one identifier, so posting twice breaks a key instead of a balance; so do a
//!   reservation and the entry that spends its points.

mod audit;
mod challenge;
mod consent;
mod counter;
mod database;
mod error;
mod gift;
mod idempotency;
mod import;
mod lanes;
mod lease;
mod ledger;
mod lot;
mod member;
mod message;
mod migrate;
mod overview;
mod owed;
mod pickup;
mod posting;
mod preferences;
mod profile;
mod purchase;
mod purge;
mod quota;
mod refund;
mod reservation;
mod secret;
mod session;
mod staff;
mod staff_audit;
mod staff_pass;
mod staff_session;
mod stock;
#[cfg(feature = "testing")]
pub mod testing;
mod value;
mod wechat;
mod wechat_consent;

pub use audit::Fault;
pub use challenge::{Attempt, NewChallenge};
pub use consent::{ConsentAnswer, ConsentRecord};
pub use counter::{Counter, CounterText};
pub use database::{Database, Engine, Reader, Transaction};
pub use error::{Conflict, Error, Result};
pub use gift::{Gift, GiftText, Variant, VariantText};
pub use idempotency::{Claim, Claimed};
pub use import::ImportedMember;
pub use ledger::{Cause, Entry, LedgerCursor};
pub use lot::{Lot, Notified};
pub use member::{Member, NewMember};
pub use message::{ClaimedMessage, DueMessage, Message, NewMessage};
pub use overview::{Balances, CountedPurchase, OpenReservation, Overview};
pub use posting::Posted;
pub use preferences::Preferences;
pub use profile::Profile;
pub use purchase::{NewPurchase, Purchase, PurchaseCursor, Recorded};
pub use refund::{NewRefund, Refund};
pub use reservation::{
    Acted, Actor, Clerk, DueCursor, DueReservation, NewReservation, Offer, Reservation, ReservationCursor,
    ReservationEvent, ReservationFilter, Reserving, StaffReservation,
};
pub use session::Session;
pub use staff::StaffAccount;
pub use staff_audit::{StaffAuditCursor, StaffAuditEntry};
pub use staff_pass::PassShown;
pub use staff_session::StaffSession;
pub use stock::{Counted, Stock};
pub use wechat::WechatAccount;
pub use wechat_consent::{NewWechatConsent, WechatConsent, WechatConsentCursor};

/// A document that is replaced as a whole, with the version that guards it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Versioned<T> {
    /// Counts up with every replacement; what an ETag is made of.
    pub version: i64,
    /// The document.
    pub value: T,
}

/// The text is no cursor of this list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MalformedCursor;

impl core::fmt::Display for MalformedCursor {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("malformed cursor")
    }
}

impl std::error::Error for MalformedCursor {}
