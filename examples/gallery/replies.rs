//! Answers of the API that a member could get, made up.

use catalogue::Locale;
use screens::Reply;

use super::gifts;

/// An answer with this body.
pub fn answered(status: u16, body: String) -> Reply {
    Reply::Answered { status, body, etag: Some("\"1\"".to_owned()) }
}

/// `zh` or `en`, as the language says: what comes from the server is in hers already.
pub fn either<'a>(locale: Locale, zh: &'a str, en: &'a str) -> &'a str {
    match locale {
        Locale::ZhCn => zh,
        Locale::En => en,
    }
}

/// The good answer to a read of `path`, or the usual refusal of a write; `None` for what is never answered.
pub fn reply(locale: Locale, path: &str) -> Option<Reply> {
    let body = match path.split('?').next().unwrap_or_default() {
        "/me/overview" => return Some(overview(locale, "gold")),
        "/me/points" => ledger(locale),
        "/me/points/expiring" => lots(),
        "/me/tier" => trace(locale),
        "/me/card" => CARD.to_owned(),
        "/me/profile" => PROFILE.to_owned(),
        "/me/preferences" => PREFERENCES.to_owned(),
        "/session" => SESSION.to_owned(),
        "/programme" => programme(locale),
        "/auth/otp" => CODE_SENT.to_owned(),
        "/auth/otp/verify" => {
            let title = either(locale, "验证码不对", "That code is not right");
            let detail = either(locale, "还可以试 4 次。", "You have 4 tries left.");
            let body = format!(
                r#"{{"type":"about:blank","code":"code-wrong","title":"{title}","status":422,"detail":"{detail}"}}"#
            );
            return Some(answered(422, body));
        }
        _ => return gifts::reply(locale, path),
    };
    Some(answered(200, body))
}

fn tier_name(locale: Locale, tier: &str) -> String {
    let name = match tier {
        "pearl" => either(locale, "珍珠卡", "Pearl"),
        "rose" => either(locale, "玫瑰卡", "Rose"),
        "gold" => either(locale, "金卡", "Gold"),
        _ => either(locale, "铂金卡", "Platinum"),
    };
    format!(r#"{{"id":"{tier}","name":"{name}"}}"#)
}

fn money(amount: i64) -> String {
    format!(r#"{{"amount":{amount},"currency":"CNY"}}"#)
}

fn tier(locale: Locale, tier: &str) -> String {
    let (next, threshold, spent, keep) = match tier {
        "pearl" => (Some("rose"), 20_000, 12_950, None),
        "rose" => (Some("gold"), 60_000, 48_000, Some(0)),
        "gold" => (Some("platinum"), 150_000, 93_800, Some(2_600)),
        _ => (None, 0, 212_300, Some(0)),
    };
    let next_name = next.map_or("null".to_owned(), |next| tier_name(locale, next));
    let of_next = |text: String| if next.is_some() { text } else { "null".to_owned() };
    let (to_keep, to_keep_by) = keep.map_or(("null".to_owned(), "null"), |amount| (money(amount), "\"2027-06-30\""));
    format!(
        r#""current":{},"valid_until":"2027-06-30","spent":{},"next":{next_name},"threshold":{},"to_next":{},"to_next_by":{},
        "to_keep":{to_keep},"to_keep_by":{to_keep_by},"window":{{"from":"2025-11-23","to":"2026-11-22"}}"#,
        tier_name(locale, tier),
        money(spent),
        of_next(money(threshold)),
        of_next(money(threshold - spent)),
        of_next("\"2027-03-31\"".to_owned()),
    )
}

/// Her overview, in a tier; `new` for a member of today.
pub fn overview(locale: Locale, of: &str) -> Reply {
    let name = either(locale, "林知夏", "Zhixia Lin");
    let new = of == "new";
    let in_tier = if new { "pearl" } else { of };
    let (available, held, pending) = if new { (0, 0, 0) } else { (1240, 300, 86) };
    let expiring = if new {
        ""
    } else {
        r#"{"points":220,"on":"2026-12-31","notified":{"at":"2026-11-01T02:00:00Z","channel":"sms"}},
        {"points":460,"on":"2027-03-31","notified":null},{"points":140,"on":"2027-04-30","notified":null},
        {"points":640,"on":"2027-06-30","notified":null},{"points":30,"on":"2027-09-30","notified":null},
        {"points":50,"on":"2028-11-30","notified":null}"#
    };
    let more = if new { r#""reservations":[],"gifts":[]"#.to_owned() } else { gifts::on_home(locale) };
    answered(
        200,
        format!(
            r#"{{"member":{{"id":"1","name":"{name}","joined_on":"2025-02-14","card":{{"number":"880122310047"}}}},
            "status_sentence":{{"name":"{name}","active_until":"2027-06-30"}},"tier":{{{}}},
            "points":{{"available":{available},"held":{held},"pending":{pending}}},"expiring":[{expiring}],{more},"as_of":"2026-11-22T01:41:00Z"}}"#,
            tier(locale, in_tier),
        ),
    )
}

fn ledger(locale: Locale) -> String {
    let entry = |id: u32, kind: &str, points: i64, on: &str, after: &str, cause: &str, label: &str| {
        let state = if after == "null" { "pending" } else { "posted" };
        format!(
            r#"{{"id":"{id}","kind":"{kind}","points":{points},"state":"{state}","at":"2026-11-20T03:00:00Z","on":"{on}",
            "balance_after":{after},"cause":{{"kind":"{cause}","id":"c{id}","label":"{label}"}}}}"#
        )
    };
    let entries = [
        entry(1, "earned", 86, "2026-11-27", "null", "purchase", "R-20261120-0047"),
        entry(
            6,
            "spent",
            -120,
            "2026-11-02",
            "1540",
            "reservation",
            either(locale, "晨雾护手霜", "Morning Mist Hand Cream"),
        ),
        entry(2, "reversed", -42, "2026-10-08", "1660", "refund", "R-20260930-0112"),
        entry(3, "earned", 310, "2026-10-07", "1702", "purchase", "R-20260930-0112"),
        entry(4, "earned", 1024, "2026-06-18", "1392", "purchase", "R-20260611-0008"),
        entry(5, "adjusted", 20, "2026-04-02", "368", "adjustment", "2026-04"),
    ];
    format!(r#"{{"items":[{}],"next":"bmV4dA"}}"#, entries.join(","))
}

fn lots() -> String {
    let lot = |points: u32, on: &str, earned: &str, told: bool, held: u32| {
        let told = if told { r#"{"at":"2026-11-01T02:00:00Z","channel":"sms"}"# } else { "null" };
        format!(r#"{{"points":{points},"on":"{on}","earned_on":"{earned}","notified":{told},"held":{held}}}"#)
    };
    let lots = [
        lot(120, "2026-12-31", "2024-12-03", true, 0),
        lot(100, "2026-12-31", "2024-12-24", true, 100),
        lot(460, "2027-03-31", "2025-03-08", false, 200),
        lot(140, "2027-04-30", "2025-04-18", false, 0),
        lot(640, "2027-06-30", "2025-06-18", false, 0),
        lot(30, "2027-09-30", "2025-09-09", false, 0),
        lot(20, "2028-06-30", "2026-06-18", false, 0),
        lot(50, "2028-11-30", "2026-11-11", false, 0),
    ];
    format!(r#"{{"items":[{}],"next":null,"as_of":"2026-11-22T01:41:00Z"}}"#, lots.join(","))
}

fn clause(locale: Locale) -> String {
    let title = either(locale, "等级看哪些消费", "Which purchases count towards a tier");
    let text = either(
        locale,
        "等级按最近 12 个月内已付且未退款的消费合计计算。达到门槛当日升级，有效期至 12 个月后的月末。",
        "A tier follows from what you paid, less refunds, in the last 12 months. You step up on the day you reach the threshold, and it is yours to the end of the month 12 months later.",
    );
    format!(r#"{{"id":"tier-window","version":"3","since":"2026-01-01","title":"{title}","text":"{text}"}}"#)
}

fn trace(locale: Locale) -> String {
    let purchase = |id: u32, on: &str, amount: i64, counted: i64, until: &str| {
        format!(
            r#"{{"id":"{id}","receipt_no":"R-{id}","at":"{on}T03:00:00Z","on":"{on}","amount":{},"counted":{},"counts_until":"{until}"}}"#,
            money(amount),
            money(counted)
        )
    };
    let change = |on: &str, tier: &str, reason: &str, spent: String| {
        format!(r#"{{"on":"{on}","tier":{},"reason":"{reason}","spent":{spent}}}"#, tier_name(locale, tier))
    };
    let what_if = |spend: i64, by: &str, becomes: &str, keeps: bool| {
        format!(r#"{{"spend":{},"by":"{by}","becomes":{},"keeps":{keeps}}}"#, money(spend), tier_name(locale, becomes))
    };
    format!(
        r#"{{{},"purchases":[{}],"clause":{},"history":[{}],"what_if":[{}],"as_of":"2026-11-22T01:41:00Z"}}"#,
        tier(locale, "gold"),
        [
            purchase(20_261_120, "2026-11-20", 6_880, 6_880, "2027-11-19"),
            purchase(20_260_930, "2026-09-30", 30_920, 27_560, "2027-09-29"),
            purchase(20_260_611, "2026-06-11", 59_360, 59_360, "2027-06-10"),
        ]
        .join(","),
        clause(locale),
        [
            change("2026-06-11", "gold", "reached", money(72_000)),
            change("2025-08-03", "rose", "reached", money(24_600)),
            change("2025-02-14", "pearl", "joined", "null".to_owned()),
        ]
        .join(","),
        [what_if(56_200, "2027-03-31", "platinum", false), what_if(2_600, "2027-06-30", "gold", true)].join(","),
    )
}

fn programme(locale: Locale) -> String {
    let benefit = either(locale, "生日当月到柜，领取一份护肤小样", "A skincare miniature in your birthday month");
    let tier = |id: &str, threshold: i64, keep: i64, percent: u32| {
        let named = tier_name(locale, id);
        format!(
            r#"{},"threshold":{},"keep":{},"multiplier_percent":{percent},"benefits":["{benefit}"]}}"#,
            named.trim_end_matches('}'),
            money(threshold),
            money(keep)
        )
    };
    let consent = |id: &str, required: bool, title: &str, text: &str| {
        format!(r#"{{"id":"{id}","version":"1","required":{required},"title":"{title}","text":"{text}"}}"#)
    };
    let summary = either(
        locale,
        "每一笔消费都算数，每一份积分都有清楚的到期日。",
        "Every purchase counts, and every point carries its date.",
    );
    let terms = either(locale, "会员章程", "Terms of membership");
    let terms_text = either(
        locale,
        "我已阅读会员章程，了解积分与等级的规则。",
        "I have read the terms and the rules of points and tiers.",
    );
    let sms = either(locale, "短信告知新品与活动", "News by text message");
    let sms_text = either(locale, "每月不超过两条，可随时一键退订。", "At most two a month; one tap ends it.");
    format!(
        r#"{{"brand":"{}","summary":"{summary}","time_zone":"Asia/Shanghai","currency":"CNY","today":"2026-11-22","tiers":[{}],
        "earning":{{"points":1,"per":{},"pending_days":7}},"expiry":{{"months":24,"end_of_month":true,"notice_days":30}},
        "tier_window":{{"kind":"rolling","months":12,"term_months":12,"grace_days":30}},"clauses":[{}],"consents":[{}],
        "as_of":"2026-11-22T01:41:00Z"}}"#,
        either(locale, "晨露", "Dewlight"),
        [
            tier("pearl", 0, 0, 100),
            tier("rose", 20_000, 15_000, 110),
            tier("gold", 60_000, 45_000, 125),
            tier("platinum", 150_000, 120_000, 150),
        ]
        .join(","),
        money(100),
        clause(locale),
        [consent("terms", true, terms, terms_text), consent("marketing-sms", false, sms, sms_text)].join(","),
    )
}

const CARD: &str =
    r#"{"number":"880122310047","token":"88012231004748210635","valid_for":60,"as_of":"2026-11-22T01:41:00Z"}"#;
/// Her profile.
pub const PROFILE: &str = r#"{"name":"林知夏","phone":"+86 138****0001","email":"zhixia@example.com","birthday":"1992-04-18","skin_type":"dry","home_counter":"k1","address":null}"#;
const PREFERENCES: &str = r#"{"language":"zh-CN","channels":{"sms":true,"email":false,"wechat":true},"topics":{"gifts":true,"campaigns":false,"surveys":true},"quiet_hours":{"from":"22:00","to":"08:00"}}"#;
const SESSION: &str = r#"{"phone":"+86 138****0001","member":{"id":"1","name":"林知夏","joined_on":"2025-02-14","card":{"number":"880122310047"}},"expires_at":"2026-12-22T01:41:00Z"}"#;
const CODE_SENT: &str = r#"{"challenge_id":"1","expires_at":"2026-11-22T01:46:00Z","resend_after":60}"#;
