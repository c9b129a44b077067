//! Properties of the replay: it agrees with a plain day-by-day telling of the rules, its history only grows, and what it
//! promises comes true.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod common;

use chrono::{Datelike, Months, NaiveDate};
use common::{after, day, demo, real_histories};
use loyalty::Programme;
use loyalty::programme::WindowKind;
use loyalty::tier::{Change, Counted, Reason, Standing, replay, tier_before, tiers_before, window_of};
use proptest::prelude::*;

/// The rules told day by day, by adding everything up again each time. Slow, and obvious.
struct DayByDay<'p> {
    programme: &'p Programme,
    purchases: &'p [Counted],
    tier: usize,
    valid_until: NaiveDate,
    history: Vec<Change>,
}

impl<'p> DayByDay<'p> {
    fn live(programme: &'p Programme, joined_on: NaiveDate, purchases: &'p [Counted], today: NaiveDate) -> Self {
        let joined = Change { on: joined_on, tier: 0, reason: Reason::Joined, spent: None };
        let mut life = Self { programme, purchases, tier: 0, valid_until: joined_on, history: vec![joined] };
        life.valid_until = life.month_end_after(joined_on, programme.window.term_months);
        let mut date = joined_on;
        while date <= today {
            life.begin(date);
            let of_the_day: Vec<usize> = (0..purchases.len()).filter(|&index| purchases[index].on == date).collect();
            for index in of_the_day {
                life.buy(date, index);
            }
            date = after(date, 1);
        }
        life
    }

    fn month_end_after(&self, date: NaiveDate, months: u32) -> NaiveDate {
        let first = date.with_day(1).unwrap() + Months::new(months + 1);
        first.pred_opt().unwrap()
    }

    /// Everything from `from` to `to`; of the last day only what comes up to `last` in the order given.
    fn sum(&self, from: NaiveDate, to: NaiveDate, last: usize) -> i64 {
        let counts = |(index, purchase): &(usize, &Counted)| {
            from <= purchase.on && (purchase.on < to || purchase.on == to && *index <= last)
        };
        self.purchases.iter().enumerate().filter(counts).map(|(_, purchase)| purchase.amount).sum()
    }

    fn from(&self, date: NaiveDate) -> NaiveDate {
        match self.programme.window.kind {
            WindowKind::Rolling { months } => (date - Months::new(months)).succ_opt().unwrap(),
            WindowKind::CalendarYear => date.with_ordinal(1).unwrap(),
        }
    }

    fn keep_from(&self, date: NaiveDate) -> NaiveDate {
        match self.programme.window.kind {
            WindowKind::Rolling { .. } => self.from(date),
            WindowKind::CalendarYear => self.valid_until.with_ordinal(1).unwrap(),
        }
    }

    fn keeps(&mut self, on: NaiveDate, spent: i64) {
        let months =
            if self.programme.window.kind == WindowKind::CalendarYear { 12 } else { self.programme.window.term_months };
        self.valid_until = self.month_end_after(self.valid_until, months);
        if self.tier > 0 {
            self.history.push(Change { on, tier: self.tier, reason: Reason::Kept, spent: Some(spent) });
        }
    }

    fn begin(&mut self, date: NaiveDate) {
        let ended = date.pred_opt().unwrap();
        if ended == self.valid_until {
            let spent = self.sum(self.keep_from(ended), ended, usize::MAX);
            if spent >= self.programme.tiers[self.tier].keep_minor {
                self.keeps(date, spent);
            }
        }
        if ended == after(self.valid_until, u64::from(self.programme.window.grace_days)) {
            let spent = self.sum(self.keep_from(ended), ended, usize::MAX);
            self.tier -= 1;
            self.valid_until = match self.programme.window.kind {
                WindowKind::Rolling { .. } => self.month_end_after(date, self.programme.window.term_months),
                WindowKind::CalendarYear => NaiveDate::from_ymd_opt(date.year(), 12, 31).unwrap(),
            };
            self.history.push(Change { on: date, tier: self.tier, reason: Reason::Lowered, spent: Some(spent) });
        }
    }

    fn buy(&mut self, date: NaiveDate, index: usize) {
        let spent = self.sum(self.from(date), date, index);
        let highest = self.programme.tiers.iter().filter(|tier| tier.threshold_minor <= spent).count() - 1;
        if highest > self.tier {
            self.tier = highest;
            self.valid_until = match self.programme.window.kind {
                WindowKind::Rolling { .. } => self.month_end_after(date, self.programme.window.term_months),
                WindowKind::CalendarYear => NaiveDate::from_ymd_opt(date.year() + 1, 12, 31).unwrap(),
            };
            self.history.push(Change { on: date, tier: highest, reason: Reason::Reached, spent: Some(spent) });
        } else if date > self.valid_until {
            let spent = self.sum(self.keep_from(date), date, index);
            if spent >= self.programme.tiers[self.tier].keep_minor {
                self.keeps(date, spent);
            }
        }
    }
}

fn any_programme() -> impl Strategy<Value = Programme> {
    let kind = prop_oneof![
        3 => Just(WindowKind::Rolling { months: 12 }),
        2 => (1u32..=24).prop_map(|months| WindowKind::Rolling { months }),
        2 => Just(WindowKind::CalendarYear),
    ];
    // The first tier and up to three more, each threshold and keep amount above or below the next.
    let tiers = prop::collection::vec((1i64..=60, 0u32..=100), 0..=3);
    (kind, 1u32..=24, 0u32..=27, any::<bool>(), tiers).prop_map(|(kind, term_months, grace_days, year, steps)| {
        let mut programme = demo();
        programme.window.kind = kind;
        programme.window.term_months = if year { 12 } else { term_months };
        programme.window.grace_days = grace_days;
        programme.tiers.truncate(1 + steps.len());
        let mut threshold = 0;
        for (tier, (step, keep_percent)) in programme.tiers.iter_mut().skip(1).zip(steps) {
            threshold += step * 1_000;
            tier.threshold_minor = threshold;
            tier.keep_minor = threshold * i64::from(keep_percent) / 100;
        }
        programme
    })
}

/// Gaps in days and amounts, some of nothing, some on the same day, some months apart; in the order of their dates.
fn any_purchases() -> impl Strategy<Value = Vec<Counted>> {
    let gap = prop_oneof![2 => Just(0u64), 4 => 0u64..40, 3 => 20u64..200, 1 => 300u64..500];
    let amount = prop_oneof![1 => Just(0i64), 6 => 1i64..20_000, 2 => 20_000i64..90_000];
    (0u64..800, prop::collection::vec((gap, amount), 0..14)).prop_map(|(start, list)| {
        let mut on = after(day("2023-01-01"), start);
        let mut purchases = Vec::new();
        for (gap, amount) in list {
            on = after(on, gap);
            purchases.push(Counted { on, amount });
        }
        purchases
    })
}

fn begin(purchases: &[Counted]) -> NaiveDate {
    purchases.first().map_or(day("2024-02-29"), |purchase| purchase.on)
}

fn check_figures(programme: &Programme, purchases: &[Counted], today: NaiveDate, standing: &Standing) {
    let in_window = |purchase: &&Counted| purchase.on <= today && standing.window.contains(purchase.on);
    let counted: i64 = purchases.iter().filter(in_window).map(|purchase| purchase.amount).sum();
    assert_eq!(standing.spent, counted, "the trace sums to the figure");
    assert_eq!(standing.window, window_of(programme.window.kind, today));
    assert_eq!(standing.history.last().unwrap().tier, standing.tier);
    assert_eq!(standing.history[0].reason, Reason::Joined);
    for pair in standing.history.windows(2) {
        assert!(pair[0].on <= pair[1].on);
        match pair[1].reason {
            Reason::Reached => assert!(pair[1].tier > pair[0].tier),
            Reason::Lowered => assert_eq!(pair[1].tier + 1, pair[0].tier, "one step only"),
            Reason::Kept => assert_eq!(pair[1].tier, pair[0].tier),
            Reason::Joined => panic!("she joins once"),
        }
    }
    match standing.grace_until {
        Some(last) => assert!(standing.valid_until < today && today <= last),
        None => assert!(today <= standing.valid_until),
    }
    assert_eq!(standing.keep.is_some(), standing.tier > 0);
    assert_eq!(standing.next.is_some(), standing.tier + 1 < programme.tiers.len());
    if let Some(next) = standing.next {
        assert!(next.missing > 0 && next.by >= today);
        assert_eq!(next.missing, next.threshold - standing.spent);
    }
}

/// Buys exactly what each row says on several of its days, and sees whether what it says follows.
fn check_promises(programme: &Programme, purchases: &[Counted], today: NaiveDate, standing: &Standing) {
    let joined_on = begin(purchases);
    for row in &standing.what_if {
        assert!(row.spend > 0 && row.by >= today);
        let days = u64::try_from((row.by - today).num_days()).unwrap();
        for wait in [0, 1, days / 3, days / 2, days.saturating_sub(1), days] {
            let on = after(today, wait.min(days));
            let mut then: Vec<Counted> = purchases.iter().filter(|purchase| purchase.on <= today).copied().collect();
            then.push(Counted { on, amount: row.spend });
            if row.keeps {
                let decided = on.max(after(standing.valid_until, 1));
                let kept = replay(programme, joined_on, &then, decided);
                assert_eq!((kept.tier, row.becomes), (standing.tier, standing.tier), "{row:?} on {on}");
                assert!(kept.valid_until > standing.valid_until && kept.grace_until.is_none(), "{row:?} on {on}");
            } else {
                assert_eq!(replay(programme, joined_on, &then, on).tier, row.becomes, "{row:?} on {on}");
            }
        }
    }
    // The first row asks for no more than it takes.
    if let Some(row) = standing.what_if.first().filter(|row| row.spend > 1) {
        let mut less: Vec<Counted> = purchases.iter().filter(|purchase| purchase.on <= today).copied().collect();
        less.push(Counted { on: today, amount: row.spend - 1 });
        let after_less = replay(programme, joined_on, &less, today);
        if row.keeps && standing.grace_until.is_some() {
            assert!(after_less.grace_until.is_some());
        } else if !row.keeps {
            assert!(after_less.tier < row.becomes);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, ..ProptestConfig::default() })]

    #[test]
    fn the_replay_agrees_with_the_rules_told_day_by_day(
        programme in any_programme(), purchases in any_purchases(), late in 0u64..1500,
    ) {
        let joined_on = begin(&purchases);
        let today = after(joined_on, late);
        let life = DayByDay::live(&programme, joined_on, &purchases, today);
        let standing = replay(&programme, joined_on, &purchases, today);
        prop_assert_eq!(standing.tier, life.tier);
        prop_assert_eq!(standing.valid_until, life.valid_until);
        prop_assert_eq!(&standing.history, &life.history);
        check_figures(&programme, &purchases, today, &standing);
    }

    #[test]
    fn what_if_comes_true(programme in any_programme(), purchases in any_purchases(), late in 0u64..900) {
        let today = after(begin(&purchases), late);
        let standing = replay(&programme, begin(&purchases), &purchases, today);
        check_promises(&programme, &purchases, today, &standing);
    }

    #[test]
    fn one_pass_gives_the_same_tiers_as_purchase_by_purchase(
        programme in any_programme(), purchases in any_purchases(), joined in 0u64..900,
    ) {
        let joined_on = after(day("2023-01-01"), joined);
        let at_once = tiers_before(&programme, joined_on, &purchases);
        for (index, purchase) in purchases.iter().enumerate() {
            let one_by_one = tier_before(&programme, joined_on, &purchases[..index], purchase.on);
            prop_assert_eq!(at_once[index], one_by_one, "purchase {}", index);
        }
    }

    #[test]
    fn the_order_in_which_days_arrive_does_not_matter(
        programme in any_programme(), purchases in any_purchases(), late in 0u64..900, turn in 0usize..14,
    ) {
        let today = after(begin(&purchases), late);
        let in_order = replay(&programme, begin(&purchases), &purchases, today);
        let mut turned = purchases.clone();
        turned.rotate_left(turn % purchases.len().max(1));
        // Within a day the order given counts, so days stay together.
        prop_assume!(turned.first().map(|first| first.on) != turned.last().map(|last| last.on));
        prop_assert_eq!(replay(&programme, begin(&purchases), &turned, today), in_order);
    }

    #[test]
    fn a_smaller_purchase_never_lifts_what_counts(
        programme in any_programme(), purchases in any_purchases(), which in any::<prop::sample::Index>(), late in 0u64..900,
    ) {
        prop_assume!(!purchases.is_empty());
        let today = after(begin(&purchases), late);
        let mut refunded = purchases.clone();
        let purchase = &mut refunded[which.index(purchases.len())];
        purchase.amount /= 2;
        let before = replay(&programme, begin(&purchases), &purchases, today);
        let after_refund = replay(&programme, begin(&purchases), &refunded, today);
        prop_assert!(after_refund.spent <= before.spent);
        check_figures(&programme, &refunded, today, &after_refund);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn history_only_grows_as_days_pass(programme in any_programme(), purchases in any_purchases()) {
        let joined_on = begin(&purchases);
        let mut before = replay(&programme, joined_on, &purchases, joined_on);
        for passed in 1..900 {
            let now = replay(&programme, joined_on, &purchases, after(joined_on, passed));
            // Of one day's purchases all are known from its start, so the history up to yesterday must be a prefix.
            prop_assert_eq!(&now.history[..before.history.len()], &before.history[..]);
            before = now;
        }
    }
}

#[test]
fn real_histories_keep_every_invariant() {
    let programme = demo();
    let histories = real_histories();
    assert_eq!(histories.len(), 2_357);
    assert_eq!(histories.iter().map(|(_, purchases)| purchases.len()).sum::<usize>(), 6_919);
    let mut reached = [0usize; 4];
    for (customer, purchases) in &histories {
        let joined_on = purchases[0].on;
        let mut history: Vec<Change> = Vec::new();
        // From the first purchase on in steps of about two months, to a year after the last.
        for today in (0..16).map(|step| after(joined_on, step * 61)) {
            let standing = replay(&programme, joined_on, purchases, today);
            check_figures(&programme, purchases, today, &standing);
            check_promises(&programme, purchases, today, &standing);
            assert_eq!(standing.history[..history.len()], history[..], "{customer}");
            history = standing.history;
        }
        let today = day("1998-07-01");
        let life = DayByDay::live(&programme, joined_on, purchases, today);
        let standing = replay(&programme, joined_on, purchases, today);
        assert_eq!((standing.tier, &standing.history), (life.tier, &life.history), "{customer}");
        reached[standing.tier] += 1;
    }
    assert!(reached.iter().all(|&members| members > 0), "every tier has members: {reached:?}");
}
