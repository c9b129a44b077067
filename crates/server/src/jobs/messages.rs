//! Messages leave the house: after the commit of what they are about, each claimed before it is sent.
//!
//! A message that was sent is sent once. Only a server that dies after the gateway took a message and before that was written
//! down makes it go out twice; the other order would lose it.
//!
//! Who has accepted a WeChat message gets one instead of a text message. Its consent is used up in the transaction that claims the
//! message, whatever becomes of it: WeChat does not say what is left, and to think too little of her consents is better than too
//! much. What WeChat does not take goes out as a text message at once, because to be told is what matters to her.

use catalogue::Locale;
use chrono::{DateTime, TimeDelta, Utc};
use storage::DueMessage;

use super::{BATCH, Failed, Lease, is_last};
use crate::gateway::{Message, NotSent};
use crate::outbox::{SMS, WECHAT, after_quiet_hours, by_wechat, quiet_by_default};
use crate::problem::Outcome;
use crate::state::App;

/// The pause after the first failed try doubles with each further one, up to the longest. Far longer than a gateway takes
/// to answer, so that nobody sends what somebody else is still sending.
const FIRST_PAUSE: TimeDelta = TimeDelta::minutes(1);
const LONGEST_PAUSE: TimeDelta = TimeDelta::hours(1);
/// After so many messages in a row that a gateway did not take it is left alone until the next run.
const GIVE_UP_AFTER: u32 = 3;

pub(super) async fn run(lease: &mut Lease<'_>) -> Result<(), Failed> {
    let app = lease.app;
    let (mut after, mut failures, mut wechat_failures) = (None, 0, 0);
    loop {
        let page = app.database.read().await?.due_messages(app.now(), after, BATCH).await?;
        for message in &page {
            if failures >= GIVE_UP_AFTER || !lease.keep().await? {
                return Ok(());
            }
            match send(app, message, &mut wechat_failures).await {
                Ok(Some(Ok(()))) => failures = 0,
                Ok(Some(Err(error))) => {
                    failures += 1;
                    tracing::warn!(%error, attempts = message.attempts + 1, "a message was not sent");
                }
                Ok(None) => {}
                Err(error) => tracing::error!(%error, message = %message.id, "a message could not be looked after"),
            }
        }
        if is_last(&page) {
            return Ok(());
        }
        after = page.last().copied();
    }
}

/// What the gateway said; `None` if it was not asked.
async fn send(app: &App, due: &DueMessage, wechat_failures: &mut u32) -> Outcome<Option<Result<(), NotSent>>> {
    let now = app.now();
    let mut tx = app.database.begin().await?;
    // Her row is the lock of her consents, and comes before her messages wherever both are taken.
    tx.lock_member(due.member).await?;
    // As she has set them now: what was written by day may be due by night, because the gateway was out of order or nobody was
    // there to send it.
    let (language, quiet) = match tx.preferences(due.member).await? {
        Some(found) => (Locale::from_tag(&found.value.language), found.value.quiet_hours),
        None => (None, quiet_by_default()),
    };
    let awake = after_quiet_hours(&app.programme, quiet.as_ref(), now);
    if awake > now {
        tx.put_off_message(due, now, awake).await?;
        tx.commit().await?;
        return Ok(None);
    }
    let claimed = tx.claim_message(due, now, next_try(now, due.attempts)).await?;
    let Some(claimed) = claimed else {
        tx.commit().await?;
        return Ok(None);
    };
    let by_wechat = match *wechat_failures < GIVE_UP_AFTER {
        true => by_wechat(app, &mut tx, due, &claimed, language.unwrap_or_default(), now).await?,
        false => None,
    };
    tx.commit().await?;

    if let Some(message) = by_wechat {
        match app.wechat.send_subscribe_message(&message).await {
            Ok(()) => {
                *wechat_failures = 0;
                let mut tx = app.database.begin().await?;
                tx.message_sent(due, WECHAT, app.now()).await?;
                tx.commit().await?;
                return Ok(Some(Ok(())));
            }
            Err(error) => {
                *wechat_failures += 1;
                tracing::warn!(%error, "a message was not sent by WeChat");
            }
        }
    }
    if claimed.phone.is_empty() {
        // Says nothing about the gateway. Perhaps a counter enters her number before it is out of date.
        let mut tx = app.database.begin().await?;
        tx.message_failed(due, "nobody knows her number").await?;
        tx.commit().await?;
        return Ok(None);
    }
    let message = Message { phone: claimed.phone, text: claimed.text, purpose: claimed.purpose, code: None };
    let sent = app.gateway.send(message).await;
    let mut tx = app.database.begin().await?;
    match &sent {
        Ok(()) => tx.message_sent(due, SMS, app.now()).await?,
        Err(error) => tx.message_failed(due, &error.to_string()).await?,
    }
    tx.commit().await?;
    Ok(Some(sent))
}

fn next_try(now: DateTime<Utc>, attempts: i64) -> DateTime<Utc> {
    let doublings = u32::try_from(attempts.clamp(0, 10)).unwrap_or_default();
    now + (FIRST_PAUSE * 2_i32.pow(doublings)).min(LONGEST_PAUSE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_up_to_an_hour() {
        let minutes = |attempts| (next_try(DateTime::UNIX_EPOCH, attempts) - DateTime::UNIX_EPOCH).num_minutes();
        assert_eq!([0, 1, 2, 5, 6, 1_000].map(minutes), [1, 2, 4, 32, 60, 60]);
    }
}
