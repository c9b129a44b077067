//! What a person of the staff proves who they are with: a password, and the code of an authenticator.
//!
//! Both crates are taken at their standard parameters: Argon2id with 19 MiB and two passes (what OWASP asks for at least), and
//! RFC 6238 as every authenticator app has it (SHA-1, six digits, 30 seconds).

use argon2::Argon2;
use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};
use chrono::{DateTime, Utc};
use tokio::sync::Semaphore;
use totp_rs::{Builder, Secret, Totp};

use crate::entropy::{self, Entropy, Exhausted};
use crate::problem::{Failure, Outcome};

/// A password is at least so long, in characters.
pub const SHORTEST_PASSWORD: usize = 8;
/// Longer ones are refused before anything is computed from them; bytes.
pub const LONGEST_PASSWORD: usize = 256;
const SALT: usize = 16;
/// What RFC 4226 recommends; bytes.
const SECRET: usize = 20;
/// Each takes 19 MiB and a core for dozens of milliseconds; more than that at once would only slow one another down.
const AT_ONCE: usize = 4;

/// A hash that no password has: 256 bits that happen to be zero.
const NOBODYS: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

static TURNS: Semaphore = Semaphore::const_new(AT_ONCE);

/// Why there is no hash of a password or no secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unusable {
    /// Shorter than [`SHORTEST_PASSWORD`] or longer than [`LONGEST_PASSWORD`].
    Length,
    /// No randomness, or no memory.
    Exhausted,
}

impl core::fmt::Display for Unusable {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Length => write!(f, "a password has {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters"),
            Self::Exhausted => f.write_str("no randomness or no memory from the operating system"),
        }
    }
}

impl std::error::Error for Unusable {}

impl From<Exhausted> for Unusable {
    fn from(_: Exhausted) -> Self {
        Self::Exhausted
    }
}

/// The hash of a password as a PHC string, with a salt of its own.
pub fn hash_password(entropy: &dyn Entropy, password: &str) -> Result<String, Unusable> {
    if password.chars().count() < SHORTEST_PASSWORD || password.len() > LONGEST_PASSWORD {
        return Err(Unusable::Length);
    }
    let salt = entropy::bytes::<SALT>(entropy)?;
    let hash = Argon2::default().hash_password_with_salt(password.as_bytes(), &salt);
    hash.map(|hash| hash.to_string()).map_err(|_| Unusable::Exhausted)
}

/// Whether this is the password behind that hash. Without a hash the same work is done and the answer is no, so that a user
/// who does not exist can't be told by the time it takes. Off the threads that serve.
pub async fn is_password(password: String, hash: Option<String>) -> Outcome<bool> {
    if password.len() > LONGEST_PASSWORD {
        return Ok(false);
    }
    let _turn = TURNS.acquire().await.map_err(Failure::internal)?;
    let work = move || {
        let hash = PasswordHash::new(hash.as_deref().unwrap_or(NOBODYS)).map_err(Failure::internal)?;
        Ok(Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
    };
    tokio::task::spawn_blocking(work).await.map_err(Failure::internal)?
}

/// A fresh secret for an authenticator, base32.
pub fn draw_totp_secret(entropy: &dyn Entropy) -> Result<String, Exhausted> {
    Ok(Secret::new_stack(entropy::bytes::<SECRET>(entropy)?).to_base32())
}

/// What an authenticator app reads as a QR code. No label needs escaping: users are plain letters, and the issuer is this
/// product's.
pub fn totp_uri(user: &str, secret: &str) -> String {
    format!("otpauth://totp/Shouyue:{user}?secret={secret}&issuer=Shouyue")
}

/// The code an authenticator shows now; `None` for what is no secret.
pub fn totp_code(secret: &str, now: DateTime<Utc>) -> Option<String> {
    Some(totp(secret)?.generate(seconds(now)).to_string())
}

/// The step of the authenticator that a typed code belongs to: the present one, or one to either side for a clock that is a
/// little off. Spaces between the digits are fine.
pub fn totp_step(secret: &str, typed: &str, now: DateTime<Utc>) -> Option<i64> {
    let code = crate::code::parse(typed)?;
    totp(secret)?.check(&code, seconds(now)).and_then(|step| i64::try_from(step).ok())
}

fn totp(secret: &str) -> Option<Totp> {
    Builder::new().with_secret(Secret::try_from_base32(secret).ok()?).build().ok()
}

fn seconds(now: DateTime<Utc>) -> u64 {
    u64::try_from(now.timestamp()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ambient::SystemEntropy;

    #[tokio::test]
    async fn a_password_is_known_by_its_hash() {
        let hash = hash_password(&SystemEntropy, "守约 is kept").unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert_ne!(hash, hash_password(&SystemEntropy, "守约 is kept").unwrap());
        assert!(is_password("守约 is kept".to_owned(), Some(hash.clone())).await.unwrap());
        assert!(!is_password("守约 is broken".to_owned(), Some(hash)).await.unwrap());
        assert!(!is_password("守约 is kept".to_owned(), None).await.unwrap());
        assert!(is_password("x".to_owned(), Some("no hash".to_owned())).await.is_err());
        assert_eq!(hash_password(&SystemEntropy, "short"), Err(Unusable::Length));
        assert_eq!(hash_password(&SystemEntropy, &"x".repeat(257)), Err(Unusable::Length));
    }

    #[test]
    fn codes_are_those_of_every_authenticator() {
        // RFC 6238, appendix B: the secret is `12345678901234567890`; of its eight digits the last six.
        let secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
        let at = |seconds: i64| DateTime::from_timestamp(seconds, 0).unwrap();
        assert_eq!(totp_code(secret, at(59)).as_deref(), Some("287082"));
        assert_eq!(totp_code(secret, at(1_111_111_109)).as_deref(), Some("081804"));
        assert_eq!(totp_step(secret, "287 082", at(59)), Some(1));
        assert_eq!(totp_step(secret, "287082", at(89)), Some(1));
        assert_eq!(totp_step(secret, "287082", at(29)), Some(1));
        assert_eq!(totp_step(secret, "287082", at(90)), None);
        assert_eq!(totp_step(secret, "287083", at(59)), None);
        assert_eq!(totp_code("not base32!", at(59)), None);
        let drawn = draw_totp_secret(&SystemEntropy).unwrap();
        assert_eq!(drawn.len(), 32);
        assert!(totp_code(&drawn, at(59)).is_some());
    }
}
