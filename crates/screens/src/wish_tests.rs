use catalogue::Locale::ZhCn;
use contract::Problem;

use super::*;
use crate::testing;

fn env() -> Env {
    testing::env(ZhCn)
}

fn later(seconds: i64) -> Env {
    let env = env();
    Env { clock: env.clock.map(|clock| clock.after(seconds)), ..env }
}

fn problem(code: Code) -> Failure {
    Failure::Refused(Box::new(Problem {
        kind: String::new(),
        code: code.as_str().to_owned(),
        title: String::new(),
        status: code.status(),
        detail: String::new(),
        errors: Vec::new(),
        retry_after: None,
        body: String::new(),
    }))
}

fn asked() -> Wish<u8> {
    let mut wish = Wish::None;
    assert!(wish.want(1));
    let named = wish.named_at("k1".to_owned(), &env()).unwrap();
    assert_eq!((named.what, named.key.as_str(), named.again), (1, "k1", false));
    wish
}

#[test]
fn nothing_else_can_be_wanted_while_one_is_on_its_way() {
    let mut wish = Wish::None;
    assert!(wish.want(1));
    assert!(!wish.want(2), "its name is being drawn");
    wish.named("k1".to_owned());
    assert!(!wish.want(1) && !wish.want(2));
    assert_eq!(wish.named("k2".to_owned()), None, "it has a name");
    assert_eq!(wish.what(), Some(&1));
}

#[test]
fn a_lost_answer_leaves_it_open_under_its_name() {
    for failure in [Failure::Unreachable, Failure::Garbled, Failure::Broken(502), problem(Code::Unavailable)] {
        let mut wish = asked();
        assert_eq!(wish.failed(failure), Some(After::Unsure));
        assert!(!wish.want(2), "first the outcome of this one");
        assert!(wish.is_unsure() && wish.is_open() && !wish.is_busy());
        assert_eq!(wish.ask_again().map(|named| named.key).as_deref(), Some("k1"));
        assert_eq!(wish.ask_again(), None, "it is on its way");
        assert!(wish.is_busy());
    }
}

#[test]
fn a_refusal_ends_it_and_the_next_is_a_new_one() {
    let mut wish = asked();
    assert_eq!(wish.failed(problem(Code::OutOfStock)), Some(After::Refused(Some(Code::OutOfStock))));
    assert!(wish.refusal().is_some() && !wish.is_open());
    assert_eq!(wish.failed(Failure::Unreachable), None, "nobody asked");
    assert!(wish.want(2));
    assert_eq!(wish.named("k2".to_owned()).map(|named| named.key).as_deref(), Some("k2"));
}

#[test]
fn a_first_copy_that_still_runs_is_looked_after_for_a_while() {
    let mut wish = asked();
    for _ in 0..PATIENCE {
        assert_eq!(wish.failed(problem(Code::IdempotencyInProgress)), Some(After::Wait));
        assert_eq!(wish.look_after().map(|named| named.key).as_deref(), Some("k1"));
    }
    assert_eq!(wish.failed(problem(Code::IdempotencyInProgress)), Some(After::Unsure));
}

#[test]
fn turning_to_something_else_forgets_a_refusal_and_nothing_more() {
    let mut wish = asked();
    wish.forget_refusal();
    assert!(wish.is_busy());
    wish.failed(problem(Code::TierTooLow));
    wish.forget_refusal();
    assert!(matches!(wish, Wish::None));
}

#[test]
fn too_many_requests_says_nothing_of_a_copy_that_was_sent_before() {
    let mut wish = asked();
    wish.failed(Failure::Unreachable);
    wish.ask_again();
    assert_eq!(wish.failed(problem(Code::TooManyRequests)), Some(After::Unsure));
    assert_eq!(wish.ask_again().map(|named| named.key).as_deref(), Some("k1"), "under its old name");
    let mut first = asked();
    assert_eq!(first.failed(problem(Code::TooManyRequests)), Some(After::Refused(Some(Code::TooManyRequests))));
}

#[test]
fn what_was_wanted_long_ago_is_asked_for_only_by_her() {
    let mut wish = asked();
    wish.failed(Failure::Unreachable);
    assert_eq!(wish.ask_again_if_fresh(&later(FRESH + 1)), None);
    assert_eq!(wish.ask_again_if_fresh(&later(-10)), None, "the clock was set back");
    assert_eq!(wish.ask_again_if_fresh(&Env { clock: None, ..env() }), None);
    assert_eq!(wish.ask_again_if_fresh(&later(FRESH)).map(|named| named.key).as_deref(), Some("k1"));
    let mut old = asked();
    old.failed(Failure::Unreachable);
    assert!(old.ask_again().is_some(), "a tap is a tap");
}

#[test]
fn after_a_day_nobody_asks_whether_it_was_done() {
    let mut wish = asked();
    assert!(!wish.forget_old(&later(OLD + 1)), "its answer is awaited");
    wish.failed(Failure::Unreachable);
    for env in [later(OLD), later(-10), Env { clock: None, ..env() }] {
        assert!(!wish.forget_old(&env) && wish.is_unsure());
    }
    assert!(wish.forget_old(&later(OLD + 1)) && matches!(wish, Wish::None));
    assert!(!wish.forget_old(&later(OLD + 1)), "once");
}
