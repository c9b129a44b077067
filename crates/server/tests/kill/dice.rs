//! Chance that can be repeated.

use std::hash::{BuildHasher, Hasher, RandomState};

/// SplitMix64.
pub struct Dice {
    pub seed: u64,
    state: u64,
}

impl Dice {
    /// From a seed in the environment, otherwise a new one.
    pub fn from_environment(name: &str) -> Self {
        let seed = match std::env::var(name) {
            Ok(seed) => seed.parse().unwrap(),
            Err(_) => RandomState::new().build_hasher().finish(),
        };
        Self { seed, state: seed }
    }

    /// Dice of one's own, to be thrown in another thread.
    pub fn fork(&mut self) -> Self {
        let seed = self.next();
        Self { seed, state: seed }
    }

    pub fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// From 0, not reaching `bound`.
    pub fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }

    pub fn pick<'l, T>(&mut self, list: &'l [T]) -> &'l T {
        &list[usize::try_from(self.below(list.len() as u64)).unwrap()]
    }

    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for last in (1..list.len()).rev() {
            list.swap(last, usize::try_from(self.below(last as u64 + 1)).unwrap());
        }
    }

    /// A key for one intent.
    pub fn key(&mut self) -> String {
        let (high, low) = (self.next(), self.next());
        uuid::Builder::from_random_bytes((u128::from(high) << 64 | u128::from(low)).to_be_bytes())
            .into_uuid()
            .to_string()
    }
}
