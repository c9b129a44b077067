//! `shouyue staff add`: an account for a person of the staff. The password comes from standard input, so that it is in no
//! list of processes and in no history of commands; the secret for the authenticator is printed once and never again.

use core::fmt;

use contract::staff::Role;
use storage::StaffAccount;
use uuid::Uuid;

use crate::credentials::{self, Unusable};
use crate::import::Context;

const LONGEST_USER: usize = 64;
const LONGEST_NAME: usize = 40;

/// Who is to have an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAccount {
    /// What is typed to sign in: small letters, digits, dots and hyphens.
    pub user: String,
    /// What members see of it.
    pub name: String,
    /// What it may do.
    pub role: Role,
    /// Where; always for the role `counter`, never for others.
    pub counter: Option<Uuid>,
}

/// Why there is no account.
#[derive(Debug)]
pub enum AccountError {
    /// Not a user's name.
    User,
    /// Not a name.
    Name,
    /// A counter for somebody who works at none, or none for somebody who does.
    Place,
    /// There is no such counter.
    Counter,
    /// Not a password, or no secret.
    Credentials(Unusable),
    /// The database said no.
    Storage(storage::Error),
}

impl fmt::Display for AccountError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::User => write!(f, "a user is 1 to {LONGEST_USER} small letters, digits, dots and hyphens"),
            Self::Name => write!(f, "a name has 1 to {LONGEST_NAME} characters"),
            Self::Place => f.write_str("the role counter needs --counter, and no other role has one"),
            Self::Counter => f.write_str("there is no such counter"),
            Self::Credentials(error) => error.fmt(f),
            Self::Storage(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for AccountError {}

impl From<Unusable> for AccountError {
    fn from(error: Unusable) -> Self {
        Self::Credentials(error)
    }
}

impl From<storage::Error> for AccountError {
    fn from(error: storage::Error) -> Self {
        Self::Storage(error)
    }
}

/// Adds an account, or replaces it and signs out whoever used it; the secret of its authenticator, base32.
pub async fn add(context: Context<'_>, new: NewAccount, password: &str) -> Result<String, AccountError> {
    let NewAccount { user, name, role, counter } = new;
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b".-".contains(&byte);
    if !(1..=LONGEST_USER).contains(&user.len()) || !user.bytes().all(plain) {
        return Err(AccountError::User);
    }
    let name = name.trim().to_owned();
    if !(1..=LONGEST_NAME).contains(&name.chars().count()) || name.chars().any(char::is_control) {
        return Err(AccountError::Name);
    }
    if (role == Role::Counter) != counter.is_some() {
        return Err(AccountError::Place);
    }
    let password_hash = credentials::hash_password(context.entropy, password)?;
    let totp_secret = credentials::draw_totp_secret(context.entropy).map_err(Unusable::from)?;
    let mut tx = context.database.begin().await?;
    if let Some(counter) = counter
        && tx.counter(counter).await?.is_none()
    {
        return Err(AccountError::Counter);
    }
    let role = role.as_str().to_owned();
    let account = StaffAccount { user, name, role, counter, password_hash, totp_secret };
    tx.put_staff(&account, context.now).await?;
    tx.commit().await?;
    Ok(account.totp_secret)
}
