//! Customers into the database, whole, some hundreds to a transaction.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use loyalty::tier::{Counted, tier_before, tiers_before};
use loyalty::{Programme, earn, lot};
use storage::{Conflict, ImportedMember, NewMember, NewPurchase, Preferences, Purchase, Recorded, Transaction};
use uuid::Uuid;

use super::file::{BadRow, Bought, Customer};
use super::{Context, ImportError, Summary};
use crate::entropy::{self, Entropy, Exhausted};

/// A transaction holds so many purchases, or one customer. Large enough that its commit costs little, small enough that a
/// server which writes at the same time hardly waits.
const PURCHASES_PER_BATCH: usize = 1_000;
/// Card numbers are drawn, so one may be taken. A batch is tried again with others; that this happens time and again means
/// something else is wrong.
const TRIES: usize = 5;

/// Cuts customers into batches.
pub fn batches(customers: &[Customer]) -> Vec<&[Customer]> {
    let mut batches = Vec::new();
    let mut rest = customers;
    while !rest.is_empty() {
        let mut purchases = 0;
        let fitting = rest.iter().take_while(|customer| {
            purchases += customer.purchases.len();
            purchases <= PURCHASES_PER_BATCH
        });
        let (batch, after) = rest.split_at(fitting.count().max(1));
        batches.push(batch);
        rest = after;
    }
    batches
}

/// Brings a batch in, in one transaction.
pub async fn batch(context: Context<'_>, customers: &[Customer], summary: &mut Summary) -> Result<(), ImportError> {
    for last in (0..TRIES).rev() {
        // Counted apart, because a transaction that is tried again must not be counted twice.
        let mut counted = Summary::default();
        let mut tx = context.database.begin().await?;
        match bring_in(context, &mut tx, customers, &mut counted).await {
            Ok(()) => {
                tx.commit().await?;
                summary.members_new += counted.members_new;
                summary.members_known += counted.members_known;
                summary.purchases_new += counted.purchases_new;
                summary.purchases_known += counted.purchases_known;
                summary.bad_rows.append(&mut counted.bad_rows);
                return Ok(());
            }
            Err(ImportError::Storage(storage::Error::Conflict(Conflict::Card))) if last > 0 => tx.roll_back().await?,
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

async fn bring_in(
    context: Context<'_>,
    tx: &mut Transaction,
    customers: &[Customer],
    summary: &mut Summary,
) -> Result<(), ImportError> {
    let names: Vec<&str> = customers.iter().map(|customer| customer.source_ref.as_str()).collect();
    let known = tx.members_by_source(&names).await?;
    let (known, new): (Vec<_>, Vec<_>) =
        customers.iter().map(|customer| (customer, known.get(&customer.source_ref))).partition(|(_, id)| id.is_some());
    let new: Vec<&Customer> = new.into_iter().map(|(customer, _)| customer).collect();
    bring_in_new(context, tx, &new, summary).await?;
    let mut known: Vec<(Uuid, &Customer)> =
        known.into_iter().filter_map(|(customer, id)| Some((*id?, customer))).collect();
    // Two imports at once then wait for each other in the same order.
    known.sort_by_key(|(id, _)| *id);
    for (id, customer) in known {
        bring_in_known(context, tx, id, customer, summary).await?;
    }
    Ok(())
}

async fn bring_in_new(
    context: Context<'_>,
    tx: &mut Transaction,
    customers: &[&Customer],
    summary: &mut Summary,
) -> Result<(), ImportError> {
    let Context { programme, entropy, now, .. } = context;
    let receipts: Vec<String> = customers
        .iter()
        .flat_map(|customer| customer.purchases.iter().map(|bought| receipt_no(&customer.source_ref, bought)))
        .collect();
    let receipts: Vec<&str> = receipts.iter().map(String::as_str).collect();
    let taken = tx.known_receipts(&receipts).await?;
    let mut cards = HashSet::new();
    let mut imported = Vec::new();
    for customer in customers {
        if let Some(bought) =
            customer.purchases.iter().find(|bought| taken.contains(&receipt_no(&customer.source_ref, bought)))
        {
            // All of her or nothing: with a hole in her history her tier would be a guess.
            summary.bad_rows.extend(customer.purchases.iter().map(|row| left_out(row, bought)));
            continue;
        }
        let Some(first) = customer.purchases.first() else { continue };
        let member = NewMember {
            id: entropy::id(entropy, now)?,
            // The file has no names; better what the brand calls her than an invented one.
            name: customer.source_ref.clone(),
            phone: String::new(),
            card_number: card_number(entropy, &mut cards)?,
            joined_on: first.on,
            birthday: None,
            skin_type: None,
            source_ref: Some(customer.source_ref.clone()),
            preferences: silent(),
            consents: Vec::new(),
        };
        let purchases = priced(programme, entropy, now, customer)?;
        summary.members_new += 1;
        summary.purchases_new += purchases.len() as u64;
        imported.push(ImportedMember { member, purchases });
    }
    Ok(tx.import_members(&imported, programme.date_of(now), now).await?)
}

fn left_out(row: &Bought, because: &Bought) -> BadRow {
    let reason = if row == because {
        "its receipt number belongs to another member".to_owned()
    } else {
        format!("left out with line {}, which is hers too", because.line)
    };
    BadRow { line: row.line, column: "customer".to_owned(), reason }
}

async fn bring_in_known(
    context: Context<'_>,
    tx: &mut Transaction,
    id: Uuid,
    customer: &Customer,
    summary: &mut Summary,
) -> Result<(), ImportError> {
    let Context { programme, entropy, now, .. } = context;
    summary.members_known += 1;
    // Most often there is nothing new, and nothing needs to be locked to see that.
    if news(&tx.history(id).await?, customer, summary).is_empty() {
        return Ok(());
    }
    let Some(member) = tx.member(id).await?.filter(|member| member.id == id) else { return Ok(()) };
    tx.lock_member(id).await?;
    let history = tx.history(id).await?;
    let mut counted: Vec<Counted> =
        history.iter().map(|purchase| Counted { on: purchase.on, amount: purchase.paid - purchase.refunded }).collect();
    for bought in news(&history, customer, &mut Summary::default()) {
        let tier = tier_before(programme, member.joined_on, &counted, bought.on);
        let purchase = new_purchase(programme, entropy, now, &customer.source_ref, bought, tier)?;
        match tx.record_purchase(id, &purchase).await {
            Ok(Recorded::New(_)) => summary.purchases_new += 1,
            Ok(Recorded::Existing(_)) => summary.purchases_known += 1,
            Err(storage::Error::Conflict(Conflict::Receipt)) => {
                summary.bad_rows.push(left_out(bought, bought));
                continue;
            }
            Err(error) => return Err(error.into()),
        }
        counted.push(Counted { on: bought.on, amount: bought.paid });
        counted.sort_by_key(|counted| counted.on);
    }
    tx.post_member(id, programme.date_of(now), now).await?;
    Ok(())
}

/// What is in the file but not in her history. Counts what is in both, and reports what is in both and differs.
fn news<'c>(history: &[Purchase], customer: &'c Customer, summary: &mut Summary) -> Vec<&'c Bought> {
    let recorded: HashMap<&str, &Purchase> =
        history.iter().map(|purchase| (purchase.receipt_no.as_str(), purchase)).collect();
    let mut news = Vec::new();
    for bought in &customer.purchases {
        match recorded.get(receipt_no(&customer.source_ref, bought).as_str()) {
            None => news.push(bought),
            Some(purchase) if purchase.paid == bought.paid && purchase.items == Some(bought.items) => {
                summary.purchases_known += 1;
            }
            Some(purchase) => {
                let (column, recorded) = if purchase.paid == bought.paid {
                    ("items", purchase.items.map_or_else(|| "no number".to_owned(), |items| items.to_string()))
                } else {
                    ("amount", format!("{} minor units", purchase.paid))
                };
                let reason = format!("receipt {} is recorded with {recorded}", purchase.receipt_no);
                summary.bad_rows.push(BadRow { line: bought.line, column: column.to_owned(), reason });
            }
        }
    }
    news
}

/// Every purchase of a customer who is new, with what it earned at the tier she held then.
pub fn priced(
    programme: &Programme,
    entropy: &dyn Entropy,
    now: DateTime<Utc>,
    customer: &Customer,
) -> Result<Vec<NewPurchase>, Exhausted> {
    let Some(first) = customer.purchases.first() else { return Ok(Vec::new()) };
    let counted: Vec<Counted> =
        customer.purchases.iter().map(|bought| Counted { on: bought.on, amount: bought.paid }).collect();
    let tiers = tiers_before(programme, first.on, &counted);
    customer
        .purchases
        .iter()
        .zip(tiers)
        .map(|(bought, tier)| new_purchase(programme, entropy, now, &customer.source_ref, bought, tier))
        .collect()
}

fn new_purchase(
    programme: &Programme,
    entropy: &dyn Entropy,
    now: DateTime<Utc>,
    source_ref: &str,
    bought: &Bought,
    tier: usize,
) -> Result<NewPurchase, Exhausted> {
    Ok(NewPurchase {
        id: entropy::id(entropy, now)?,
        receipt_no: receipt_no(source_ref, bought),
        at: instant(programme, bought.on, bought.ordinal).min(now),
        on: bought.on,
        paid: bought.paid,
        items: Some(bought.items),
        lines: None,
        points: earn::points(programme, tier, bought.paid),
        posts_on: earn::posts_on(programme, bought.on),
        expires_on: lot::expires_on(&programme.expiry, bought.on),
    })
}

/// The file has days, not times: noon, and a second later for each further purchase of the day, so that they stay in order.
fn instant(programme: &Programme, on: NaiveDate, ordinal: u32) -> DateTime<Utc> {
    let noon = NaiveTime::from_hms_opt(12, 0, 0).unwrap_or_default();
    programme.instant_of(on, noon + TimeDelta::seconds(i64::from(ordinal.min(3_600)) - 1))
}

fn receipt_no(source_ref: &str, bought: &Bought) -> String {
    let day = bought.on.to_string().replace('-', "");
    format!("{source_ref}-{day}-{}", bought.ordinal)
}

/// Twelve digits that none of `drawn` has; adds them to it.
pub fn card_number(entropy: &dyn Entropy, drawn: &mut HashSet<String>) -> Result<String, Exhausted> {
    loop {
        let number = entropy::digits(entropy, 12)?;
        if drawn.insert(number.clone()) {
            return Ok(number);
        }
    }
}

/// Nobody asked her yet, so nothing is sent to her but what the programme owes her. Topics say about what, channels whether at
/// all; without a channel nothing is sent.
pub fn silent() -> Preferences {
    Preferences {
        language: "zh-CN".to_owned(),
        sms: false,
        email: false,
        wechat: false,
        gifts: true,
        campaigns: true,
        surveys: true,
        quiet_hours: crate::outbox::quiet_by_default(),
    }
}
