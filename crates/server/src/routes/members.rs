//! Enrolment.

use axum::body::Body;
use axum::extract::State;
use axum::http::{Response, StatusCode};
use contract::member::{Card, ConsentAnswer, Enrolment, Member};
use contract::{Code, Date};
use loyalty::Programme;
use storage::{Conflict, NewMember, Preferences};

use crate::answer::{self, Asked};
use crate::entropy;
use crate::extract::{JsonBody, SignedIn};
use crate::idempotency::Intent;
use crate::outbox::quiet_by_default;
use crate::problem::{Failure, Fault, Faults, Outcome};
use crate::routes::profile::{check_birthday, name};
use crate::state::{App, Shared};

const CARD_DIGITS: u32 = 12;
/// Two members drawing the same of a billion cards is rare; thrice in a row is a defect.
const CARD_DRAWS: usize = 3;

/// Enrol the signed-in number; the card exists from then on
///
/// Every other session of the number is over, and no WeChat account but the one this session came through is bound to it: they may be
/// somebody's who had the number before.
#[utoipa::path(post, path = "/members", tag = "session", security(("cookie" = []), ("bearer" = [])),
    params(("Idempotency-Key" = String, Header, description = "Names this intent over all its retries")),
    request_body = Enrolment, responses((status = 201, body = Member)))]
pub async fn enrol(
    State(app): State<Shared>,
    SignedIn(session): SignedIn,
    intent: Intent,
    asked: Asked,
    JsonBody { value, bytes }: JsonBody<Enrolment>,
) -> Outcome<Response<Body>> {
    let now = app.now();
    // By number, not by session: she may sign in anew between two tries.
    let subject = format!("enrolment of {}", session.phone);
    for _ in 0..CARD_DRAWS {
        let mut tx = app.database.begin().await?;
        if let Some(replayed) = intent.claim(&mut tx, &app, &subject, &bytes).await? {
            return Ok(replayed);
        }
        if tx.member_by_phone(&session.phone).await?.is_some() {
            return Err(Code::AlreadyMember.into());
        }
        let new = new_member(&app, &session.phone, &value, asked.locale)?;
        match tx.enrol(&new, "enrolment", now).await {
            Ok(()) => {}
            Err(storage::Error::Conflict(Conflict::Card)) => continue,
            Err(error) => return Err(error.into()),
        }
        if !tx.claim_number(&session.phone, &session.token_hash, new.id, now).await? {
            // It was ended since it was looked at.
            return Err(Code::SessionMissing.into());
        }
        let member = tx.member(new.id).await?.ok_or_else(|| Failure::internal("a new member vanished"))?;
        let body = answer::encode(&describe(&member))?;
        intent.save(&mut tx, &subject, StatusCode::CREATED, &body).await?;
        tx.commit().await?;
        return Ok(answer::json(StatusCode::CREATED, body));
    }
    Err(Failure::internal("no free card number"))
}

fn new_member(app: &App, phone: &str, enrolment: &Enrolment, locale: catalogue::Locale) -> Outcome<NewMember> {
    let mut faults = Faults::default();
    let name = name(&enrolment.name, &mut faults);
    check_birthday(enrolment.birthday, app.today(), &mut faults);
    check_consents(&app.programme, &enrolment.consents, &mut faults);
    faults.finish()?;
    let granted = |id: &str| enrolment.consents.iter().any(|answer| answer.id == id && answer.granted);
    Ok(NewMember {
        id: app.id()?,
        name,
        phone: phone.to_owned(),
        card_number: entropy::digits(app.entropy.as_ref(), CARD_DIGITS)?,
        joined_on: app.today(),
        birthday: enrolment.birthday.map(|birthday| birthday.0),
        skin_type: enrolment.skin_type.map(|skin_type| skin_type.as_str().to_owned()),
        source_ref: None,
        preferences: Preferences {
            language: locale.tag().to_owned(),
            sms: granted("marketing-sms"),
            email: granted("marketing-email"),
            wechat: granted("marketing-wechat"),
            // Topics say about what, channels whether at all; without a channel nothing is sent.
            gifts: true,
            campaigns: true,
            surveys: true,
            quiet_hours: quiet_by_default(),
        },
        consents: enrolment
            .consents
            .iter()
            .map(|answer| storage::ConsentAnswer {
                consent: answer.id.clone(),
                version: answer.version.clone(),
                granted: answer.granted,
            })
            .collect(),
    })
}

/// One answer for each consent the programme asks for, to the text that is in force.
fn check_consents(programme: &Programme, answers: &[ConsentAnswer], faults: &mut Faults) {
    for consent in &programme.consents {
        let field = format!("consents.{}", consent.id);
        let mut found = answers.iter().filter(|answer| answer.id == consent.id);
        match (found.next(), found.next()) {
            (Some(answer), None) if answer.version != consent.version.to_string() => {
                faults.add(field, Fault::ConsentOutdated);
            }
            (Some(answer), None) if consent.required && !answer.granted => faults.add(field, Fault::ConsentRequired),
            (Some(_), None) => {}
            _ => faults.add(field, Fault::ConsentMissing),
        }
    }
    for answer in answers {
        if !programme.consents.iter().any(|consent| consent.id == answer.id) {
            // The name is the caller's own text; it goes back, but only its beginning.
            let id: String = answer.id.chars().take(40).collect();
            faults.add(format!("consents.{id}"), Fault::ConsentUnknown);
        }
    }
}

/// A member as she sees herself.
pub fn describe(member: &storage::Member) -> Member {
    Member {
        id: member.id.to_string(),
        name: member.name.clone(),
        joined_on: Date(member.joined_on),
        card: Card { number: member.card_number.clone() },
    }
}
