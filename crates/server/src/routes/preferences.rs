//! The preferences: read, and replaced as a whole.

use axum::body::Body;
use axum::extract::State;
use axum::http::Response;
use catalogue::Locale;
use contract::Code;
use contract::member::{Channels, Preferences, QuietHours, Topics};

use crate::answer::{self, Asked, Audience};
use crate::extract::{IfMatch, JsonBody, Member};
use crate::problem::{Fault, Faults, Outcome};
use crate::state::Shared;

/// Channels, topics, quiet hours
#[utoipa::path(get, path = "/me/preferences", tag = "member", security(("cookie" = []), ("bearer" = [])),
    responses((status = 200, body = Preferences)))]
pub async fn read(State(app): State<Shared>, Member(id): Member, asked: Asked) -> Outcome<Response<Body>> {
    let found = app.database.read().await?.preferences(id).await?.ok_or(Code::NotEnrolled)?;
    asked.read(Audience::Member, &describe(found.value))
}

/// Replace channels, topics, quiet hours
#[utoipa::path(put, path = "/me/preferences", tag = "member", security(("cookie" = []), ("bearer" = [])),
    params(("If-Match" = String, Header, description = "The ETag of what was read")),
    request_body = Preferences, responses((status = 200, body = Preferences)))]
pub async fn replace(
    State(app): State<Shared>,
    Member(id): Member,
    if_match: IfMatch,
    JsonBody { value, .. }: JsonBody<Preferences>,
) -> Outcome<Response<Body>> {
    let new = check(value)?;
    let mut tx = app.database.begin().await?;
    let found = tx.preferences(id).await?.ok_or(Code::NotEnrolled)?;
    if_match.check(&answer::etag(&answer::encode(&describe(found.value))?))?;
    tx.replace_preferences(id, &new, found.version).await?.ok_or(Code::VersionStale)?;
    tx.commit().await?;
    answer::replaced(&describe(new))
}

fn check(preferences: Preferences) -> Outcome<storage::Preferences> {
    let Preferences { language, channels, topics, quiet_hours } = preferences;
    let mut faults = Faults::default();
    let spoken = Locale::ALL.iter().any(|locale| locale.tag() == language);
    faults.check(spoken, "language", Fault::LanguageUnknown);
    if let Some(QuietHours { from, to }) = &quiet_hours {
        faults.check(is_time(from), "quiet_hours.from", Fault::TimeMalformed);
        faults.check(is_time(to), "quiet_hours.to", Fault::TimeMalformed);
        faults.check(from != to, "quiet_hours.to", Fault::QuietHoursEmpty);
    }
    faults.finish()?;
    Ok(storage::Preferences {
        language,
        sms: channels.sms,
        email: channels.email,
        wechat: channels.wechat,
        gifts: topics.gifts,
        campaigns: topics.campaigns,
        surveys: topics.surveys,
        quiet_hours: quiet_hours.map(|QuietHours { from, to }| (from, to)),
    })
}

/// `HH:MM`, 00:00 to 23:59.
fn is_time(text: &str) -> bool {
    let two = |text: &str, limit: u8| {
        text.len() == 2
            && text.bytes().all(|byte| byte.is_ascii_digit())
            && text.parse::<u8>().is_ok_and(|number| number < limit)
    };
    text.split_once(':').is_some_and(|(hour, minute)| two(hour, 24) && two(minute, 60))
}

fn describe(preferences: storage::Preferences) -> Preferences {
    Preferences {
        language: preferences.language,
        channels: Channels { sms: preferences.sms, email: preferences.email, wechat: preferences.wechat },
        topics: Topics { gifts: preferences.gifts, campaigns: preferences.campaigns, surveys: preferences.surveys },
        quiet_hours: preferences.quiet_hours.map(|(from, to)| QuietHours { from, to }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_two_digits_twice() {
        for text in ["00:00", "09:30", "23:59"] {
            assert!(is_time(text), "{text}");
        }
        for text in ["", "9:30", "24:00", "12:60", "12-30", "12:3", "+1:00", "12:30:00"] {
            assert!(!is_time(text), "{text}");
        }
    }
}
