//! What members are told about a reservation: in the transaction in which it happens, in her language, after her quiet hours.

mod subscribe;

use catalogue::Locale;
use catalogue::text::{common, message as words};
use chrono::{DateTime, Days, NaiveTime, TimeDelta, Utc};
use contract::Instant;
use loyalty::Programme;
use screens::env::{Appearance, Clock, Env};
use screens::format;
use storage::{NewMessage, Reservation, Transaction};
use uuid::Uuid;

use crate::localize;
use crate::problem::Outcome;
use crate::state::App;

pub use subscribe::by_wechat;

/// Text messages.
pub const SMS: &str = "sms";
/// Subscribe messages of the mini-program.
pub const WECHAT: &str = "wechat";
/// What has ended, and points that came back, are worth hearing of for so long.
const OLD_NEWS: TimeDelta = TimeDelta::days(3);

/// What there is to be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    /// It is put aside: she can travel.
    Ready,
    /// The counter has not confirmed in time.
    Late,
    /// It was handed over: if not to her, she should know.
    Collected,
    /// The counter can't keep it; her points are back.
    Failed,
    /// The time ran out; her points are back.
    Expired,
    /// Another variant is offered, and waits for her word.
    ExchangeOffered {
        /// Which.
        variant: Uuid,
        /// Until when.
        until: DateTime<Utc>,
    },
    /// It was reserved for her while she was on the telephone.
    PhoneHold,
}

impl News {
    const READY: &str = "reservation-ready";
    const LATE: &str = "reservation-late";
    const COLLECTED: &str = "reservation-collected";
    const FAILED: &str = "reservation-failed";
    const EXPIRED: &str = "reservation-expired";
    const EXCHANGE_OFFERED: &str = "exchange-offered";
    const PHONE_HOLD: &str = "phone-hold";

    const fn purpose(self) -> &'static str {
        match self {
            Self::Ready => Self::READY,
            Self::Late => Self::LATE,
            Self::Collected => Self::COLLECTED,
            Self::Failed => Self::FAILED,
            Self::Expired => Self::EXPIRED,
            Self::ExchangeOffered { .. } => Self::EXCHANGE_OFFERED,
            Self::PhoneHold => Self::PHONE_HOLD,
        }
    }
}

/// When a member who never said so is not to be disturbed.
pub fn quiet_by_default() -> Option<(String, String)> {
    Some(("21:00".to_owned(), "09:00".to_owned()))
}

/// Writes it down, to be sent after the commit. What was to be told of how it stood before, and is still here, is not sent
/// any more. What is not known of her, of the gift or of the place is said in general words: that a text is missing is no reason
/// to keep a member's points from her.
pub async fn tell(app: &App, tx: &mut Transaction, of: &Reservation, news: News, now: DateTime<Utc>) -> Outcome<()> {
    tx.overtake_messages(of.member, of.id, now).await?;
    let (language, quiet) = match tx.preferences(of.member).await? {
        Some(found) => (Locale::from_tag(&found.value.language), found.value.quiet_hours),
        None => (None, quiet_by_default()),
    };
    let locale = language.unwrap_or_default();
    let new = NewMessage {
        id: app.id()?,
        member: of.member,
        channel: SMS,
        purpose: news.purpose(),
        about: Some(of.id),
        text: text(app, tx, of, news, locale, now).await?,
        not_before: after_quiet_hours(&app.programme, quiet.as_ref(), now),
        good_until: match news {
            News::Ready | News::Late | News::PhoneHold => of.progress.hold_until,
            News::ExchangeOffered { until, .. } => until,
            News::Collected | News::Failed | News::Expired => now + OLD_NEWS,
        },
    };
    Ok(tx.write_message(&new, now).await?)
}

async fn text(
    app: &App,
    tx: &mut Transaction,
    of: &Reservation,
    news: News,
    locale: Locale,
    now: DateTime<Utc>,
) -> Outcome<String> {
    let (gift, place) = (tx.gift(of.gift).await?, tx.counter(of.counter).await?);
    let (variant, until) = match news {
        News::ExchangeOffered { variant, until } => (variant, until),
        _ => (of.variant, of.progress.hold_until),
    };
    let gift = gift.as_ref();
    let label = gift.and_then(|gift| gift.variant(variant)?.label(locale.tag()));
    let label = label.unwrap_or(words::some_variant(locale));
    let name = gift.and_then(|gift| gift.text(locale.tag())).map_or(words::some_gift(locale), |text| &text.name);
    let place = place.as_ref().and_then(|place| place.text(locale.tag()));
    let counter = place.map_or(words::some_counter(locale), |text| &text.name);
    let brand = app.brand_name(locale);
    let until = moment(&app.programme, locale, until, now);
    let points = format::number(of.points);
    Ok(match news {
        News::Ready => words::ready(locale, brand, counter, name, &until, label),
        News::Late => words::late(locale, brand, counter, name, &until, label),
        News::Collected => words::collected(locale, brand, counter, name, label),
        News::Failed => words::failed(locale, brand, counter, name, &points, label),
        News::Expired => words::expired(locale, brand, counter, name, &points, label),
        News::ExchangeOffered { .. } => words::exchange_offered(locale, brand, counter, name, &until, label),
        News::PhoneHold => words::phone_hold(locale, brand, counter, name, &points, &until, label),
    })
}

/// A date and a time, not "tomorrow": nobody knows on which day she reads it.
fn moment(programme: &Programme, locale: Locale, at: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let env = Env {
        locale,
        brand: String::new(),
        // The offset of that moment, which need not be today's.
        clock: Some(Clock { now: Instant(now), utc_offset_minutes: localize::utc_offset_minutes(programme, at) }),
        appearance: Appearance::default(),
        signed_in: true,
        can_scan: false,
    };
    common::moment(locale, &format::day_of(&env, Instant(at)), &format::time(&env, Instant(at)))
}

/// Now, or the end of her quiet hours if these are some.
pub fn after_quiet_hours(programme: &Programme, quiet: Option<&(String, String)>, now: DateTime<Utc>) -> DateTime<Utc> {
    let Some((from, to)) = quiet else { return now };
    let (Some(from), Some(to)) = (time_of_day(from), time_of_day(to)) else { return now };
    let local = now.with_timezone(&programme.time_zone).naive_local();
    let (today, time) = (local.date(), local.time());
    let tomorrow = today.checked_add_days(Days::new(1)).unwrap_or(today);
    let ends_on = match (from <= to, time >= from, time < to) {
        (true, true, true) | (false, false, true) => today,
        (false, true, _) => tomorrow,
        _ => return now,
    };
    programme.instant_of(ends_on, to).max(now)
}

fn time_of_day(text: &str) -> Option<NaiveTime> {
    let (hour, minute) = text.split_once(':')?;
    NaiveTime::from_hms_opt(hour.parse().ok()?, minute.parse().ok()?, 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn programme() -> Programme {
        Programme::parse(include_str!("../../../programme.toml")).unwrap()
    }

    fn at(text: &str) -> DateTime<Utc> {
        text.parse::<Instant>().unwrap().0
    }

    fn waits(from: &str, to: &str, now: &str) -> Option<String> {
        let quiet = (from.to_owned(), to.to_owned());
        let then = after_quiet_hours(&programme(), Some(&quiet), at(now));
        (then != at(now)).then(|| Instant(then).to_string())
    }

    #[test]
    fn quiet_hours_may_go_over_midnight() {
        // 21:00 in Shanghai is 13:00 UTC.
        assert_eq!(waits("21:00", "09:00", "2026-11-22T12:59:59Z"), None);
        assert_eq!(waits("21:00", "09:00", "2026-11-22T13:00:00Z").as_deref(), Some("2026-11-23T01:00:00Z"));
        assert_eq!(waits("21:00", "09:00", "2026-11-22T23:00:00Z").as_deref(), Some("2026-11-23T01:00:00Z"));
        assert_eq!(waits("21:00", "09:00", "2026-11-23T01:00:00Z"), None);
        assert_eq!(waits("12:00", "14:00", "2026-11-22T05:00:00Z").as_deref(), Some("2026-11-22T06:00:00Z"));
        assert_eq!(waits("12:00", "14:00", "2026-11-22T06:00:00Z"), None);
        assert_eq!(waits("nonsense", "14:00", "2026-11-22T05:00:00Z"), None);
    }

    #[test]
    fn a_moment_is_a_date_and_a_time_where_the_programme_is() {
        let (until, now) = (at("2026-11-27T12:00:00Z"), at("2026-11-27T01:00:00Z"));
        assert_eq!(moment(&programme(), Locale::ZhCn, until, now), "11月27日 20:00");
        assert_eq!(moment(&programme(), Locale::En, until, now), "20:00 on 27 November");
        assert_eq!(moment(&programme(), Locale::ZhCn, at("2027-01-02T12:00:00Z"), now), "2027年1月2日 20:00");
    }
}
