//! The ledger of consents to subscribe messages.

use axum::body::Body;
use axum::extract::State;
use axum::http::{Response, StatusCode};
use contract::Instant;
use contract::wechat::{
    ConsentChoice, Consents, MessageConsent, Purpose, RecordedConsents, TemplateAnswers, UnusedConsents,
};
use serde::Deserialize;
use storage::{NewWechatConsent, Reader, WechatConsent, WechatConsentCursor};
use utoipa::IntoParams;
use uuid::Uuid;

use super::template;
use crate::answer::{self, Asked, Audience};
use crate::extract::{Asking, JsonBody, ThroughWechat};
use crate::idempotency::Intent;
use crate::paging::Wanted;
use crate::problem::{Failure, Fault, Faults, Outcome};
use crate::state::{App, Shared};

/// WeChat asks about no more templates at once.
const MOST_ANSWERS: usize = 3;

/// Which answers.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Which {
    /// At most so many, 1 to 100.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<i64>,
    /// `next` of the page before.
    cursor: Option<String>,
}

/// Her answers, newest first, and how many messages may be sent
#[utoipa::path(get, path = "/me/wechat/consents", tag = "member", security(("cookie" = []), ("bearer" = [])),
    params(Which), responses((status = 200, body = Consents)))]
pub async fn list(
    State(app): State<Shared>,
    ThroughWechat { member, account }: ThroughWechat,
    asked: Asked,
    Asking(which): Asking<Which>,
) -> Outcome<Response<Body>> {
    let page = Wanted::<WechatConsentCursor>::of(which.limit, which.cursor.as_deref())?;
    let mut snapshot = app.snapshot().await?;
    let mut found = snapshot.wechat_consents(member, page.after, page.count).await?;
    let next = page.cut(&mut found, |last| last.position);
    let unused = unused(&app, &mut snapshot, member, &account).await?;
    drop(snapshot);
    let items = found.iter().map(describe).collect::<Outcome<_>>()?;
    asked.read(Audience::Member, &Consents { items, next, unused })
}

/// Add what she answered in the mini-program; each accepted answer is one message
#[utoipa::path(post, path = "/me/wechat/consents", tag = "member", security(("cookie" = []), ("bearer" = [])),
    params(("Idempotency-Key" = String, Header, description = "Names this intent over all its retries")),
    request_body = TemplateAnswers, responses((status = 201, body = RecordedConsents)))]
pub async fn record(
    State(app): State<Shared>,
    ThroughWechat { member, account }: ThroughWechat,
    intent: Intent,
    JsonBody { value, bytes }: JsonBody<TemplateAnswers>,
) -> Outcome<Response<Body>> {
    let now = app.now();
    let subject = format!("member {member}");
    let mut tx = app.database.begin().await?;
    if let Some(replayed) = intent.claim(&mut tx, &app, &subject, &bytes).await? {
        return Ok(replayed);
    }
    let new = check(&app, &value)?;
    tx.record_wechat_consents(member, &account, value.purpose.as_str(), &new, now).await?;
    let items = new.iter().zip(&value.answers).map(|(new, answer)| MessageConsent {
        id: new.id.to_string(),
        purpose: value.purpose,
        template_id: new.template.clone(),
        answer: answer.answer,
        at: Instant(now),
        used_at: None,
    });
    let items = items.collect();
    let unused = unused(&app, &mut tx, member, &account).await?;
    let body = answer::encode(&RecordedConsents { items, unused })?;
    intent.save(&mut tx, &subject, StatusCode::CREATED, &body).await?;
    tx.commit().await?;
    Ok(answer::json(StatusCode::CREATED, body))
}

fn check(app: &App, answers: &TemplateAnswers) -> Outcome<Vec<NewWechatConsent>> {
    let mut faults = Faults::default();
    faults.check((1..=MOST_ANSWERS).contains(&answers.answers.len()), "answers", Fault::AnswersCount);
    let known = template(app, answers.purpose);
    let mut new: Vec<NewWechatConsent> = Vec::new();
    for (index, answer) in answers.answers.iter().take(MOST_ANSWERS).enumerate() {
        let twice = new.iter().any(|new| new.template == answer.template_id);
        if twice || known.is_none_or(|known| known.id != answer.template_id) {
            faults.add(format!("answers.{index}.template_id"), Fault::TemplateUnknown);
        }
        let template = answer.template_id.clone();
        new.push(NewWechatConsent { id: app.id()?, template, answer: answer.answer.as_str() });
    }
    faults.finish()?;
    Ok(new)
}

/// What may be sent to the account with the templates of today.
async fn unused(app: &App, reader: &mut Reader, member: Uuid, account: &str) -> Outcome<Vec<UnusedConsents>> {
    let mut unused = Vec::new();
    for purpose in Purpose::ALL {
        let count = match template(app, purpose) {
            Some(template) => reader.unused_wechat_consents(member, account, purpose.as_str(), &template.id).await?,
            None => 0,
        };
        unused.push(UnusedConsents { purpose, count });
    }
    Ok(unused)
}

fn describe(line: &WechatConsent) -> Outcome<MessageConsent> {
    let unknown = || Failure::internal("a consent that the contract does not know");
    Ok(MessageConsent {
        id: line.id.to_string(),
        purpose: Purpose::from_text(&line.purpose).ok_or_else(unknown)?,
        template_id: line.template.clone(),
        answer: ConsentChoice::from_text(&line.answer).ok_or_else(unknown)?,
        at: Instant(line.at),
        used_at: line.used_at.map(Instant),
    })
}
