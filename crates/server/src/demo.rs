//! `--demo`: an empty database becomes a brand with counters, gifts, staff and members whose purchases are real.
//!
//! The histories are those of `data/purchases.csv`, moved by whole days so that the last purchase was yesterday; names,
//! numbers, counters, gifts and staff are invented. All of it is one transaction: a demo is there or it is not.

pub mod counters;
pub mod gifts;
pub mod people;
pub mod staff;

use std::collections::{HashMap, HashSet};
use std::error::Error;
use std::io;

use chrono::{Days, NaiveDate, TimeDelta};
use contract::staff::Role;
use loyalty::tier::{Counted, replay};
use serde::Serialize;
use serde::de::DeserializeOwned;
use storage::{ConsentAnswer, ImportedMember, NewMember, Preferences};
use uuid::Uuid;

use crate::entropy;
use crate::import::file::{self, Customer, FileError};
use crate::import::write::{batches, card_number, priced, silent};
use crate::import::{Context, ImportError};
use gifts::Units;
use people::Person;
use staff::StaffDoor;

const PURCHASES: &str = include_str!("../../../data/purchases.csv");

/// Who signs in to look around: what the file calls her, and the last digits of her phone number. Chosen so that the tier
/// and all that is shown of her hold on whatever day the demo is filled, and for days after.
const ACCOUNTS: [(&str, u32); 3] = [
    // A few purchases in the first tier, one of them still pending.
    ("10096", 1),
    // Gold, many lots, a pending purchase, and not far from the top.
    ("12476", 2),
    // The top tier.
    ("20111", 3),
];
/// The phone numbers of all others begin here.
const OTHERS_FROM: u32 = 100;

/// Whom to sign in as.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Accounts {
    /// From the first tier to the top.
    pub members: Vec<Account>,
    /// Clerks first, by counter.
    pub staff: Vec<StaffDoor>,
}

/// A member of the demo.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Account {
    /// E.164.
    pub phone: String,
    /// Her invented name.
    pub name: String,
    /// The id of the tier she holds today.
    pub tier: String,
    /// What `data/purchases.csv` calls her, for whoever wants to check her figures.
    pub customer: String,
}

/// Fills a database that has neither members nor counters; `false` if it has, and nothing was done.
pub async fn fill(context: Context<'_>) -> Result<bool, ImportError> {
    let mut tx = context.database.begin().await?;
    if tx.member_count().await? > 0 || !tx.counters(None).await?.is_empty() {
        tx.roll_back().await?;
        return Ok(false);
    }
    let counters = counters::all(context)?;
    for (_, counter) in &counters {
        tx.put_counter(counter).await?;
    }
    let counters: HashMap<String, Uuid> = counters.into_iter().map(|(key, counter)| (key, counter.id)).collect();
    let accounts = staff::all(context, &counters)?;
    for account in &accounts {
        tx.put_staff(account, context.now).await?;
    }
    let counted_by = accounts.iter().find(|account| account.role == Role::Manager.as_str());
    let counted_by = counted_by.map_or("", |account| account.name.as_str());
    let (gifts, units) = gifts::all(context, &counters)?;
    for gift in &gifts {
        tx.put_gift(gift).await?;
    }
    for Units { counter, variant, on_hand } in units {
        tx.count_stock(counter, variant, on_hand, counted_by, context.now).await?;
    }
    let today = context.programme.date_of(context.now);
    let customers = shifted(context, today)?;
    let mut cards = HashSet::new();
    let mut others = OTHERS_FROM..;
    for batch in batches(&customers) {
        let mut members = Vec::with_capacity(batch.len());
        for customer in batch {
            let account = ACCOUNTS.iter().find(|(name, _)| *name == customer.source_ref);
            let number = account.map(|(_, number)| *number).or_else(|| others.next()).unwrap_or_default();
            members.push(member(context, customer, number, &mut cards)?);
        }
        tx.import_members(&members, today, context.now).await?;
    }
    tx.commit().await?;
    Ok(true)
}

/// A file of `data/demo/`. It is part of the program and read by its tests, so this can only fail while somebody is writing it.
fn read<T: DeserializeOwned>(text: &str) -> Result<T, FileError> {
    toml::from_str(text).map_err(unreadable)
}

fn unreadable(why: impl Into<Box<dyn Error + Send + Sync>>) -> FileError {
    FileError::Unreadable(io::Error::new(io::ErrorKind::InvalidData, why))
}

/// The real histories, the last of whose purchases was yesterday.
fn shifted(context: Context<'_>, today: NaiveDate) -> Result<Vec<Customer>, FileError> {
    let mut histories = file::read(PURCHASES.as_bytes(), &context.programme.currency, today)?;
    let last = histories.customers.iter().flat_map(|customer| customer.purchases.last()).map(|bought| bought.on).max();
    let yesterday = today.checked_sub_days(Days::new(1)).unwrap_or(today);
    let shift = last.map_or(TimeDelta::zero(), |last| yesterday - last);
    for bought in histories.customers.iter_mut().flat_map(|customer| &mut customer.purchases) {
        bought.on = bought.on.checked_add_signed(shift).unwrap_or(bought.on);
    }
    Ok(histories.customers)
}

fn member(
    context: Context<'_>,
    customer: &Customer,
    number: u32,
    cards: &mut HashSet<String>,
) -> Result<ImportedMember, ImportError> {
    let Context { programme, entropy, now, .. } = context;
    let person = Person::invent(&customer.source_ref);
    let news = person.wants_news;
    let member = NewMember {
        id: entropy::id(entropy, now)?,
        name: person.name,
        phone: phone(number),
        card_number: card_number(entropy, cards)?,
        joined_on: customer.purchases.first().map_or_else(|| programme.date_of(now), |bought| bought.on),
        birthday: person.birthday,
        skin_type: person.skin_type.map(|skin_type| skin_type.as_str().to_owned()),
        source_ref: Some(customer.source_ref.clone()),
        preferences: Preferences { sms: news, wechat: news, ..silent() },
        consents: programme
            .consents
            .iter()
            .map(|consent| ConsentAnswer {
                consent: consent.id.clone(),
                version: consent.version.to_string(),
                granted: consent.required || news,
            })
            .collect(),
    };
    Ok(ImportedMember { member, purchases: priced(programme, entropy, now, customer)? })
}

fn phone(number: u32) -> String {
    format!("+86138{number:08}")
}

/// Whom of a filled demo to sign in as; empty if the database is not one.
pub async fn accounts(context: Context<'_>) -> Result<Accounts, ImportError> {
    let today = context.programme.date_of(context.now);
    let mut reader = context.database.read().await?;
    let mut members = Vec::new();
    for (source_ref, number) in ACCOUNTS {
        let phone = phone(number);
        let found = match reader.member_by_phone(&phone).await? {
            // Somebody else may have this number in a database that is no demo.
            Some(id) if reader.member_by_source(source_ref).await? == Some(id) => {
                reader.overview(id, context.now).await?
            }
            _ => None,
        };
        let Some(overview) = found else { continue };
        let counted: Vec<Counted> =
            overview.purchases.iter().map(|purchase| Counted { on: purchase.on, amount: purchase.amount }).collect();
        let standing = replay(context.programme, overview.member.joined_on, &counted, today);
        let tier = context.programme.tiers.get(standing.tier).map(|tier| tier.id.clone()).unwrap_or_default();
        members.push(Account { phone, name: overview.member.name, tier, customer: source_ref.to_owned() });
    }
    Ok(Accounts { members, staff: staff::doors(&mut reader, context.now).await? })
}
