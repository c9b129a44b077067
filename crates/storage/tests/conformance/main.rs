//! One suite, run on both engines: every test is a function of a database and is listed once, in `conformance!`.

// Clippy takes helpers of tests for the product: it looks for `#[test]` on the very function.
#![allow(clippy::unwrap_used, clippy::panic)]

mod challenges;
mod consents;
mod counters;
mod crossings;
mod enrolment;
mod exchanges;
mod gifts;
mod holds;
mod idempotency;
mod imports;
mod invariants;
mod leases;
mod ledger;
mod messages;
mod migrations;
mod overviews;
mod personal;
mod postings;
mod purchases;
mod refunds;
mod reservation_lists;
mod reservations;
mod secrets;
mod sessions;
mod shop;
mod staff;
mod stock;
mod support;
mod transactions;
mod wechat;

use support::World;

macro_rules! conformance {
    ($($module:ident { $($test:ident,)* })*) => {
        mod sqlite {
            use super::*;
            $(mod $module { $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $test() {
                    crate::$module::$test(super::World::new(storage::Engine::Sqlite).await).await;
                })* })*
        }
        mod postgres {
            use super::*;
            $(mod $module { $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $test() {
                    crate::$module::$test(super::World::new(storage::Engine::Postgres).await).await;
                })* })*
        }
    };
}

conformance! {
    challenges {
        a_right_code_is_right_once,
        tries_run_out,
        an_old_or_unknown_challenge_is_void,
        the_newest_challenge_of_a_number_is_known,
        no_more_tries_than_allowed_even_at_once,
        a_quota_is_never_exceeded,
        a_quota_of_another_period_is_another_quota,
    }
    consents { every_answer_is_kept, }
    counters { a_counter_has_a_text_in_every_language, }
    crossings {
        opposite_ways_do_not_block_one_another,
        taps_of_one_member_lock_no_more_than_she_has,
        a_tap_that_is_repeated_is_one_hold,
    }
    enrolment {
        a_member_is_found_by_everything_she_has,
        what_is_taken_is_named,
        one_of_many_at_once_enrols,
    }
    exchanges {
        before_pick_up_she_gets_the_other_unit,
        after_pick_up_two_units_change_places,
        without_her_word_nothing_changes,
        only_another_variant_of_the_same_gift_and_only_the_one_she_saw,
        an_offer_ends_with_what_it_stands_beside,
    }
    gifts {
        a_gift_is_whole,
        a_gift_is_replaced_and_its_variants_stay,
        a_barcode_belongs_to_one_variant,
    }
    holds {
        an_overdue_hold_is_in_nobodys_way,
        time_does_not_run_backwards_at_a_unit,
        a_hold_that_ends_late_leaves_the_notice_days_ahead,
        what_is_left_of_a_lot_keeps_the_date_it_had_under_a_hold,
        late_is_noticed_once,
        two_sweepers_end_a_hold_once,
        what_is_due_comes_in_pages,
    }
    idempotency {
        a_repeat_replays_the_answer,
        another_body_is_noticed,
        another_subject_is_another_key,
        a_claim_dies_with_its_transaction,
        an_old_answer_is_forgotten,
        one_of_fifty_at_once_does_it,
    }
    imports {
        customers_come_in_whole,
        a_second_run_is_noticed,
        a_customer_may_come_without_a_number,
        an_import_is_what_single_writes_would_be,
    }
    invariants { random_operations_agree_with_an_oracle, the_audit_notices, the_audit_notices_what_is_wrong_with_holds, }
    leases {
        one_holder_at_a_time,
        a_clock_that_was_ahead_keeps_nobody_waiting,
        one_of_many_at_once_gets_it,
    }
    ledger {
        pages_are_stable_under_inserts,
        a_kind_narrows,
    }
    messages {
        a_message_is_one_senders_until_its_next_try,
        what_is_overtaken_or_out_of_date_is_never_sent,
        what_is_due_to_be_sent_comes_in_pages,
        what_is_put_off_was_not_tried,
    }
    migrations {
 a_second_run_changes_nothing, many_servers_may_start_at_once, a_newer_database_is_refused, an_older_database_is_brought_up, data_survives, }
    overviews { an_overview_is_what_the_parts_say, of_nobody_is_none, }
    personal { a_profile_is_guarded_by_its_version, preferences_are_guarded_by_their_version, }
    postings {
        points_post_on_their_day,
        two_servers_post_once,
        nothing_is_posted_for_zero_points,
        who_is_due_comes_in_pages,
    }
    purchases {
        a_repeat_is_recognised,
        other_contents_are_a_conflict,
        twenty_tills_at_once_record_one,
        tills_of_one_member_take_turns,
        pages_go_from_new_to_old,
    }
    refunds {
        pending_points_shrink,
        posted_points_come_from_their_own_lot_first,
        what_is_spent_is_waived,
        what_is_held_is_taken_when_the_hold_ends,
        a_repeat_is_recognised,
        too_much_is_refused,
        many_at_once_never_exceed_what_was_paid,
    }
    reservation_lists {
        hers_are_open_ones_first_then_the_newest,
        the_staff_sees_what_is_due_first,
        many_histories_come_at_once,
        the_home_page_names_them,
    }
    reservations {
        points_and_unit_are_locked_together,
        put_aside_and_collected,
        what_can_not_be_is_said,
        a_limit_counts_what_she_has_or_had,
        moved_it_is_held_anew_there,
        a_code_that_somebody_has_is_not_given_out_again,
        a_counter_that_can_not_keep_it_says_why,
        what_is_not_the_callers_is_not_there,
    }
    secrets { the_first_one_brings_it_in, }
    sessions {
        a_session_is_found_until_it_ends,
        revoking_ends_it,
        enrolment_claims_the_number_for_one_session,
        purging_forgets_what_has_run_out,
    }
    staff {
        an_account_signs_in_until_it_is_replaced,
        a_step_of_the_authenticator_is_good_once,
        the_record_is_read_from_new_to_old,
        what_did_not_count_is_given_back,
        a_pass_was_shown_to_each_for_himself,
    }
    stock {
        units_are_counted_and_received,
        lists_say_what_lines_say,
        a_count_may_be_below_what_is_held,
        a_unit_that_was_scanned_is_handed_over_whatever_the_books_say,
    }
    transactions {
        what_is_dropped_never_was,
        a_failed_transaction_can_not_be_committed,
        a_snapshot_does_not_move,
        more_readers_than_connections_all_get_through,
        a_read_given_up_half_way_harms_nobody,
    }
    wechat {
        an_account_waits_for_its_number_until_it_is_bound,
        of_many_with_one_binding_one_binds,
        an_account_that_is_bound_anew_ends_what_came_through_it,
        a_sign_in_and_a_new_number_at_once_leave_nothing_behind,
        a_session_is_known_by_its_account_while_that_is_bound,
        enrolment_leaves_one_account_at_the_number,
        a_sign_in_and_an_enrolment_at_once_leave_nothing_behind,
        an_idle_account_is_bound_no_more,
        answers_are_read_from_new_to_old,
        an_accepted_consent_is_one_message,
        a_message_keeps_its_consent,
    }
}
