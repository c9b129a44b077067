//! A reservation's life: the whole table of states and acts, and every deadline.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod common;

use chrono::{DateTime, TimeDelta, Utc};
use common::demo;
use loyalty::Programme;
use loyalty::reservation::{
    Act, Action, ClockAct, Deadlines, Event, MemberAct, Progress, Refusal, Settlement, StaffAct, State, deadlines,
};
use proptest::prelude::*;

/// A time in Shanghai.
fn at(text: &str) -> DateTime<Utc> {
    chrono::NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M").unwrap().and_utc() - TimeDelta::hours(8)
}

const MADE: &str = "2026-03-02T12:00";

fn start(programme: &Programme) -> Progress {
    Progress::start(programme, at(MADE))
}

/// What an act makes of it an hour after it was made.
#[track_caller]
fn after(of: Progress, act: Act) -> Progress {
    of.act(act, &demo(), at("2026-03-02T13:00")).unwrap().after
}

const CANCEL: Act = Act::Member(MemberAct::Cancel);
const EXTEND: Act = Act::Member(MemberAct::Extend);
const MOVE: Act = Act::Member(MemberAct::Move);
const TAKE: Act = Act::Member(MemberAct::TakeExchange);
const DECLINE: Act = Act::Member(MemberAct::DeclineExchange);
const READY: Act = Act::Staff(StaffAct::MakeReady);
const COLLECT: Act = Act::Staff(StaffAct::Collect);
const FAIL: Act = Act::Staff(StaffAct::Fail);
const OFFER: Act = Act::Staff(StaffAct::OfferExchange);
const EXPIRE: Act = Act::Clock(ClockAct::Expire);
const LATE: Act = Act::Clock(ClockAct::NoteLate);

#[test]
fn deadlines_are_times_of_day_in_the_programmes_zone() {
    let mut programme = demo();
    let expected = Deadlines { ready_by: at("2026-03-03T18:00"), hold_until: at("2026-03-07T20:00") };
    assert_eq!(deadlines(&programme, at("2026-03-02T00:00")), expected);
    assert_eq!(deadlines(&programme, at("2026-03-02T23:59")), expected);
    // Clocks there go forward on 8 March: the hold still ends at 20:00.
    programme.time_zone = "America/Los_Angeles".parse().unwrap();
    let spring = deadlines(&programme, "2026-03-05T20:00:00Z".parse().unwrap());
    assert_eq!(spring.hold_until, "2026-03-11T03:00:00Z".parse::<DateTime<Utc>>().unwrap());
    assert_eq!(spring.ready_by, "2026-03-07T02:00:00Z".parse::<DateTime<Utc>>().unwrap());
}

#[test]
fn the_whole_table() {
    let programme = demo();
    let held = start(&programme);
    let ready = after(held, READY);
    let collected = after(ready, COLLECT);
    let states = [
        (held, vec![CANCEL, EXTEND, MOVE, READY, FAIL]),
        (ready, vec![CANCEL, EXTEND, MOVE, COLLECT, FAIL, OFFER]),
        (after(ready, OFFER), vec![CANCEL, EXTEND, MOVE, COLLECT, FAIL, TAKE, DECLINE]),
        (collected, vec![OFFER]),
        (after(collected, OFFER), vec![TAKE, DECLINE]),
        (after(held, CANCEL), vec![]),
        (after(ready, FAIL), vec![]),
        (held.act(EXPIRE, &programme, at("2026-03-07T20:00")).unwrap().after, vec![]),
    ];
    for (progress, allowed) in states {
        for act in Act::ALL {
            let now = at("2026-03-02T13:00");
            let found = progress.act(act, &programme, now);
            assert_eq!(found.is_ok(), allowed.contains(&act), "{act:?} in {progress:?}: {found:?}");
            match found {
                Ok(step) => assert_eq!(step.from, progress.state),
                Err(Refusal::State(state)) => assert_eq!(state, progress.state),
                Err(Refusal::NoOffer) => assert!([TAKE, DECLINE].contains(&act)),
                Err(Refusal::OfferPending) => assert_eq!(act, OFFER),
                Err(Refusal::NotDue) => assert!([EXPIRE, LATE].contains(&act)),
                Err(other) => panic!("{other}"),
            }
        }
    }
}

#[test]
fn points_are_spent_by_collecting_and_released_by_every_other_end() {
    let programme = demo();
    let now = at("2026-03-02T13:00");
    let held = start(&programme);
    let ready = after(held, READY);
    let step = |of: Progress, act, now| of.act(act, &programme, now).unwrap();
    let collected = step(ready, COLLECT, now);
    assert_eq!((collected.after.state, collected.event), (State::Collected, Event::Collected));
    assert_eq!(collected.settlement, Settlement::Spent);
    let late = at("2026-03-09T00:00");
    for (act, now, state, event) in [
        (CANCEL, now, State::Cancelled, Event::Cancelled),
        (FAIL, now, State::Failed, Event::Failed),
        (EXPIRE, late, State::Expired, Event::Expired),
    ] {
        for of in [held, ready, after(ready, OFFER)] {
            let step = step(of, act, now);
            assert_eq!((step.after.state, step.event, step.settlement), (state, event, Settlement::Released));
            assert_eq!(step.after.offer_until, None);
        }
    }
    for (of, act) in [(held, READY), (held, EXTEND), (ready, MOVE), (ready, OFFER)] {
        assert_eq!(step(of, act, now).settlement, Settlement::Unchanged);
    }
}

#[test]
fn from_the_deadline_on_it_is_expired_for_everybody() {
    let programme = demo();
    let ready = after(start(&programme), READY);
    let (before, then) = (at("2026-03-07T20:00") - TimeDelta::milliseconds(1), at("2026-03-07T20:00"));
    assert_eq!((ready.state_at(before), ready.state_at(then)), (State::Ready, State::Expired));
    assert!(ready.act(COLLECT, &programme, before).is_ok());
    assert_eq!(ready.act(EXPIRE, &programme, before), Err(Refusal::NotDue));
    for act in [COLLECT, CANCEL, EXTEND, MOVE, FAIL, OFFER] {
        assert_eq!(ready.act(act, &programme, then), Err(Refusal::State(State::Expired)), "{act:?}");
    }
    assert!(ready.act(EXPIRE, &programme, then).is_ok());
    assert_eq!(ready.actions(&programme.reservation, then), []);
}

#[test]
fn an_extension_moves_the_end_and_gives_the_counter_another_day() {
    let programme = demo();
    let held = start(&programme);
    let now = at("2026-03-04T09:00");
    assert!(held.is_late(now));
    let longer = held.act(EXTEND, &programme, now).unwrap().after;
    assert_eq!(longer.hold_until, at("2026-03-10T20:00"));
    assert_eq!((longer.ready_by, longer.is_late(now)), (at("2026-03-05T18:00"), false));
    assert_eq!(longer.act(EXTEND, &programme, now), Err(Refusal::ExtensionsSpent));
    // One that is ready stays so.
    let ready = after(held, READY).act(EXTEND, &programme, now).unwrap().after;
    assert_eq!((ready.state, ready.ready_by), (State::Ready, at("2026-03-03T18:00")));
    // Not even the last minute gives a counter more time than the hold has.
    let mut hasty = demo();
    hasty.reservation.ready_days = 5;
    hasty.reservation.extend_days = 1;
    let longer = start(&hasty).act(EXTEND, &hasty, at("2026-03-07T19:59")).unwrap().after;
    assert_eq!((longer.hold_until, longer.ready_by), (at("2026-03-08T20:00"), at("2026-03-08T20:00")));
}

#[test]
fn a_move_starts_anew_and_shortens_nothing() {
    let programme = demo();
    let ready = after(start(&programme), READY);
    let now = at("2026-03-04T09:00");
    let moved = ready.act(MOVE, &programme, now).unwrap().after;
    assert_eq!((moved.state, moved.ready_by), (State::Held, at("2026-03-05T18:00")));
    assert_eq!(moved.hold_until, at("2026-03-09T20:00"));
    let extended = ready.act(EXTEND, &programme, now).unwrap().after;
    assert_eq!(extended.act(MOVE, &programme, now).unwrap().after.hold_until, at("2026-03-10T20:00"));
    assert_eq!(after(after(ready, OFFER), MOVE).offer_until, None);
}

#[test]
fn late_is_noted_once_and_again_after_a_new_deadline() {
    let programme = demo();
    let held = start(&programme);
    let then = at("2026-03-03T18:00");
    assert_eq!(held.act(LATE, &programme, then), Err(Refusal::NotDue));
    assert!(!held.is_late(then));
    let now = then + TimeDelta::milliseconds(1);
    assert!(held.is_late(now));
    let noted = held.act(LATE, &programme, now).unwrap();
    assert_eq!((noted.event, noted.after.state), (Event::Late, State::Held));
    assert_eq!(noted.after.act(LATE, &programme, now), Err(Refusal::NotDue));
    // The counter may still confirm.
    assert!(!noted.after.act(READY, &programme, now).unwrap().after.is_late(now));
    let extended = noted.after.act(EXTEND, &programme, now).unwrap().after;
    assert!(extended.act(LATE, &programme, at("2026-03-04T18:01")).is_ok());
}

#[test]
fn an_offer_ends_by_itself_and_never_outlives_the_hold() {
    let programme = demo();
    let now = at("2026-03-02T13:00");
    let offered = after(after(start(&programme), READY), OFFER);
    assert_eq!(offered.offer_at(now), Some(at("2026-03-02T13:15")));
    let then = at("2026-03-02T13:15");
    assert_eq!(offered.offer_at(then), None);
    assert_eq!(offered.act(TAKE, &programme, then), Err(Refusal::NoOffer));
    assert!(offered.act(OFFER, &programme, then).is_ok());
    let last_minute = at("2026-03-07T19:59");
    let ready = after(start(&programme), READY);
    let offered = ready.act(OFFER, &programme, last_minute).unwrap().after;
    assert_eq!(offered.offer_until, Some(at("2026-03-07T20:00")));
    // After pick-up there is no hold that could end.
    let collected = ready.act(COLLECT, &programme, last_minute).unwrap().after;
    let offered = collected.act(OFFER, &programme, last_minute).unwrap().after;
    assert_eq!(offered.offer_until, Some(at("2026-03-07T20:14")));
}

#[test]
fn she_is_shown_what_she_may_do() {
    let programme = demo();
    let now = at("2026-03-02T13:00");
    let actions = |of: Progress| of.actions(&programme.reservation, now);
    let held = start(&programme);
    let ready = after(held, READY);
    let collected = after(ready, COLLECT);
    assert_eq!(actions(held), [Action::Extend, Action::Move, Action::Cancel]);
    assert_eq!(actions(ready), [Action::Pass, Action::Extend, Action::Move, Action::Cancel]);
    assert_eq!(actions(after(held, EXTEND)), [Action::Move, Action::Cancel]);
    assert_eq!(actions(after(ready, OFFER))[..2], [Action::Pass, Action::AnswerExchange]);
    assert_eq!(actions(collected), []);
    assert_eq!(actions(after(collected, OFFER)), [Action::AnswerExchange]);
}

proptest! {
    /// Whatever is tried whenever: an end is an end, a hold never gets shorter, and what she is shown is what she may do.
    #[test]
    fn a_life_of_any_length(acts in prop::collection::vec((0..Act::ALL.len(), 0..1_500_i64), 1..60)) {
        let programme = demo();
        let mut now = at(MADE);
        let mut progress = start(&programme);
        let (mut spent, mut released) = (0, 0);
        for (act, minutes) in acts {
            now += TimeDelta::minutes(minutes);
            let act = Act::ALL[act];
            let (before, state) = (progress, progress.state_at(now));
            let shown = progress.actions(&programme.reservation, now);
            let allowed = progress.act(act, &programme, now);
            if let Act::Member(member) = act {
                let action = match member {
                    MemberAct::Cancel => Action::Cancel,
                    MemberAct::Extend => Action::Extend,
                    MemberAct::Move => Action::Move,
                    MemberAct::TakeExchange | MemberAct::DeclineExchange => Action::AnswerExchange,
                };
                prop_assert_eq!(shown.contains(&action), allowed.is_ok());
            }
            let Ok(step) = allowed else { continue };
            progress = step.after;
            spent += i32::from(step.settlement == Settlement::Spent);
            released += i32::from(step.settlement == Settlement::Released);
            prop_assert!(progress.hold_until >= before.hold_until && progress.ready_by <= progress.hold_until);
            prop_assert!(progress.extensions <= programme.reservation.extensions);
            prop_assert!(progress.offer_until.is_none_or(|until| !progress.state.is_open() || until <= progress.hold_until));
            if !state.is_open() && state != State::Expired {
                prop_assert_eq!(progress.state, state);
            }
            // Green only by a scan, and only from there handed over.
            prop_assert!(progress.state != State::Ready || before.state == State::Ready || act == READY);
            prop_assert!(progress.state != State::Collected || matches!(before.state, State::Ready | State::Collected));
        }
        let ended = !progress.state.is_open();
        prop_assert_eq!((spent, released), (i32::from(progress.state == State::Collected), i32::from(ended && spent == 0)));
    }
}
