//! The replay itself: one pass over purchases in order, with running sums, so that a long history costs no more than a
//! short one times its length.

use chrono::{Datelike, NaiveDate};

use super::window::{counts_until, window_of};
use super::{Change, Counted, Keeping, Reason, Standing, WayUp, what_if};
use crate::calendar::{end_of_month, first_of_year, last_of_year, next_day, plus_days, plus_months};
use crate::programme::{Programme, WindowKind};

pub(super) struct Replay<'p> {
    programme: &'p Programme,
    tier: usize,
    valid_until: NaiveDate,
    history: Vec<Change>,
    /// By date.
    counted: Vec<Counted>,
    /// `sums[i]` is what the first `i` of them come to.
    sums: Vec<i64>,
}

impl<'p> Replay<'p> {
    pub(super) fn begin(programme: &'p Programme, joined_on: NaiveDate, first: Option<&Counted>) -> Self {
        let joined_on = first.map_or(joined_on, |first| first.on.min(joined_on));
        Self {
            programme,
            tier: 0,
            valid_until: end_of_month(plus_months(joined_on, programme.window.term_months)),
            history: vec![Change { on: joined_on, tier: 0, reason: Reason::Joined, spent: None }],
            counted: Vec::new(),
            sums: vec![0],
        }
    }

    /// Ends every term that ended before `day`.
    pub(super) fn advance(&mut self, day: NaiveDate) {
        while self.valid_until < day {
            let spent = self.spent_to_keep(self.valid_until);
            if spent >= self.keep() {
                let on = next_day(self.valid_until);
                self.renew(on, spent);
                continue;
            }
            let grace_until = plus_days(self.valid_until, self.programme.window.grace_days);
            if day <= grace_until {
                return;
            }
            let on = next_day(grace_until);
            let spent = self.spent_to_keep(grace_until);
            self.tier = self.tier.saturating_sub(1);
            self.valid_until = match self.programme.window.kind {
                WindowKind::Rolling { .. } => self.term_from(on),
                WindowKind::CalendarYear => last_of_year(on.year()),
            };
            self.history.push(Change { on, tier: self.tier, reason: Reason::Lowered, spent: Some(spent) });
        }
    }

    /// Counts a purchase, not earlier than the last one; returns the tier just before it.
    pub(super) fn record(&mut self, purchase: Counted) -> usize {
        self.advance(purchase.on);
        let before = self.tier;
        let sum = self.sums.last().copied().unwrap_or_default();
        self.sums.push(sum.saturating_add(purchase.amount.max(0)));
        self.counted.push(purchase);

        let spent = self.spent_in_window(purchase.on);
        let highest = self.programme.tiers.iter().rposition(|tier| tier.threshold_minor <= spent).unwrap_or(0);
        if highest > self.tier {
            self.tier = highest;
            self.valid_until = match self.programme.window.kind {
                WindowKind::Rolling { .. } => self.term_from(purchase.on),
                WindowKind::CalendarYear => last_of_year(purchase.on.year().saturating_add(1)),
            };
            self.history.push(Change { on: purchase.on, tier: highest, reason: Reason::Reached, spent: Some(spent) });
        } else if self.valid_until < purchase.on {
            let spent = self.spent_to_keep(purchase.on);
            if spent >= self.keep() {
                self.renew(purchase.on, spent);
            }
        }
        before
    }

    /// Where she stands after `advance(today)`.
    pub(super) fn standing(self, today: NaiveDate) -> Standing {
        let kind = self.programme.window.kind;
        let window = window_of(kind, today);
        let spent = self.spent_in_window(today);
        // A purchase of nothing leaves the window unnoticed.
        let counted = self.between(window.from, today);
        let oldest = counted.iter().find(|purchase| purchase.amount > 0);
        let holds_until = counts_until(kind, oldest.map_or(today, |purchase| purchase.on));
        let next = self.programme.tiers.get(self.tier + 1).map(|next| WayUp {
            tier: self.tier + 1,
            threshold: next.threshold_minor,
            missing: (next.threshold_minor - spent).max(0),
            by: holds_until,
        });
        let grace_until =
            (self.valid_until < today).then(|| plus_days(self.valid_until, self.programme.window.grace_days));
        let keep = (self.tier > 0).then(|| self.keeping(today, grace_until, holds_until));
        let what_if = what_if::rows(self.programme, self.tier, today, spent, counted, next, keep);
        Standing {
            tier: self.tier,
            valid_until: self.valid_until,
            grace_until,
            window,
            spent,
            next,
            keep,
            history: self.history,
            what_if,
        }
    }

    fn keeping(&self, today: NaiveDate, grace_until: Option<NaiveDate>, holds_until: NaiveDate) -> Keeping {
        let (counts_on, by) = match (grace_until, self.programme.window.kind) {
            // What she spent earlier may leave the window before grace ends, and `missing` would no longer be enough.
            (Some(grace_until), WindowKind::Rolling { .. }) => (today, grace_until.min(holds_until)),
            (Some(grace_until), WindowKind::CalendarYear) => (today, grace_until),
            (None, _) => (self.valid_until, self.valid_until),
        };
        let missing = (self.keep() - self.spent_to_keep(counts_on)).max(0);
        Keeping { from: self.keep_window_from(counts_on), missing, by }
    }

    /// The same tier for another term after the present one, wherever in grace she earned it.
    fn renew(&mut self, on: NaiveDate, spent: i64) {
        self.valid_until = match self.programme.window.kind {
            WindowKind::Rolling { .. } => self.term_from(self.valid_until),
            WindowKind::CalendarYear => end_of_month(plus_months(self.valid_until, 12)),
        };
        if self.tier > 0 {
            self.history.push(Change { on, tier: self.tier, reason: Reason::Kept, spent: Some(spent) });
        }
    }

    fn term_from(&self, day: NaiveDate) -> NaiveDate {
        end_of_month(plus_months(day, self.programme.window.term_months))
    }

    fn keep(&self) -> i64 {
        self.programme.tiers.get(self.tier).map_or(0, |tier| tier.keep_minor)
    }

    fn spent_in_window(&self, day: NaiveDate) -> i64 {
        self.spent_between(window_of(self.programme.window.kind, day).from, day)
    }

    /// The spend that decides, on a day at or after the end of the term, whether the tier is kept.
    fn spent_to_keep(&self, day: NaiveDate) -> i64 {
        self.spent_between(self.keep_window_from(day), day)
    }

    fn keep_window_from(&self, day: NaiveDate) -> NaiveDate {
        match self.programme.window.kind {
            kind @ WindowKind::Rolling { .. } => window_of(kind, day).from,
            // Also in grace: the grace days are added to the year that ended.
            WindowKind::CalendarYear => first_of_year(self.valid_until.year()),
        }
    }

    fn spent_between(&self, from: NaiveDate, to: NaiveDate) -> i64 {
        let sum = |index: usize| self.sums.get(index).copied().unwrap_or_default();
        let (start, end) = self.range(from, to);
        sum(end) - sum(start)
    }

    fn between(&self, from: NaiveDate, to: NaiveDate) -> &[Counted] {
        let (start, end) = self.range(from, to);
        self.counted.get(start..end).unwrap_or_default()
    }

    fn range(&self, from: NaiveDate, to: NaiveDate) -> (usize, usize) {
        let start = self.counted.partition_point(|purchase| purchase.on < from);
        let end = self.counted.partition_point(|purchase| purchase.on <= to);
        (start, end.max(start))
    }
}
