//! A member's points under random purchases, refunds, spending, holds, notices and days: the ledger sums to the balances,
//! the balances are the lots, nothing is negative, the soonest go first, and nothing expires unannounced.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod common;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use common::{after, day, demo};
use loyalty::Programme;
use loyalty::earn;
use loyalty::ledger::{Entry, EntryKind, sums};
use loyalty::lot::{self, LotState, Taking};
use loyalty::refund::{self, Refundable};
use loyalty::tier::{Counted, tier_before};
use proptest::prelude::*;

#[derive(Clone, Debug)]
enum Step {
    Buy(i64),
    Refund { which: usize, percent: i64 },
    Spend(i64),
    Hold(i64),
    Release,
    Notify,
    Pass(u64),
}

fn any_step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => prop_oneof![Just(0i64), 1i64..50_000].prop_map(Step::Buy),
        2 => (0usize..20, 1i64..=100).prop_map(|(which, percent)| Step::Refund { which, percent }),
        2 => (1i64..400).prop_map(Step::Spend),
        1 => (1i64..200).prop_map(Step::Hold),
        1 => Just(Step::Release),
        1 => Just(Step::Notify),
        3 => prop_oneof![Just(1u64), 1u64..20, 100u64..400].prop_map(Step::Pass),
    ]
}

struct Bought {
    on: NaiveDate,
    refundable: Refundable,
    lot: Option<usize>,
    /// Position of its pending or posted entry.
    entry: Option<usize>,
}

struct OneLot {
    state: LotState<usize>,
    notified_on: Option<NaiveDate>,
}

/// A ledger kept in memory by the rules alone.
struct Book {
    programme: Programme,
    today: NaiveDate,
    bought: Vec<Bought>,
    entries: Vec<Entry>,
    lots: BTreeMap<usize, OneLot>,
    held: Vec<Taking<usize>>,
    waived: i64,
}

impl Book {
    fn new() -> Self {
        Self {
            programme: demo(),
            today: day("2024-02-20"),
            bought: Vec::new(),
            entries: Vec::new(),
            lots: BTreeMap::new(),
            held: Vec::new(),
            waived: 0,
        }
    }

    fn states(&self) -> Vec<LotState<usize>> {
        self.lots.values().map(|lot| lot.state).collect()
    }

    fn take(&mut self, takings: &[Taking<usize>]) {
        for taking in takings {
            self.lots.get_mut(&taking.lot).unwrap().state.points -= taking.points;
        }
    }

    fn post(&mut self, kind: EntryKind, points: i64) {
        if points != 0 {
            assert!(kind.allows(points));
            self.entries.push(Entry { kind, points, posted: true });
        }
    }

    fn step(&mut self, step: &Step) {
        match *step {
            Step::Buy(paid) => self.buy(paid),
            Step::Refund { which, percent } => self.refund(which, percent),
            Step::Spend(points) => self.spend(points),
            Step::Hold(points) => self.hold(points),
            Step::Release => self.release(),
            Step::Notify => self.notify(),
            Step::Pass(days) => (0..days).for_each(|_| self.pass()),
        }
    }

    fn buy(&mut self, paid_minor: i64) {
        let counted: Vec<Counted> = self
            .bought
            .iter()
            .map(|bought| Counted {
                on: bought.on,
                amount: bought.refundable.paid_minor - bought.refundable.refunded_minor,
            })
            .collect();
        let tier = tier_before(&self.programme, day("2024-02-20"), &counted, self.today);
        let points = earn::points(&self.programme, tier, paid_minor);
        let entry = (points > 0).then(|| {
            self.entries.push(Entry { kind: EntryKind::Earned, points, posted: false });
            self.entries.len() - 1
        });
        let refundable = Refundable { paid_minor, refunded_minor: 0, points, reversed: 0 };
        self.bought.push(Bought { on: self.today, refundable, lot: None, entry });
    }

    fn refund(&mut self, which: usize, percent: i64) {
        let states = self.states();
        let Some(bought) = self.bought.get_mut(which) else { return };
        let left = bought.refundable.paid_minor - bought.refundable.refunded_minor;
        let amount = left * percent / 100;
        let Ok(points) = refund::points_to_reverse(&bought.refundable, amount) else {
            assert!(amount <= 0);
            return;
        };
        bought.refundable.refunded_minor += amount;
        bought.refundable.reversed += points;
        if amount == left {
            assert_eq!(bought.refundable.reversed, bought.refundable.points, "all of it is taken back");
        }
        let pending = bought.entry.filter(|&entry| !self.entries[entry].posted);
        if let Some(entry) = pending {
            self.entries[entry].points -= points;
            return;
        }
        let reversal = refund::reversal(points, bought.lot, &states);
        assert_eq!(reversal.reversed + reversal.waived, points);
        if let (Some(own), true) = (bought.lot, reversal.reversed > 0) {
            let own_free = states.iter().find(|lot| lot.id == own).unwrap().free();
            let from_own = reversal.takings.iter().find(|taking| taking.lot == own).map_or(0, |taking| taking.points);
            assert_eq!(from_own, own_free.min(points), "its own lot gives first");
        }
        if reversal.waived > 0 {
            let free: i64 = states.iter().map(LotState::free).sum();
            assert_eq!(free, reversal.reversed, "nothing is waived while free points are left");
        }
        self.waived += reversal.waived;
        self.take(&reversal.takings);
        self.post(EntryKind::Reversed, -reversal.reversed);
    }

    fn spend(&mut self, points: i64) {
        let states = self.states();
        let free: i64 = states.iter().map(LotState::free).sum();
        match lot::allocate(&states, points) {
            Ok(takings) => {
                assert_eq!(takings.iter().map(|taking| taking.points).sum::<i64>(), points);
                self.take(&takings);
                let latest_taken = takings.iter().map(|taking| self.lots[&taking.lot].state.expires_on).max().unwrap();
                let sooner_left =
                    self.lots.values().any(|lot| lot.state.free() > 0 && lot.state.expires_on < latest_taken);
                assert!(!sooner_left, "the soonest-expiring are spent first");
                self.post(EntryKind::Spent, -points);
            }
            Err(shortfall) => assert_eq!(shortfall.missing, points - free),
        }
    }

    fn hold(&mut self, points: i64) {
        if let Ok(takings) = lot::allocate(&self.states(), points) {
            for taking in takings {
                self.lots.get_mut(&taking.lot).unwrap().state.held += taking.points;
                self.held.push(taking);
            }
        }
    }

    fn release(&mut self) {
        for taking in self.held.drain(..) {
            self.lots.get_mut(&taking.lot).unwrap().state.held -= taking.points;
        }
    }

    /// Tells her the date of every lot as it is today, and stores the date she was told.
    fn notify(&mut self) {
        for lot in self.lots.values_mut().filter(|lot| lot.notified_on.is_none()) {
            if let Some(on) = lot.state.expires_on {
                lot.state.expires_on = Some(lot::effective_on(&self.programme.expiry, on, None, self.today));
                lot.notified_on = Some(self.today);
            }
        }
    }

    fn pass(&mut self) {
        self.today = after(self.today, 1);
        for index in 0..self.bought.len() {
            let bought = &self.bought[index];
            let due = earn::posts_on(&self.programme, bought.on) <= self.today;
            let pending = bought.entry.filter(|&entry| due && !self.entries[entry].posted);
            if let Some(entry) = pending {
                self.entries[entry].posted = true;
                let points = self.entries[entry].points;
                if points > 0 {
                    let state = LotState {
                        id: index,
                        expires_on: lot::expires_on(&self.programme.expiry, bought.on),
                        earned_on: bought.on,
                        points,
                        held: 0,
                    };
                    self.lots.insert(index, OneLot { state, notified_on: None });
                    self.bought[index].lot = Some(index);
                }
            }
        }
        let mut expired = 0;
        for lot in self.lots.values_mut() {
            let Some(on) = lot.state.expires_on else { continue };
            let effective = lot::effective_on(&self.programme.expiry, on, lot.notified_on, self.today);
            assert!(effective >= on, "a date never moves closer");
            if effective < self.today {
                let notified_on = lot.notified_on.expect("nothing expires unannounced");
                assert!(after(notified_on, u64::from(self.programme.expiry.notice_days)) <= effective);
                expired += lot.state.free();
                lot.state.points = lot.state.held;
            }
        }
        self.post(EntryKind::Expired, -expired);
    }

    fn check(&self) {
        let sums = sums(self.entries.iter().copied());
        let in_lots: i64 = self.lots.values().map(|lot| lot.state.points).sum();
        assert_eq!(sums.posted, in_lots, "posted entries sum to what the lots hold");
        let held: i64 = self.held.iter().map(|taking| taking.points).sum();
        assert_eq!(held, self.lots.values().map(|lot| lot.state.held).sum::<i64>());
        assert!(sums.pending >= 0 && self.waived >= 0);
        for lot in self.lots.values() {
            assert!(0 <= lot.state.held && lot.state.held <= lot.state.points, "{:?}", lot.state);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn the_ledger_the_balances_and_the_lots_agree(steps in prop::collection::vec(any_step(), 1..60)) {
        let mut book = Book::new();
        for step in &steps {
            book.step(step);
            book.check();
        }
    }

    #[test]
    fn refunds_in_any_parts_end_where_one_would(
        paid in 1i64..1_000_000, points in 0i64..20_000, parts in prop::collection::vec(1i64..100, 1..8),
    ) {
        let mut purchase = Refundable { paid_minor: paid, refunded_minor: 0, points, reversed: 0 };
        for percent in parts {
            let amount = ((paid - purchase.refunded_minor) * percent / 100).max(1).min(paid - purchase.refunded_minor);
            let Ok(reversed) = refund::points_to_reverse(&purchase, amount) else { break };
            purchase.refunded_minor += amount;
            purchase.reversed += reversed;
        }
        if purchase.refunded_minor > 0 {
            let whole = Refundable { paid_minor: paid, refunded_minor: 0, points, reversed: 0 };
            prop_assert_eq!(refund::points_to_reverse(&whole, purchase.refunded_minor), Ok(purchase.reversed));
        }
        prop_assert!(0 <= purchase.reversed && purchase.reversed <= points);
    }

    #[test]
    fn an_amount_survives_its_text(minor in 0i64..1_000_000_000_000) {
        let currency = demo().currency;
        let text = format!("{}.{:02}", minor / 100, minor % 100);
        prop_assert_eq!(currency.parse_minor(&text), Ok(minor));
    }

    #[test]
    fn no_text_breaks_the_parsers(text in "\\PC{0,40}") {
        let _ = demo().currency.parse_minor(&text);
        if let Err(error) = Programme::parse(&text) {
            prop_assert!(error.line >= 1 && error.column >= 1);
        }
    }
}
