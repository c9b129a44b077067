//! The dates on which points expire, as bars and in a sentence: on the home page and on that of the points.

use catalogue::text::{home as words, notice};
use contract::Date;
use contract::points::{Expiring, Notified};

use crate::env::Env;
use crate::format;
use crate::view::{Bar, Stressed};

/// The first `at_most` dates as bars.
pub(crate) fn bars(expiring: &[Expiring], at_most: usize, env: &Env) -> Vec<Bar> {
    let dated = || expiring.iter().filter_map(|batch| Some((batch.on?, batch.points))).take(at_most);
    let highest = dated().map(|(_, points)| points).max().unwrap_or_default().max(1);
    dated()
        .enumerate()
        .map(|(index, (on, points))| {
            let height = points.max(0).saturating_mul(100) / highest;
            Bar {
                label: format::axis(env, on),
                // A batch of few points beside one of many is still a batch: it never vanishes.
                height: u8::try_from(height.clamp(3, 100)).unwrap_or(100),
                next: index == 0,
                described: words::bar(env.locale, points, &format::date(env.locale, on), &format::number(points)),
            }
        })
        .collect()
}

/// What expires next and whether she was told: `220 分将于12月31日到期，已于11月1日短信通知您。`
pub(crate) fn next(points: i64, on: Date, notified: Option<&Notified>, env: &Env) -> Stressed {
    let date = format::short_date(env, on);
    let strong = words::expiry_next(env.locale, points, &date, &format::number(points));
    let told = told(notified, env);
    let after = match notified {
        Some(_) => words::expiry_told(env.locale, &told),
        None => words::expiry_untold(env.locale, &told),
    };
    Stressed { before: String::new(), strong, after }
}

/// Whether and how she was told, or that she will be: `已于11月1日短信通知您`.
pub(crate) fn told(notified: Option<&Notified>, env: &Env) -> String {
    let Some(Notified { at, channel }) = notified else { return notice::to_come(env.locale).to_owned() };
    let on = format::day_of(env, *at);
    match channel.as_str() {
        "sms" => notice::by_sms(env.locale, &on),
        "email" => notice::by_email(env.locale, &on),
        "wechat" => notice::by_wechat(env.locale, &on),
        _ => notice::by_portal(env.locale, &on),
    }
}
