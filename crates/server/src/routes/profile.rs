//! The profile: read, and replaced as a whole.

use axum::body::Body;
use axum::extract::State;
use axum::http::Response;
use chrono::NaiveDate;
use contract::member::{Profile, SkinType};
use contract::{Code, Date};
use uuid::Uuid;

use crate::answer::{self, Asked, Audience};
use crate::extract::{IfMatch, JsonBody, Member};
use crate::phone;
use crate::problem::{Fault, Faults, Outcome};
use crate::state::Shared;

const LONGEST_NAME: usize = 40;
const LONGEST_ADDRESS: usize = 200;
/// As RFC 5321 has it.
const LONGEST_EMAIL: usize = 254;

/// Contact and person
#[utoipa::path(get, path = "/me/profile", tag = "member", security(("cookie" = []), ("bearer" = [])),
    responses((status = 200, body = Profile)))]
pub async fn read(State(app): State<Shared>, Member(id): Member, asked: Asked) -> Outcome<Response<Body>> {
    let (found, number) = app.database.read().await?.profile(id).await?.ok_or(Code::NotEnrolled)?;
    asked.read(Audience::Member, &describe(found.value, &number))
}

/// Replace contact and person; the phone number stays
#[utoipa::path(put, path = "/me/profile", tag = "member", security(("cookie" = []), ("bearer" = [])),
    params(("If-Match" = String, Header, description = "The ETag of what was read")),
    request_body = Profile, responses((status = 200, body = Profile)))]
pub async fn replace(
    State(app): State<Shared>,
    Member(id): Member,
    if_match: IfMatch,
    JsonBody { value, .. }: JsonBody<Profile>,
) -> Outcome<Response<Body>> {
    let mut tx = app.database.begin().await?;
    let mut faults = Faults::default();
    let mut new = check(value, app.today(), &mut faults);
    if let Some(counter) = new.home_counter
        && tx.counter(counter).await?.is_none()
    {
        faults.add("home_counter", Fault::CounterUnknown);
        new.home_counter = None;
    }
    faults.finish()?;
    let (found, number) = tx.profile(id).await?.ok_or(Code::NotEnrolled)?;
    if_match.check(&answer::etag(&answer::encode(&describe(found.value, &number))?))?;
    tx.replace_profile(id, &new, found.version).await?.ok_or(Code::VersionStale)?;
    tx.commit().await?;
    answer::replaced(&describe(new, &number))
}

fn check(profile: Profile, today: NaiveDate, faults: &mut Faults) -> storage::Profile {
    let name = name(&profile.name, faults);
    check_birthday(profile.birthday, today, faults);
    let email = filled(profile.email);
    faults.check(email.as_deref().is_none_or(is_email), "email", Fault::EmailMalformed);
    let address = filled(profile.address);
    let short = |address: &String| address.chars().count() <= LONGEST_ADDRESS;
    faults.check(address.as_ref().is_none_or(short), "address", Fault::AddressLength);
    let home_counter = filled(profile.home_counter);
    let counter = home_counter.as_deref().and_then(|counter| Uuid::try_parse(counter).ok());
    faults.check(home_counter.is_none() || counter.is_some(), "home_counter", Fault::CounterUnknown);
    storage::Profile {
        name,
        email,
        birthday: profile.birthday.map(|birthday| birthday.0),
        skin_type: profile.skin_type.map(|skin_type| skin_type.as_str().to_owned()),
        home_counter: counter,
        address,
    }
}

/// A field left empty is a field not given.
fn filled(text: Option<String>) -> Option<String> {
    text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// Her name, trimmed: 1 to 40 characters, none of them for machines.
pub fn name(text: &str, faults: &mut Faults) -> String {
    let name = text.trim().to_owned();
    let good = (1..=LONGEST_NAME).contains(&name.chars().count()) && !name.chars().any(char::is_control);
    faults.check(good, "name", Fault::NameLength);
    name
}

/// In the past, not before 1900.
pub fn check_birthday(birthday: Option<Date>, today: NaiveDate, faults: &mut Faults) {
    let good = birthday.is_none_or(|birthday| birthday.year() >= 1900 && birthday.0 < today);
    faults.check(good, "birthday", Fault::BirthdayRange);
}

/// Something before and a dotted name behind one `@`. Only a message that arrives proves more.
fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else { return false };
    let plain = |part: &str| !part.is_empty() && !part.contains(['@', ' ', '\t', '<', '>', ',', ';', '"']);
    text.len() <= LONGEST_EMAIL
        && plain(local)
        && plain(domain)
        && !text.chars().any(char::is_control)
        && domain.split('.').count() >= 2
        && domain.split('.').all(|label| !label.is_empty())
}

fn describe(profile: storage::Profile, number: &str) -> Profile {
    Profile {
        name: profile.name,
        phone: phone::mask(number),
        email: profile.email,
        birthday: profile.birthday.map(Date),
        skin_type: profile.skin_type.as_deref().and_then(SkinType::from_text),
        home_counter: profile.home_counter.map(|counter| counter.to_string()),
        address: profile.address,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mail_addresses_are_told_from_other_text() {
        for text in ["a@b.cn", "first.last+tag@mail.example.com", "李@例子.中国"] {
            assert!(is_email(text), "{text}");
        }
        for text in ["", "a", "@b.cn", "a@", "a@b", "a@.cn", "a@b..cn", "a b@c.cn", "a@b@c.cn", "a@b.cn\r\nBcc:x"] {
            assert!(!is_email(text), "{text}");
        }
    }
}
