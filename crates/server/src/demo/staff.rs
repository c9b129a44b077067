//! The demo's staff, from `data/demo/staff.toml`.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use contract::Id;
use contract::staff::Role;
use serde::{Deserialize, Serialize};
use storage::{Reader, StaffAccount};
use uuid::Uuid;

use super::{read, unreadable};
use crate::credentials::{hash_password, totp_code};
use crate::import::{Context, ImportError};

const STAFF: &str = include_str!("../../../../data/demo/staff.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    staff: Vec<FilePerson>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FilePerson {
    user: String,
    name: String,
    role: Role,
    counter: Option<String>,
    password: String,
    totp_secret: String,
}

/// A person of the demo's staff, and all that is needed to sign in: these passwords stand in a file that everybody can read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StaffDoor {
    /// What is typed to sign in.
    pub user: String,
    /// What is typed to sign in.
    pub password: String,
    /// For an authenticator, base32.
    pub totp_secret: String,
    /// What the authenticator shows now; good for this half minute and the next, and only once.
    pub totp_now: String,
    /// Her or his invented name.
    pub name: String,
    /// What she or he may do.
    pub role: Role,
    /// Where; `None` for all counters.
    pub counter: Option<Id>,
}

/// All of them; `counters` are known by what the demo's files call them.
pub fn all(context: Context<'_>, counters: &HashMap<String, Uuid>) -> Result<Vec<StaffAccount>, ImportError> {
    read::<File>(STAFF)?
        .staff
        .into_iter()
        .map(|person| {
            let counter = person.counter.map(|key| {
                counters.get(&key).copied().ok_or_else(|| unreadable(format!("no counter is called {key}")))
            });
            Ok(StaffAccount {
                user: person.user,
                name: person.name,
                role: person.role.as_str().to_owned(),
                counter: counter.transpose()?,
                password_hash: hash_password(context.entropy, &person.password).map_err(unreadable)?,
                totp_secret: person.totp_secret,
            })
        })
        .collect()
}

/// Whom of them to sign in as, in a database where they are.
pub async fn doors(reader: &mut Reader, now: DateTime<Utc>) -> Result<Vec<StaffDoor>, ImportError> {
    let mut doors = Vec::new();
    for person in read::<File>(STAFF)?.staff {
        // Somebody else may have this name in a database that is no demo.
        let found = reader.staff_account(&person.user).await?;
        let Some(account) = found.filter(|account| account.totp_secret == person.totp_secret) else { continue };
        doors.push(StaffDoor {
            totp_now: totp_code(&person.totp_secret, now).unwrap_or_default(),
            user: person.user,
            password: person.password,
            totp_secret: person.totp_secret,
            name: person.name,
            role: person.role,
            counter: account.counter.map(|counter| counter.to_string()),
        });
    }
    Ok(doors)
}
