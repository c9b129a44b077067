//! How often one address or one session may ask, as token buckets in memory. Every server counts for itself: a limit that
//! is off by the number of servers is cheaper than a round trip for each request. What costs money (one-time codes) is
//! counted in the database instead.

use std::hash::Hash;
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use contract::Code;
use governor::clock::Clock as _;
use governor::middleware::NoOpMiddleware;
use governor::state::keyed::DashMapStateStore;
use governor::{Quota, RateLimiter};

use crate::clock::Clock;
use crate::problem::{Failure, Outcome};

/// The server's clock as governor wants it: the time since 1970. Going back saturates there.
#[derive(Clone)]
struct Ticks(Arc<dyn Clock>);

impl governor::clock::Clock for Ticks {
    type Instant = Duration;
    fn now(&self) -> Duration {
        Duration::from_millis(u64::try_from(self.0.now().timestamp_millis()).unwrap_or_default())
    }
}

/// What counts as one address: who has one of IPv6 has 2⁶⁴ of them.
pub fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => IpAddr::V6((u128::from(v6) & !u128::from(u64::MAX)).into()),
        v4 @ IpAddr::V4(_) => v4,
    }
}

struct Buckets<K: Hash + Eq + Clone> {
    limiter: Option<RateLimiter<K, DashMapStateStore<K>, Ticks, NoOpMiddleware<Duration>>>,
    clock: Ticks,
}

impl<K: Hash + Eq + Clone> Buckets<K> {
    fn new(per_minute: u32, clock: Ticks) -> Self {
        let limiter = NonZeroU32::new(per_minute)
            .map(|count| RateLimiter::dashmap_with_clock(Quota::per_minute(count), clock.clone()));
        Self { limiter, clock }
    }

    fn check(&self, key: &K) -> Outcome<()> {
        let Some(limiter) = &self.limiter else { return Ok(()) };
        limiter.check_key(key).map_err(|until| {
            let wait = until.wait_time_from(self.clock.now());
            let seconds = i64::try_from(wait.as_secs()).unwrap_or(i64::MAX).saturating_add(1);
            Failure::from(Code::TooManyRequests).retry_after(seconds)
        })
    }

    fn forget_idle(&self) {
        if let Some(limiter) = &self.limiter {
            limiter.retain_recent();
        }
    }
}

/// The buckets of addresses and of sessions.
pub struct Limits {
    addresses: Buckets<IpAddr>,
    sessions: Buckets<u64>,
}

impl Limits {
    /// Requests in a minute, all of which may come at once; zero is no limit.
    pub fn new(per_address: u32, per_session: u32, clock: Arc<dyn Clock>) -> Self {
        let ticks = Ticks(clock);
        Self { addresses: Buckets::new(per_address, ticks.clone()), sessions: Buckets::new(per_session, ticks) }
    }

    /// One more request from this address.
    pub fn address(&self, address: IpAddr) -> Outcome<()> {
        self.addresses.check(&network(address))
    }

    /// One more request of this session, by the hash of its token.
    pub fn session(&self, token_hash: &str) -> Outcome<()> {
        // The first 64 bits of a SHA-256: enough to tell sessions apart, and no key to anything.
        let key = token_hash.get(..16).and_then(|start| u64::from_str_radix(start, 16).ok()).unwrap_or_default();
        self.sessions.check(&key)
    }

    /// Drops the buckets that are full again.
    pub fn forget_idle(&self) {
        self.addresses.forget_idle();
        self.sessions.forget_idle();
    }
}
