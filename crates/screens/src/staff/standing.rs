//! How a reservation stands, by the server's clock: between two answers a deadline may pass.

use catalogue::text::staff_standing as words;
use contract::Instant;
use contract::counter::Counter;
use contract::reservation::{ActorKind, ReservationEvent, ReservationEventKind as Kind, ReservationState};
use contract::staff::StaffReservation;

use crate::env::Env;
use crate::format;
use crate::variant::{VariantWords, variant};

/// How a reservation stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// To be put aside, and overdue: the member has been told.
    Late,
    /// To be put aside.
    ToPutAside,
    /// Put aside; the member has her pass.
    Ready,
    /// Over.
    Ended,
}

/// A state, in words and as what to make of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StandingView {
    /// `待备货`
    pub label: String,
    /// What to make of it: names its colour, never the only sign.
    pub standing: Standing,
    /// `今天 18:00 前备好`, `为会员留到 11月26日 20:00`.
    pub deadline: String,
}

/// A reservation, in as few words as tell it from others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// The gift's name.
    pub gift: String,
    /// The address of its picture.
    pub picture: String,
    /// The variant in words and colour.
    pub variant: VariantWords,
    /// Masked.
    pub member: String,
    /// Masked; empty if it is not known.
    pub phone: String,
    /// `上海 · 久光专柜`; `None` for whoever works there.
    pub counter: Option<String>,
    /// How it stands.
    pub state: StandingView,
}

/// What happened, and who did it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryRow {
    /// When.
    pub when: String,
    /// `李敏扫码备货`
    pub what: String,
    /// Where to, what for, why; `None` where there is nothing to add.
    pub note: Option<String>,
}

/// The state by the clock: open ones end at their deadline, whether or not anybody has swept.
pub(crate) fn state(reservation: &StaffReservation, env: &Env) -> ReservationState {
    let over = env.clock.is_some_and(|clock| reservation.hold_until <= clock.now);
    if reservation.state.is_open() && over { ReservationState::Expired } else { reservation.state }
}

/// How it stands.
pub(crate) fn standing(reservation: &StaffReservation, env: &Env) -> Standing {
    let overdue = env.clock.is_some_and(|clock| reservation.ready_by <= clock.now);
    match state(reservation, env) {
        ReservationState::Held if reservation.late || overdue => Standing::Late,
        ReservationState::Held => Standing::ToPutAside,
        ReservationState::Ready => Standing::Ready,
        _ => Standing::Ended,
    }
}

/// When it ended; its deadline, if nothing tells.
pub(crate) fn ended_at(reservation: &StaffReservation) -> Instant {
    let is_end = |kind| matches!(kind, Kind::Collected | Kind::Cancelled | Kind::Expired | Kind::Failed);
    let end = reservation.history.iter().rev().find(|event| is_end(event.what));
    end.map_or(reservation.hold_until, |event| event.at)
}

/// In words.
pub(crate) fn view(reservation: &StaffReservation, env: &Env) -> StandingView {
    let locale = env.locale;
    let standing = standing(reservation, env);
    let label = match (standing, state(reservation, env)) {
        (Standing::Late, _) => words::late(locale),
        (Standing::ToPutAside, _) => words::to_put_aside(locale),
        (Standing::Ready, _) => words::ready(locale),
        (Standing::Ended, ReservationState::Collected) => words::collected(locale),
        (Standing::Ended, ReservationState::Cancelled) => words::cancelled(locale),
        (Standing::Ended, ReservationState::Failed) => words::failed(locale),
        (Standing::Ended, _) => words::ran_out(locale),
    };
    let deadline = match standing {
        Standing::Late => words::was_due(locale, &format::moment(env, reservation.ready_by)),
        Standing::ToPutAside => words::due(locale, &format::moment(env, reservation.ready_by)),
        Standing::Ready => words::kept_until(locale, &format::moment(env, reservation.hold_until)),
        Standing::Ended => format::moment(env, ended_at(reservation)),
    };
    StandingView { label: label.to_owned(), standing, deadline }
}

/// In as few words as tell it from others; the counter's too, if `name_counter`.
pub(crate) fn summary(reservation: &StaffReservation, name_counter: bool, env: &Env) -> Summary {
    let counter = &reservation.counter;
    Summary {
        gift: reservation.gift.name.clone(),
        picture: reservation.gift.picture.clone(),
        variant: variant(&reservation.variant, env),
        member: reservation.member.name.clone(),
        phone: reservation.member.phone.clone(),
        counter: name_counter.then(|| place(counter, env)),
        state: view(reservation, env),
    }
}

/// A counter by its city and name: `上海 · 久光专柜`. Many names begin with the city already.
pub(crate) fn place(counter: &Counter, env: &Env) -> String {
    if counter.name.starts_with(&counter.city) {
        counter.name.clone()
    } else {
        words::counter(env.locale, &counter.city, &counter.name)
    }
}

/// Who did what when, oldest first.
pub(crate) fn history(reservation: &StaffReservation, env: &Env) -> Vec<HistoryRow> {
    reservation.history.iter().map(|event| row(event, env)).collect()
}

fn row(event: &ReservationEvent, env: &Env) -> HistoryRow {
    let locale = env.locale;
    let name = match (&event.name, event.by) {
        (Some(name), _) => name.as_str(),
        (None, ActorKind::Staff) => words::somebody(locale),
        (None, ActorKind::Member) => words::member(locale),
        (None, ActorKind::Clock) => words::clock(locale),
    };
    let what = match event.what {
        Kind::Held if event.by == ActorKind::Staff => words::held_by_phone(locale, name),
        Kind::Held => words::held(locale, name),
        Kind::Late => words::became_late(locale).to_owned(),
        Kind::Ready => words::put_aside(locale, name),
        Kind::Collected => words::handed_over(locale, name),
        Kind::Cancelled => words::gave_up(locale, name),
        Kind::Expired => words::time_ran_out(locale).to_owned(),
        Kind::Failed => words::could_not_keep(locale, name),
        Kind::Extended => words::extended(locale, name),
        Kind::Moved => words::moved(locale, name),
        Kind::ExchangeOffered => words::offered(locale, name),
        Kind::Exchanged => words::exchanged(locale, name),
        Kind::ExchangeDeclined => words::declined(locale, name),
    };
    HistoryRow { when: format::moment(env, event.at), what, note: event.note.clone().filter(|note| !note.is_empty()) }
}

#[cfg(test)]
mod tests {
    use catalogue::Locale::{En, ZhCn};

    use super::*;
    use crate::staff::testing::{self, Reserved};
    use crate::testing::{env, reading};

    fn read(reserved: &Reserved) -> StaffReservation {
        contract::json::decode(&reserved.json(ZhCn)).unwrap()
    }

    fn told(reserved: Reserved) -> (String, Standing, String) {
        let StandingView { label, standing, deadline } = view(&read(&reserved), &env(ZhCn));
        (label, standing, deadline)
    }

    #[test]
    fn every_state_says_until_when_or_since_when() {
        let of = |label: &str, standing, deadline: &str| (label.to_owned(), standing, deadline.to_owned());
        let open = Reserved::default;
        assert_eq!(told(open()), of("待备货", Standing::ToPutAside, "今天 18:00 前备好"));
        assert_eq!(told(Reserved { late: true, ..open() }), of("逾期未备", Standing::Late, "应在今天 18:00 前备好"));
        let ready = Reserved { state: "ready", ..open() };
        assert_eq!(told(ready), of("可取货", Standing::Ready, "为会员留到11月26日 20:00"));
        for (state, label) in
            [("collected", "已取走"), ("cancelled", "已取消"), ("expired", "保留期已过"), ("failed", "未能保留")]
        {
            assert_eq!(told(Reserved { state, ..open() }), of(label, Standing::Ended, "11月26日 20:00"), "{state}");
        }
    }

    #[test]
    fn no_counter_is_said_to_be_in_its_city_twice() {
        let mut counter = read(&Reserved::default()).counter;
        assert_eq!(place(&counter, &env(ZhCn)), "上海 · 久光专柜");
        counter.name = "上海久光专柜".to_owned();
        assert_eq!(place(&counter, &env(ZhCn)), "上海久光专柜");
    }

    #[test]
    fn a_deadline_that_passes_between_two_answers_has_passed() {
        let reserved = Reserved { ready_by: "2026-11-22T01:41:07Z", ..Reserved::default() };
        assert_eq!(told(reserved).1, Standing::Late);
        let reserved = Reserved { state: "ready", hold_until: "2026-11-22T01:41:07Z", ..Reserved::default() };
        let (label, standing, deadline) = told(reserved);
        assert_eq!((label.as_str(), standing, deadline.as_str()), ("保留期已过", Standing::Ended, "今天 09:41"));
    }

    #[test]
    fn every_event_has_its_sentence() {
        for (locale, chinese) in [(ZhCn, true), (En, false)] {
            for what in [
                "held",
                "late",
                "ready",
                "collected",
                "cancelled",
                "expired",
                "failed",
                "extended",
                "moved",
                "exchange_offered",
                "exchanged",
                "exchange_declined",
            ] {
                for (by, name) in [("member", "null"), ("staff", "\"$STAFF$\""), ("staff", "null"), ("clock", "null")] {
                    let event = format!(
                        r#"{{"at":"2026-11-21T08:20:00Z","what":"{what}","by":"{by}","name":{name},"note":"$REASON$"}}"#
                    );
                    let event = contract::json::decode(&testing::words(&event, locale)).unwrap();
                    reading::check(what, &row(&event, &env(locale)), chinese);
                }
            }
        }
        let reserved = Reserved {
            history: &[r#"{"at":"2026-11-22T01:00:00Z","what":"ready","by":"staff","name":"$STAFF$","note":null}"#],
            ..Reserved::default()
        };
        let rows = history(&read(&reserved), &env(ZhCn));
        assert_eq!(
            rows.iter().map(|row| (row.when.as_str(), row.what.as_str())).collect::<Vec<_>>(),
            [("11月21日 16:20", "会员预约"), ("今天 09:00", "李敏扫码备货")]
        );
    }

    #[test]
    fn its_end_is_when_it_ended() {
        let reserved = Reserved {
            state: "collected",
            history: &[
                r#"{"at":"2026-11-22T01:00:00Z","what":"collected","by":"staff","name":"$STAFF$","note":null}"#,
                r#"{"at":"2026-11-22T01:30:00Z","what":"exchanged","by":"member","name":null,"note":"$RICH$"}"#,
            ],
            ..Reserved::default()
        };
        assert_eq!(told(reserved).2, "今天 09:00");
    }
}
