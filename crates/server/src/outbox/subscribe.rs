//! The same news as a subscribe message: in the few fields that the brand's template has.

use catalogue::Locale;
use catalogue::text::message as words;
use chrono::{DateTime, Utc};
use contract::Instant;
use contract::wechat::Purpose;
use screens::route::Route;
use storage::{ClaimedMessage, DueMessage, Transaction};

use super::{News, moment};
use crate::localize;
use crate::problem::Outcome;
use crate::state::App;
use crate::wechat::SubscribeMessage;
use crate::wechat::template::{self, Shows};

/// The page of the mini-program that shows a reservation. The address of what it shows is its parameter, as everywhere there.
const PAGE: &str = "reserve/reservation/reservation?path=";

/// The message as WeChat sends it, if she has accepted one that was not sent yet: with this that one is used up. `None` if there is none,
/// or no template, or if it is not about a reservation. Her row has to be locked.
pub async fn by_wechat(
    app: &App,
    tx: &mut Transaction,
    due: &DueMessage,
    message: &ClaimedMessage,
    locale: Locale,
    now: DateTime<Utc>,
) -> Outcome<Option<SubscribeMessage>> {
    let Some(template) = &app.settings.wechat.reservation else { return Ok(None) };
    let (Some(about), Some(state)) = (message.about, state_words(&message.purpose)) else { return Ok(None) };
    let Some(of) = tx.reservation(due.member, about).await? else { return Ok(None) };
    let purpose = Purpose::Reservation.as_str();
    let openid = tx.use_wechat_consent(due.member, due.id, purpose, &template.id, now).await?;
    let Some(openid) = openid else { return Ok(None) };

    let offer = of.offer.as_ref().filter(|_| message.purpose == News::EXCHANGE_OFFERED);
    let variant = offer.map_or(of.variant, |offer| offer.variant);
    let until = offer.map_or(of.progress.hold_until, |offer| offer.until);
    let (gift, place) = (tx.gift(of.gift).await?, tx.counter(of.counter).await?);
    let fields = template.fields.iter().map(|field| {
        let locale = if field.is_chinese() { Locale::ZhCn } else { locale };
        let gift = gift.as_ref();
        let value = match field.shows {
            Shows::Gift => {
                gift.and_then(|gift| gift.text(locale.tag())).map_or(words::some_gift(locale), |text| &text.name)
            }
            Shows::Variant => {
                let label = gift.and_then(|gift| gift.variant(variant)?.label(locale.tag()));
                label.unwrap_or(words::some_variant(locale))
            }
            Shows::Counter => {
                let text = place.as_ref().and_then(|place| place.text(locale.tag()));
                text.map_or(words::some_counter(locale), |text| &text.name)
            }
            Shows::State => state(locale),
            Shows::Until if field.is_moment() => {
                let offset = localize::utc_offset_minutes(&app.programme, until);
                return field.filled(&template::moment(Instant(until).at_offset(offset)));
            }
            Shows::Until => return field.filled(&moment(&app.programme, locale, until, now)),
        };
        field.filled(value)
    });
    let fields = fields.collect();
    let mut page = PAGE.to_owned();
    contract::gift::escape(&Route::reservation(&of.id.to_string()).path(), &mut page);
    let language = match locale {
        Locale::ZhCn => "zh_CN",
        Locale::En => "en_US",
    };
    Ok(Some(SubscribeMessage { openid, template: template.id.clone(), page, language, fields }))
}

/// What has become of it, in a few words.
fn state_words(purpose: &str) -> Option<fn(Locale) -> &'static str> {
    Some(match purpose {
        News::READY => words::state_ready,
        News::LATE => words::state_late,
        News::COLLECTED => words::state_collected,
        News::FAILED => words::state_failed,
        News::EXPIRED => words::state_expired,
        News::EXCHANGE_OFFERED => words::state_exchange_offered,
        News::PHONE_HOLD => words::state_phone_hold,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_piece_of_news_has_words_that_fit() {
        let all = [
            News::READY,
            News::LATE,
            News::COLLECTED,
            News::FAILED,
            News::EXPIRED,
            News::EXCHANGE_OFFERED,
            News::PHONE_HOLD,
        ];
        for purpose in all {
            let state = state_words(purpose).unwrap();
            // What a phrase and what a thing takes.
            assert!((1..=5).contains(&state(Locale::ZhCn).chars().count()), "{purpose}");
            assert!((1..=20).contains(&state(Locale::En).chars().count()), "{purpose}");
        }
        assert!(state_words("one-time-code").is_none());
    }
}
