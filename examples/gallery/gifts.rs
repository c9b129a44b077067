//! Answers about gifts, reservations and the pass, made up.

use catalogue::Locale;
use screens::Reply;

use super::replies::{answered, either};

const AS_OF: &str = "2026-11-22T01:41:00Z";

/// Key, names, points, variants by their index, and where it is to be had.
type Kind = (&'static str, &'static str, &'static str, u32, &'static [usize], u32);

const GIFTS: [Kind; 7] = [
    ("lip-balm", "暮色润唇膏", "Dusk Lip Balm", 80, &[4, 5], 9),
    ("hand-cream", "晨雾护手霜", "Morning Mist Hand Cream", 120, &[4, 3], 0),
    ("cleansing-foam", "云朵洁面泡沫旅行装", "Cloud Cleansing Foam, Travel Size", 160, &[0, 1], 6),
    ("sun-milk", "晴日防晒乳", "Clear Day Sun Milk", 260, &[0, 1, 2], 4),
    ("travel-duo", "清润水乳旅行套装", "Clear Dew Travel Duo", 300, &[0, 1], 5),
    ("candle", "山谷香氛蜡烛", "Valley Candle", 680, &[3, 2], 2),
    ("face-cream", "月光凝润面霜", "Moonlight Face Cream", 1600, &[1], 1),
];

/// Label in both languages, skin types, colour.
const VARIANTS: [(&str, &str, &str, &str); 6] = [
    ("清爽型", "Fresh", r#""oily","combination""#, "blue"),
    ("滋润型", "Rich", r#""dry","normal""#, "amber"),
    ("舒缓型", "Soothing", r#""sensitive""#, "green"),
    ("暮紫", "Dusk violet", "", "violet"),
    ("豆沙色", "Rosewood", "", "rose"),
    ("无色", "Clear", "", "blue"),
];

/// Names, cities, addresses, hours.
const COUNTERS: [(&str, &str, &str, &str, &str, &str, &str); 5] = [
    (
        "北京东望专柜",
        "Beijing Dongwang",
        "北京",
        "Beijing",
        "东城区东望街 9 号 东望荟 1 层",
        "1F Dongwang House, 9 Dongwang Street",
        "10:00–22:00",
    ),
    (
        "上海栖霞里专柜",
        "Shanghai Qixia Lane",
        "上海",
        "Shanghai",
        "黄浦区栖霞里 18 号 听澜百货 1 层",
        "1F Tinglan Department Store, 18 Qixia Lane",
        "10:00–22:00",
    ),
    (
        "上海浦东云汀专柜",
        "Shanghai Yunting Pudong",
        "上海",
        "Shanghai",
        "浦东新区云汀路 206 号 云汀中心 1 层",
        "1F Yunting Centre, 206 Yunting Road",
        "10:00–21:30",
    ),
    (
        "苏州桂花巷专柜",
        "Suzhou Osmanthus Alley",
        "苏州",
        "Suzhou",
        "姑苏区桂花巷 32 号 枕河荟 1 层",
        "1F Zhenhe House, 32 Guihua Alley",
        "10:00–21:30",
    ),
    (
        "杭州柳浪桥专柜",
        "Hangzhou Liulang Bridge",
        "杭州",
        "Hangzhou",
        "上城区柳浪桥路 77 号 湖畔百货 1 层",
        "1F Lakeside Store, 77 Liulang Bridge Road",
        "10:00–22:00",
    ),
];

/// Free units of the first and of the second variant, counter by counter.
const FREE: [[u32; 2]; 5] = [[2, 2], [1, 3], [0, 1], [3, 0], [6, 2]];

pub fn counter(locale: Locale, index: usize, distance: Option<&str>) -> String {
    let (zh, en, city_zh, city_en, zh_address, en_address, hours) = COUNTERS[index];
    let distance = distance.map(|km| [",\"distance_km\":", km].concat()).unwrap_or_default();
    format!(
        r#"{{"id":"k{index}","name":"{}","city":"{}","address":"{}","hours":"{hours}","position":{{"lat":31.2304,"lng":121.4737}}{distance}}}"#,
        either(locale, zh, en),
        either(locale, city_zh, city_en),
        either(locale, zh_address, en_address)
    )
}

/// Every counter, as `GET /counters` gives them.
pub fn counters(locale: Locale) -> String {
    let all: Vec<String> = (0..COUNTERS.len()).map(|index| counter(locale, index, None)).collect();
    format!(r#"{{"items":[{}],"next":null}}"#, all.join(","))
}

fn variant(locale: Locale, index: usize) -> String {
    let (zh, en, skin_types, colour) = VARIANTS[index];
    format!(
        r#"{{"id":"v{index}","label":"{}","skin_types":[{skin_types}],"barcode":"2107590790378","colour":"{colour}"}}"#,
        either(locale, zh, en)
    )
}

fn gift(locale: Locale, kind: &Kind, more: &str) -> String {
    let (key, zh, en, points, variants, counters) = kind;
    let variants: Vec<String> = variants.iter().map(|index| variant(locale, *index)).collect();
    let dear = *points > 1240;
    let (min_tier, tier_reached) = match dear {
        true => (format!(r#"{{"id":"platinum","name":"{}"}}"#, either(locale, "铂金卡", "Platinum")), false),
        false => ("null".to_owned(), true),
    };
    let (limit, left) = if *key == "travel-duo" { ("2", "1") } else { ("null", "null") };
    let description = either(
        locale,
        "一水一乳，刚好一周的量。去哪里，肌肤都有熟悉的日常。",
        "A lotion and an emulsion for a week away, so that skin keeps its habits wherever you go.",
    );
    format!(
        r#"{{"id":"{key}","name":"{}","description":"{description}","points":{points},"min_tier":{min_tier},"picture":"/brand/gifts/{key}.svg",
        "limit":{limit},"variants":[{}],"stock":{{"counters":{counters},"as_of":"{AS_OF}","held_for_you":false}},
        "for_you":{{"available":1240,"missing":{},"tier_reached":{tier_reached},"left":{left}}}{more},"as_of":"{AS_OF}"}}"#,
        either(locale, zh, en),
        variants.join(","),
        points.saturating_sub(1240)
    )
}

/// Every gift, the cheapest first.
pub fn gifts(locale: Locale) -> String {
    let all: Vec<String> = GIFTS.iter().map(|kind| gift(locale, kind, "")).collect();
    format!(r#"{{"items":[{}],"next":null}}"#, all.join(","))
}

/// One gift, with every counter; in the order of their distance if `near`.
pub fn one_gift(locale: Locale, key: &str, near: bool) -> String {
    let kind = GIFTS.iter().find(|kind| kind.0 == key).unwrap_or(&GIFTS[4]);
    let order: [(usize, Option<&str>); 5] = match near {
        true => [(2, Some("0.8")), (1, Some("5.4")), (3, Some("84.1")), (4, Some("164.0")), (0, Some("1067.0"))],
        false => [(0, None), (1, None), (2, None), (3, None), (4, None)],
    };
    let rows: Vec<String> = order
        .iter()
        .map(|(index, distance)| {
            let stock: Vec<String> = kind
                .4
                .iter()
                .zip(FREE[*index])
                .map(|(id, free)| {
                    format!(r#"{{"variant_id":"v{id}","free":{free},"as_of":"{AS_OF}","held_for_you":false}}"#)
                })
                .collect();
            format!(r#"{{"counter":{},"stock":[{}]}}"#, counter(locale, *index, *distance), stock.join(","))
        })
        .collect();
    let terms = format!(
        r#""terms":{{"points":{},"ready_by":"2026-11-23T10:00:00Z","hold_until":"2026-11-27T12:00:00Z"}}"#,
        kind.3
    );
    gift(locale, kind, &format!(r#","counters":[{}],{terms}"#, rows.join(",")))
}

/// A reservation: its id, state, whether it is late, what may be done, its history beyond the first event, and an exchange.
pub struct Told {
    pub id: &'static str,
    pub state: &'static str,
    pub late: bool,
    pub actions: &'static str,
    pub history: &'static str,
    pub exchange: bool,
}

pub const HELD: Told = Told {
    id: "held",
    state: "held",
    late: false,
    actions: r#""cancel","extend","move""#,
    history: "",
    exchange: false,
};
pub const LATE: Told = Told {
    id: "late",
    late: true,
    history: r#",{"at":"2026-11-22T01:30:00Z","what":"late","by":"clock","name":null,"note":null}"#,
    ..HELD
};
pub const READY: Told = Told {
    id: "ready",
    state: "ready",
    late: false,
    actions: r#""cancel","extend","move","pass""#,
    history: r#",{"at":"2026-11-21T02:12:00Z","what":"ready","by":"staff","name":"NAME","note":null}"#,
    exchange: false,
};
pub const OFFERED: Told = Told {
    id: "offered",
    actions: r#""cancel","pass","answer_exchange""#,
    history: r#",{"at":"2026-11-21T02:12:00Z","what":"ready","by":"staff","name":"NAME","note":null},{"at":"2026-11-22T01:40:00Z","what":"exchange_offered","by":"staff","name":"NAME","note":"VARIANT"}"#,
    exchange: true,
    ..READY
};
pub const COLLECTED: Told = Told {
    id: "collected",
    state: "collected",
    actions: "",
    history: r#",{"at":"2026-11-21T02:12:00Z","what":"ready","by":"staff","name":"NAME","note":null},{"at":"2026-11-22T01:30:00Z","what":"collected","by":"staff","name":"NAME","note":null}"#,
    ..HELD
};
pub const CANCELLED: Told = Told {
    id: "cancelled",
    state: "cancelled",
    actions: "",
    history: r#",{"at":"2026-11-21T12:30:00Z","what":"cancelled","by":"member","name":null,"note":null}"#,
    ..HELD
};
pub const EXPIRED: Told = Told {
    id: "expired",
    state: "expired",
    actions: "",
    history: r#",{"at":"2026-11-21T02:12:00Z","what":"ready","by":"staff","name":"NAME","note":null},{"at":"2026-11-21T12:00:00Z","what":"expired","by":"clock","name":null,"note":null}"#,
    ..HELD
};
pub const FAILED: Told = Told {
    id: "failed",
    state: "failed",
    actions: "",
    history: r#",{"at":"2026-11-22T01:10:00Z","what":"failed","by":"staff","name":"NAME","note":"REASON"}"#,
    ..HELD
};

/// A reservation as the server tells of it.
pub fn reservation(locale: Locale, told: &Told) -> String {
    let Told { id, state, late, actions, history, exchange } = told;
    let history = history
        .replace("NAME", either(locale, "李娜", "Li Na"))
        .replace("VARIANT", either(locale, "滋润型", "Rich"))
        .replace("REASON", either(locale, "外盒在运输中破损", "The box was damaged on its way"));
    let exchange = match exchange {
        true => format!(
            r#"{{"variant":{},"by":"{}","until":"2026-11-22T01:55:00Z"}}"#,
            variant(locale, 1),
            either(locale, "李娜", "Li Na")
        ),
        false => "null".to_owned(),
    };
    let held = if matches!(*state, "held" | "ready" | "collected") { 300 } else { 0 };
    let (ready_by, hold_until) = match (*late, *state) {
        (true, _) => ("2026-11-22T01:30:00Z", "2026-11-26T12:00:00Z"),
        (_, "expired") => ("2026-11-18T10:00:00Z", "2026-11-21T12:00:00Z"),
        _ => ("2026-11-23T10:00:00Z", "2026-11-27T12:00:00Z"),
    };
    format!(
        r#"{{"id":"{id}","state":"{state}","late":{late},"gift":{{"id":"travel-duo","name":"{}","picture":"/brand/gifts/travel-duo.svg"}},
        "variant":{},"counter":{},"points_held":{held},"points":300,"hold_until":"{hold_until}","ready_by":"{ready_by}",
        "made_at":"2026-11-20T06:21:00Z","exchange":{exchange},
        "history":[{{"at":"2026-11-20T06:21:00Z","what":"held","by":"member","name":null,"note":null}}{history}],
        "actions":[{actions}],"as_of":"{AS_OF}"}}"#,
        either(locale, GIFTS[4].1, GIFTS[4].2),
        variant(locale, 0),
        counter(locale, 1, None)
    )
}

fn of_id(id: &str) -> &'static Told {
    [&HELD, &LATE, &READY, &OFFERED, &COLLECTED, &CANCELLED, &EXPIRED, &FAILED]
        .into_iter()
        .find(|told| told.id == id)
        .unwrap_or(&HELD)
}

/// Her reservations, open ones first.
pub fn reservations(locale: Locale) -> String {
    let all: Vec<String> = [&READY, &LATE, &HELD, &COLLECTED, &FAILED, &EXPIRED, &CANCELLED]
        .into_iter()
        .map(|told| reservation(locale, told))
        .collect();
    format!(r#"{{"items":[{}],"next":"bmV4dA"}}"#, all.join(","))
}

/// The green pass.
pub fn pass(locale: Locale) -> String {
    format!(
        r#"{{"reservation_id":"ready","code":"K7Q4MP2XD","qr":"SY1.K7Q4MP2XD.h9kQ2mZs0Vb7w1tYfXo3ac5LnRpE8uDiJgTsKyMvBqA","gift":{{"id":"travel-duo",
        "name":"{}","picture":"/brand/gifts/travel-duo.svg"}},"variant":{},"counter":{},"ready_at":"2026-11-21T02:12:00Z",
        "hold_until":"2026-11-27T12:00:00Z","as_of":"{AS_OF}"}}"#,
        either(locale, GIFTS[4].1, GIFTS[4].2),
        variant(locale, 0),
        counter(locale, 1, None)
    )
}

/// What home says of them.
pub fn on_home(locale: Locale) -> String {
    let open = |id: &str, state: &str, gift: usize, counter: usize| {
        format!(
            r#"{{"id":"{id}","state":"{state}","late":false,"gift":"{}","counter":"{}","hold_until":"2026-11-27T12:00:00Z","ready_by":"2026-11-23T10:00:00Z"}}"#,
            either(locale, GIFTS[gift].1, GIFTS[gift].2),
            either(locale, COUNTERS[counter].0, COUNTERS[counter].1)
        )
    };
    let suggested: Vec<String> = [5, 4, 3]
        .into_iter()
        .map(|index| {
            let (key, zh, en, points, ..) = GIFTS[index];
            format!(
                r#"{{"id":"{key}","name":"{}","points":{points},"picture":"/brand/gifts/{key}.svg"}}"#,
                either(locale, zh, en)
            )
        })
        .collect();
    format!(
        r#""reservations":[{},{}],"gifts":[{}]"#,
        open("held", "held", 3, 2),
        open("ready", "ready", 4, 1),
        suggested.join(",")
    )
}

/// The good answer to a read of `path`; `None` for other paths.
pub fn reply(locale: Locale, path: &str) -> Option<Reply> {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let body = match path {
        "/gifts" => gifts(locale),
        "/counters" => counters(locale),
        "/reservations" => reservations(locale),
        "/pocket" => return None,
        _ => {
            if let Some(key) = path.strip_prefix("/gifts/") {
                one_gift(locale, key, query.starts_with("near="))
            } else if path.ends_with("/pass") {
                pass(locale)
            } else {
                reservation(locale, of_id(path.strip_prefix("/reservations/")?))
            }
        }
    };
    Some(answered(200, body))
}

/// A refusal as the server words it, with what belongs to its code.
pub fn refused(locale: Locale, code: &str, status: u16, more: &str) -> Reply {
    let title = either(locale, "现在办不了", "That can't be done now");
    let detail = either(locale, "请看看它现在的状态。", "Please see how it stands now.");
    let body = format!(
        r#"{{"type":"about:blank","code":"{code}","title":"{title}","status":{status},"detail":"{detail}"{more}}}"#
    );
    answered(status, body)
}

/// The last one has gone; two others have it.
pub fn out_of_stock(locale: Locale) -> Reply {
    let near = |index: usize, km: &str, free: u32| {
        format!(
            r#"{{"counter":{},"distance_km":{km},"free":{free},"as_of":"{AS_OF}","held_for_you":false}}"#,
            counter(locale, index, None)
        )
    };
    let more = format!(r#","nearest":[{},{}]"#, near(3, "84.3", 3), near(4, "164.2", 6));
    refused(locale, "out-of-stock", 409, &more)
}
