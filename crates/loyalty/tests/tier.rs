//! The tier rules, one example each.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod common;

use chrono::NaiveDate;
use common::{day, demo, purchases, yearly};
use loyalty::Programme;
use loyalty::tier::{Change, Counted, Reason, Standing, WhatIf, replay, tier_before, tiers_before};

const PEARL: usize = 0;
const ROSE: usize = 1;
const GOLD: usize = 2;
const PLATINUM: usize = 3;

fn standing(programme: &Programme, joined: &str, list: &[(&str, i64)], today: &str) -> Standing {
    replay(programme, day(joined), &purchases(list), day(today))
}

fn change(on: &str, tier: usize, reason: Reason, spent: i64) -> Change {
    let spent = (reason != Reason::Joined).then_some(spent * 100);
    Change { on: day(on), tier, reason, spent }
}

fn what_if(spend: i64, by: &str, becomes: usize, keeps: bool) -> WhatIf {
    WhatIf { spend: spend * 100, by: day(by), becomes, keeps }
}

fn until(standing: &Standing) -> (usize, NaiveDate) {
    (standing.tier, standing.valid_until)
}

#[test]
fn joining_gives_the_first_tier_for_a_term() {
    let standing = standing(&demo(), "2026-01-15", &[], "2026-01-15");
    assert_eq!(until(&standing), (PEARL, day("2027-01-31")));
    assert_eq!(standing.history, [change("2026-01-15", PEARL, Reason::Joined, 0)]);
    assert_eq!((standing.spent, standing.grace_until, standing.keep), (0, None, None));
    let next = standing.next.unwrap();
    assert_eq!((next.tier, next.threshold, next.missing, next.by), (ROSE, 20_000, 20_000, day("2027-01-14")));
    assert_eq!(standing.what_if, [what_if(200, "2027-01-14", ROSE, false)]);
}

#[test]
fn the_first_tier_renews_itself_without_a_line() {
    let standing = standing(&demo(), "2026-01-15", &[], "2030-06-01");
    assert_eq!(until(&standing), (PEARL, day("2031-01-31")));
    assert_eq!(standing.history.len(), 1);
}

#[test]
fn a_threshold_is_reached_by_exactly_that_much_and_at_once() {
    let list = [("2026-01-15", 120), ("2026-03-10", 79)];
    assert_eq!(standing(&demo(), "2026-01-15", &list, "2026-03-10").tier, PEARL);
    let list = [("2026-01-15", 120), ("2026-03-10", 80)];
    let standing = standing(&demo(), "2026-01-15", &list, "2026-03-10");
    assert_eq!(until(&standing), (ROSE, day("2027-03-31")));
    assert_eq!(standing.history[1], change("2026-03-10", ROSE, Reason::Reached, 200));
}

#[test]
fn one_purchase_may_reach_several_tiers() {
    let standing = standing(&demo(), "2026-01-15", &[("2026-01-15", 1500)], "2026-01-15");
    assert_eq!(until(&standing), (PLATINUM, day("2027-01-31")));
    assert_eq!(standing.next, None);
    assert_eq!(standing.history.len(), 2);
}

#[test]
fn purchases_a_year_apart_do_not_count_together() {
    let list = [("2025-03-10", 150), ("2026-03-10", 150)];
    assert_eq!(standing(&demo(), "2025-03-10", &list, "2026-03-10").tier, PEARL);
    let list = [("2025-03-11", 150), ("2026-03-10", 150)];
    assert_eq!(standing(&demo(), "2025-03-10", &list, "2026-03-10").tier, ROSE);
}

#[test]
fn a_reached_tier_stays_when_the_spend_leaves_the_window() {
    let standing = standing(&demo(), "2025-01-10", &[("2025-01-10", 150), ("2025-06-10", 60)], "2026-02-01");
    assert_eq!(until(&standing), (ROSE, day("2026-06-30")));
    assert_eq!(standing.spent, 6_000);
}

#[test]
fn a_term_ends_with_another_where_enough_was_spent() {
    let list = [("2025-01-10", 200), ("2025-09-01", 150)];
    let standing = standing(&demo(), "2025-01-10", &list, "2026-02-01");
    assert_eq!(until(&standing), (ROSE, day("2027-01-31")));
    assert_eq!(standing.history[2], change("2026-02-01", ROSE, Reason::Kept, 150));
    assert_eq!(standing.grace_until, None);
}

#[test]
fn what_reached_a_tier_does_not_also_keep_it() {
    // The window that decides is the one that ends with the term; the purchase that reached the tier is before it.
    let standing = standing(&demo(), "2025-01-10", &[("2025-01-10", 599)], "2026-02-01");
    assert_eq!(until(&standing), (ROSE, day("2026-01-31")));
    assert_eq!(standing.grace_until, Some(day("2026-03-02")));
    let keep = standing.keep.unwrap();
    assert_eq!((keep.missing, keep.by), (15_000, day("2026-03-02")));
    assert_eq!(standing.what_if, [what_if(600, "2027-01-31", GOLD, false), what_if(150, "2026-03-02", ROSE, true)]);
}

#[test]
fn a_purchase_in_grace_keeps_the_tier_from_the_old_date_on() {
    let list = [("2025-01-10", 200), ("2025-12-01", 100), ("2026-03-02", 50)];
    let standing = standing(&demo(), "2025-01-10", &list, "2026-03-02");
    assert_eq!(until(&standing), (ROSE, day("2027-01-31")));
    assert_eq!(standing.history[2], change("2026-03-02", ROSE, Reason::Kept, 150));
    assert_eq!(standing.grace_until, None);
}

#[test]
fn a_higher_tier_reached_in_grace_ends_it() {
    let list = [("2025-01-10", 200), ("2026-02-10", 600)];
    let standing = standing(&demo(), "2025-01-10", &list, "2026-02-10");
    assert_eq!(until(&standing), (GOLD, day("2027-02-28")));
    assert_eq!(standing.grace_until, None);
}

#[test]
fn after_grace_she_steps_down_one_tier_only() {
    let list = [("2025-01-10", 1500)];
    let in_grace = standing(&demo(), "2025-01-10", &list, "2026-03-02");
    assert_eq!((in_grace.tier, in_grace.grace_until), (PLATINUM, Some(day("2026-03-02"))));
    let lowered = standing(&demo(), "2025-01-10", &list, "2026-03-03");
    assert_eq!(until(&lowered), (GOLD, day("2027-03-31")));
    assert_eq!(lowered.history[2], change("2026-03-03", GOLD, Reason::Lowered, 0));
    let years_later = standing(&demo(), "2025-01-10", &list, "2030-01-01");
    let tiers: Vec<usize> = years_later.history.iter().map(|change| change.tier).collect();
    assert_eq!(tiers, [PEARL, PLATINUM, GOLD, ROSE, PEARL]);
}

#[test]
fn without_grace_days_she_steps_down_on_the_day_after() {
    let mut programme = demo();
    programme.window.grace_days = 0;
    let list = [("2025-01-10", 200)];
    assert_eq!(standing(&programme, "2025-01-10", &list, "2026-01-31").tier, ROSE);
    let lowered = standing(&programme, "2025-01-10", &list, "2026-02-01");
    assert_eq!((lowered.tier, lowered.grace_until), (PEARL, None));
}

#[test]
fn in_a_calendar_year_only_that_year_counts() {
    let list = [("2025-12-31", 150), ("2026-01-01", 150)];
    let next_year = standing(&yearly(), "2025-12-31", &list, "2026-01-01");
    assert_eq!((next_year.tier, next_year.spent), (PEARL, 15_000));
    assert_eq!((next_year.window.from, next_year.window.to), (day("2026-01-01"), day("2026-12-31")));
    let next = next_year.next.unwrap();
    assert_eq!((next.missing, next.by), (5_000, day("2026-12-31")));
    let reached = standing(&yearly(), "2025-01-01", &[("2025-03-01", 700)], "2025-12-31");
    assert_eq!(until(&reached), (GOLD, day("2026-12-31")));
}

#[test]
fn a_calendar_term_is_kept_by_its_year_and_its_grace() {
    let reached = ("2025-03-01", 700);
    let kept = standing(&yearly(), "2025-01-01", &[reached, ("2026-05-05", 450)], "2027-01-01");
    assert_eq!(until(&kept), (GOLD, day("2027-12-31")));
    let in_grace = standing(&yearly(), "2025-01-01", &[reached, ("2026-05-05", 400)], "2027-01-01");
    assert_eq!((in_grace.tier, in_grace.grace_until), (GOLD, Some(day("2027-01-30"))));
    let keep = in_grace.keep.unwrap();
    assert_eq!((keep.from, keep.missing, keep.by), (day("2026-01-01"), 5_000, day("2027-01-30")));
    let list = [reached, ("2026-05-05", 400), ("2027-01-30", 50)];
    let made_up = standing(&yearly(), "2025-01-01", &list, "2027-01-30");
    assert_eq!(until(&made_up), (GOLD, day("2027-12-31")));
    let lowered = standing(&yearly(), "2025-01-01", &[reached], "2027-01-31");
    assert_eq!(until(&lowered), (ROSE, day("2027-12-31")));
}

#[test]
fn to_keep_counts_what_falls_in_the_window_that_ends_with_the_term() {
    let list = [("2025-01-10", 600), ("2025-01-31", 100), ("2025-02-01", 30), ("2025-06-01", 20)];
    let standing = standing(&demo(), "2025-01-10", &list, "2025-06-15");
    assert_eq!(until(&standing), (GOLD, day("2026-01-31")));
    let keep = standing.keep.unwrap();
    assert_eq!((keep.from, keep.missing, keep.by), (day("2025-02-01"), 40_000, day("2026-01-31")));
}

#[test]
fn no_promise_is_made_before_the_spend_would_count() {
    // Until the end of January nothing she spends counts towards the next term.
    let early = standing(&demo(), "2025-01-10", &[("2025-01-10", 600)], "2025-01-20");
    assert_eq!(early.keep.unwrap().from, day("2025-02-01"));
    assert_eq!(early.what_if, [what_if(900, "2026-01-09", PLATINUM, false)]);
    let later = standing(&demo(), "2025-01-10", &[("2025-01-10", 600)], "2025-02-01");
    assert_eq!(later.what_if, [what_if(900, "2026-01-09", PLATINUM, false), what_if(450, "2026-01-31", GOLD, true)]);
}

#[test]
fn keeping_is_not_offered_where_the_same_money_does_more() {
    let list = [("2025-01-10", 1400)];
    let standing = standing(&demo(), "2025-01-10", &list, "2025-06-01");
    assert_eq!(standing.what_if, [what_if(100, "2026-01-09", PLATINUM, false)]);
}

#[test]
fn when_the_oldest_purchases_leave_soon_the_later_amounts_are_shown() {
    let list = [("2025-01-10", 40), ("2025-02-10", 50), ("2025-03-10", 60), ("2025-12-01", 10)];
    let early = standing(&demo(), "2025-01-10", &list, "2025-11-01");
    assert_eq!(early.what_if.len(), 1);
    let soon = standing(&demo(), "2025-01-10", &list, "2025-12-01");
    assert_eq!(
        soon.what_if,
        [
            what_if(40, "2026-01-09", ROSE, false),
            what_if(80, "2026-02-09", ROSE, false),
            what_if(130, "2026-03-09", ROSE, false),
        ]
    );
}

#[test]
fn in_grace_the_promise_ends_when_an_earlier_purchase_leaves() {
    let list = [("2025-01-10", 200), ("2025-02-20", 100)];
    let standing = standing(&demo(), "2025-01-10", &list, "2026-02-05");
    assert_eq!(standing.grace_until, Some(day("2026-03-02")));
    let keep = standing.keep.unwrap();
    assert_eq!((keep.missing, keep.by), (5_000, day("2026-02-19")));
}

#[test]
fn a_refund_tells_the_history_as_if_it_had_been_that_amount() {
    let mut list = purchases(&[("2025-01-10", 150), ("2025-02-10", 60)]);
    assert_eq!(replay(&demo(), day("2025-01-10"), &list, day("2025-03-01")).tier, ROSE);
    list[0].amount = 13_999;
    let refunded = replay(&demo(), day("2025-01-10"), &list, day("2025-03-01"));
    assert_eq!((refunded.tier, refunded.spent, refunded.history.len()), (PEARL, 19_999, 1));
}

#[test]
fn an_early_receipt_counts_and_one_from_tomorrow_not_yet() {
    let list = [("2025-01-09", 200), ("2025-01-20", 9999)];
    let standing = standing(&demo(), "2025-01-10", &list, "2025-01-10");
    assert_eq!(until(&standing), (ROSE, day("2026-01-31")));
    assert_eq!(standing.history[0], change("2025-01-09", PEARL, Reason::Joined, 0));
}

#[test]
fn the_multiplier_is_that_of_the_tier_just_before_the_purchase() {
    let list = purchases(&[("2025-01-10", 200), ("2025-01-10", 400), ("2025-01-10", 1), ("2025-01-09", 1)]);
    assert_eq!(tiers_before(&demo(), day("2025-01-01"), &list), [PEARL, ROSE, GOLD, PEARL]);
    assert_eq!(tier_before(&demo(), day("2025-01-01"), &list[..2], day("2025-01-10")), GOLD);
    assert_eq!(tier_before(&demo(), day("2025-01-01"), &list[..2], day("2025-01-09")), PEARL);
    assert_eq!(tiers_before(&demo(), day("2025-01-01"), &[]), Vec::<usize>::new());
}

#[test]
fn a_purchase_of_nothing_holds_no_date() {
    let list = [("2025-01-10", 0), ("2025-02-10", 50)];
    let standing = standing(&demo(), "2025-01-10", &list, "2025-03-01");
    assert_eq!(standing.next.unwrap().by, day("2026-02-09"));
    let below_zero = [Counted { on: day("2025-01-10"), amount: -5 }];
    assert_eq!(replay(&demo(), day("2025-01-10"), &below_zero, day("2025-01-10")).spent, 0);
}

#[test]
fn the_ends_of_the_calendar_are_survived() {
    let list = [Counted { on: NaiveDate::MIN, amount: 20_000 }, Counted { on: NaiveDate::MAX, amount: i64::MAX }];
    let standing = replay(&demo(), NaiveDate::MIN, &list, NaiveDate::MAX);
    assert_eq!(standing.tier, PLATINUM);
}
