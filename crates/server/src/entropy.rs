//! Randomness, as a parameter.

use chrono::{DateTime, Utc};
use uuid::Uuid;

/// The source of randomness gave none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exhausted;

impl core::fmt::Display for Exhausted {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("no randomness from the operating system")
    }
}

impl std::error::Error for Exhausted {}

/// Draws random bytes that nobody can guess.
pub trait Entropy: Send + Sync + 'static {
    /// Fills the whole slice.
    fn fill(&self, bytes: &mut [u8]) -> Result<(), Exhausted>;
}

/// So many random bytes.
pub fn bytes<const N: usize>(entropy: &dyn Entropy) -> Result<[u8; N], Exhausted> {
    let mut bytes = [0; N];
    entropy.fill(&mut bytes)?;
    Ok(bytes)
}

/// A UUIDv7.
pub fn id(entropy: &dyn Entropy, now: DateTime<Utc>) -> Result<Uuid, Exhausted> {
    let millis = u64::try_from(now.timestamp_millis()).unwrap_or_default();
    Ok(uuid::Builder::from_unix_timestamp_millis(millis, &bytes(entropy)?).into_uuid())
}

/// So many random decimal digits, at most 18, each number as likely as any other.
pub fn digits(entropy: &dyn Entropy, count: u32) -> Result<String, Exhausted> {
    let bound = 10_u64.pow(count.min(18));
    let width = count.min(18) as usize;
    // What lies above the last whole multiple is drawn again: plain `%` would prefer small numbers.
    let fair = u64::MAX - u64::MAX % bound;
    loop {
        let drawn = u64::from_le_bytes(bytes(entropy)?);
        if drawn < fair {
            return Ok(format!("{:0width$}", drawn % bound));
        }
    }
}
