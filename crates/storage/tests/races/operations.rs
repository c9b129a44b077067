//! What can happen in the random lives, and how likely it is.

use proptest::prelude::*;

use crate::oracle::Try;

/// The most operations of one case.
pub const LENGTH: usize = 200;

#[derive(Clone, Debug)]
pub enum Operation {
    Buy {
        member: usize,
        points: i64,
        late: u64,
        expires_in: Option<u64>,
    },
    Refund {
        purchase: usize,
        percent: i64,
    },
    Reserve {
        member: usize,
        variant: usize,
        counter: usize,
    },
    /// With one of the last few reservations: this, or else something that its stage makes likely.
    Attempt {
        back: usize,
        what: Try,
        wise: Option<usize>,
    },
    Count {
        counter: usize,
        variant: usize,
        on_hand: i64,
    },
    Receive {
        counter: usize,
        variant: usize,
        quantity: i64,
    },
    Pass {
        minutes: i64,
    },
    Sweep,
}

fn attempt() -> impl Strategy<Value = Try> {
    let right = || prop::bool::weighted(0.8);
    prop_oneof![
        6 => right().prop_map(|right| Try::Ready { right }),
        4 => right().prop_map(|right| Try::Collect { right }),
        2 => Just(Try::Cancel),
        1 => Just(Try::Fail),
        2 => Just(Try::Extend),
        3 => (0..2_usize).prop_map(|counter| Try::Move { counter }),
        4 => (0..3_usize).prop_map(|variant| Try::Offer { variant }),
        4 => prop::bool::weighted(0.7).prop_map(|take| Try::Answer { take }),
        2 => Just(Try::Expire),
        2 => Just(Try::NoteLate),
    ]
}

pub fn operation() -> impl Strategy<Value = Operation> {
    let place = || (0..2_usize, 0..3_usize);
    prop_oneof![
        3 => (0..3_usize, 0..250_i64, 0..10_u64, prop::option::weighted(0.8, 1..90_u64)).prop_map(
            |(member, points, late, expires_in)| Operation::Buy { member, points, late, expires_in }
        ),
        2 => (any::<usize>(), -5..130_i64).prop_map(|(purchase, percent)| Operation::Refund { purchase, percent }),
        8 => (0..3_usize, 0..3_usize, 0..2_usize)
            .prop_map(|(member, variant, counter)| Operation::Reserve { member, variant, counter }),
        20 => (0..4_usize, attempt(), prop::option::weighted(0.7, 0..12_usize))
            .prop_map(|(back, what, wise)| Operation::Attempt { back, what, wise }),
        2 => (place(), 0..5_i64)
            .prop_map(|((counter, variant), on_hand)| Operation::Count { counter, variant, on_hand }),
        2 => (place(), 1..4_i64)
            .prop_map(|((counter, variant), quantity)| Operation::Receive { counter, variant, quantity }),
        // Minutes for offers, hours for deadlines, days for holds.
        6 => prop_oneof![0..20_i64, 0..600_i64, 0..6_000_i64].prop_map(|minutes| Operation::Pass { minutes }),
        1 => Just(Operation::Sweep),
    ]
}

/// Everybody has points, and every counter has units.
pub fn beginnings() -> Vec<Operation> {
    let bought = |member| Operation::Buy { member, points: 150, late: 9, expires_in: Some(60) };
    let counted = |place: usize| Operation::Count { counter: place % 2, variant: place / 2, on_hand: 2 };
    let mut all: Vec<_> = (0..3).map(bought).collect();
    all.extend((0..6).map(counted));
    all.push(Operation::Pass { minutes: 5 });
    all
}
