//! Answers as a server of the staff's world gives them, made up: a morning at a counter.

use catalogue::Locale;
use screens::Reply;

/// In either language.
const WORDS: &[(&str, &str, &str)] = &[
    ("STAFF", "沈知夏", "Shen Zhixia"),
    ("OTHER", "顾言", "Gu Yan"),
    ("HERE", "栖霞里专柜", "Qixia Lane"),
    ("THERE", "湖滨专柜", "Lakeside"),
    ("CITY", "上海", "Shanghai"),
    ("TOWN", "杭州", "Hangzhou"),
    ("ADDRESS", "栖霞里 18 号一层", "18 Qixia Lane, ground floor"),
    ("FIRST", "林*", "L*"),
    ("SECOND", "欧阳*", "O*"),
    ("MASKS", "山茶花贴片面膜", "Camellia Sheet Masks"),
    ("CREAM", "晨雾护手霜", "Morning Mist Hand Cream"),
    ("TRIO", "晨露精华三件组", "Morning Dew Essence Trio"),
    ("CLEAR", "清透型", "Clarifying"),
    ("RICH", "滋养型", "Nourishing"),
    ("SOOTHE", "舒缓型", "Soothing"),
    ("TEA", "白茶", "White tea"),
    ("ROSE", "玫瑰", "Rose"),
    ("REASON", "外盒有水渍", "The box has water stains"),
];

fn localised(text: &str, locale: Locale) -> String {
    WORDS.iter().fold(text.to_owned(), |text, (key, zh, en)| {
        text.replace(&["$", key, "$"].concat(), if locale == Locale::ZhCn { zh } else { en })
    })
}

fn ok(text: &str, locale: Locale) -> Reply {
    Reply::Answered { status: 200, body: localised(text, locale), etag: None }
}

const HERE: &str = r#"{"id":"k1","name":"$HERE$","city":"$CITY$","address":"$ADDRESS$","hours":"10:00–22:00","position":{"lat":31.22,"lng":121.46}}"#;
const THERE: &str = r#"{"id":"k2","name":"$THERE$","city":"$TOWN$","address":"$ADDRESS$","hours":"10:00–21:30","position":{"lat":30.25,"lng":120.16}}"#;

const CLEAR: &str =
    r#"{"id":"v1","label":"$CLEAR$","skin_types":["oily","combination"],"barcode":"2107370472319","colour":"blue"}"#;
const RICH: &str =
    r#"{"id":"v2","label":"$RICH$","skin_types":["dry","normal"],"barcode":"2107370891615","colour":"amber"}"#;
const SOOTHE: &str =
    r#"{"id":"v3","label":"$SOOTHE$","skin_types":["sensitive"],"barcode":"2107371310917","colour":"green"}"#;
const TEA: &str = r#"{"id":"v4","label":"$TEA$","skin_types":[],"barcode":"2107110578332","colour":"green"}"#;
const ROSE: &str = r#"{"id":"v5","label":"$ROSE$","skin_types":[],"barcode":"2107110997638","colour":"rose"}"#;

const MASKS: &str = r#"{"id":"g1","name":"$MASKS$","picture":"/brand/gifts/sheet-masks.svg"}"#;
const CREAM: &str = r#"{"id":"g2","name":"$CREAM$","picture":"/brand/gifts/hand-cream.svg"}"#;
const TRIO: &str = r#"{"id":"g3","name":"$TRIO$","picture":"/brand/gifts/essence-trio.svg"}"#;

/// Who is signed in.
pub fn session(role: &str, locale: Locale) -> Reply {
    let counter = if role == "counter" { HERE } else { "null" };
    let text = [
        r#"{"user":"qixia.shen","name":"$STAFF$","role":""#,
        role,
        r#"","counter":"#,
        counter,
        r#","expires_at":"2026-11-22T13:41:00Z"}"#,
    ]
    .concat();
    ok(&text, locale)
}

/// A reservation.
pub struct Reserved {
    pub id: &'static str,
    pub state: &'static str,
    pub gift: &'static str,
    pub variant: &'static str,
    pub others: &'static [&'static str],
    pub member: &'static str,
    pub counter: &'static str,
    pub ready_by: &'static str,
    pub hold_until: &'static str,
    pub exchange: bool,
    pub late: bool,
}

impl Reserved {
    /// Sheet masks at this counter, to be put aside today.
    pub const HELD: Self = Self {
        id: "r1",
        state: "held",
        gift: MASKS,
        variant: CLEAR,
        others: &[RICH, SOOTHE],
        member: "$FIRST$",
        counter: HERE,
        ready_by: "2026-11-22T10:00:00Z",
        hold_until: "2026-11-26T12:00:00Z",
        exchange: false,
        late: false,
    };
    /// The same, put aside.
    pub const READY: Self = Self { state: "ready", ..Self::HELD };

    fn json(&self) -> String {
        let exchange = if self.exchange {
            [r#"{"variant":"#, RICH, r#","by":"$STAFF$","until":"2026-11-22T01:54:21Z"}"#].concat()
        } else {
            "null".to_owned()
        };
        let past = match self.state {
            "held" if self.late => {
                r#",{"at":"2026-11-22T01:00:00Z","what":"late","by":"clock","name":null,"note":null}"#
            }
            "held" => "",
            "failed" => {
                r#",{"at":"2026-11-22T01:12:00Z","what":"failed","by":"staff","name":"$STAFF$","note":"$REASON$"}"#
            }
            "collected" => {
                r#",{"at":"2026-11-21T09:12:00Z","what":"ready","by":"staff","name":"$OTHER$","note":null},{"at":"2026-11-22T01:12:00Z","what":"collected","by":"staff","name":"$STAFF$","note":null}"#
            }
            _ => r#",{"at":"2026-11-22T01:12:00Z","what":"ready","by":"staff","name":"$STAFF$","note":null}"#,
        };
        [
            r#"{"id":""#,
            self.id,
            r#"","state":""#,
            self.state,
            r#"","late":"#,
            if self.late { "true" } else { "false" },
            r#","member":{"name":""#,
            self.member,
            r#"","phone":"+86 138****0001"},"gift":"#,
            self.gift,
            r#","variant":"#,
            self.variant,
            r#","others":["#,
            &self.others.join(","),
            r#"],"counter":"#,
            self.counter,
            r#","points":300,"hold_until":""#,
            self.hold_until,
            r#"","ready_by":""#,
            self.ready_by,
            r#"","made_at":"2026-11-21T08:20:00Z","exchange":"#,
            &exchange,
            r#","history":[{"at":"2026-11-21T08:20:00Z","what":"held","by":"member","name":null,"note":null}"#,
            past,
            r#"],"as_of":"2026-11-22T01:41:00Z"}"#,
        ]
        .concat()
    }

    /// As an answer.
    pub fn reply(&self, locale: Locale) -> Reply {
        ok(&self.json(), locale)
    }
}

fn page(all: &[Reserved], locale: Locale) -> Reply {
    let items: Vec<String> = all.iter().map(Reserved::json).collect();
    ok(&[r#"{"items":["#, &items.join(","), r#"],"next":null}"#].concat(), locale)
}

/// The morning's lists, by what is asked.
pub fn today(path: &str, locale: Locale) -> Option<Reply> {
    const HELD: Reserved = Reserved::HELD;
    let cream = Reserved { gift: CREAM, variant: TEA, others: &[ROSE], member: "$SECOND$", ..HELD };
    let all: Vec<Reserved> = if path.contains("state=held") || path.contains("late=true") {
        vec![
            Reserved { id: "r0", late: true, ready_by: "2026-11-21T10:00:00Z", variant: RICH, ..HELD },
            HELD,
            Reserved { id: "r2", counter: THERE, ..cream },
        ]
    } else if path.contains("state=ready") {
        vec![
            Reserved { id: "r3", state: "ready", hold_until: "2026-11-22T12:00:00Z", ..cream },
            Reserved { id: "r4", gift: TRIO, variant: SOOTHE, ..Reserved::READY },
        ]
    } else if path.contains("day=") {
        vec![
            Reserved { id: "r5", state: "collected", gift: TRIO, variant: RICH, ..HELD },
            Reserved { id: "r6", state: "failed", ..HELD },
        ]
    } else {
        return None;
    };
    Some(page(&all, locale))
}

/// Lists with nothing in them.
pub fn nothing(locale: Locale) -> Reply {
    page(&[], locale)
}

/// The wrong unit; with what it is, if any gift has its barcode.
pub fn mismatch(known: bool, locale: Locale) -> Reply {
    let scanned = if known { [r#"{"gift":"$MASKS$","variant":"#, RICH, "}"].concat() } else { "null".to_owned() };
    let more = [r#","expected":"#, CLEAR, r#","scanned":"#, &scanned].concat();
    problem("variant-mismatch", 409, &more, locale)
}

/// A problem as the server words it, more or less.
pub fn problem(code: &str, status: u16, more: &str, locale: Locale) -> Reply {
    let (title, detail) = match (code, locale) {
        ("credentials-wrong", Locale::ZhCn) => ("用户名、密码或动态码不对", "请核对后再试，动态码每个只能用一次。"),
        ("credentials-wrong", Locale::En) => {
            ("User, password or code is wrong", "Check them and try again; each code works once.")
        }
        ("pickup-code-wrong", Locale::ZhCn) => ("没有找到这个取货码", "请与会员核对。"),
        ("pickup-code-wrong", Locale::En) => ("No pass has this code", "Compare it with the member."),
        (_, Locale::ZhCn) => ("尝试次数过多", "请稍后再试。"),
        (_, Locale::En) => ("Too many tries", "Try again later."),
    };
    let number = status.to_string();
    let body = [
        r#"{"type":"about:blank","code":""#,
        code,
        r#"","title":""#,
        title,
        r#"","status":"#,
        &number,
        r#","detail":""#,
        detail,
        "\"",
        more,
        "}",
    ]
    .concat();
    Reply::Answered { status, body: localised(&body, locale), etag: None }
}

/// What a counter has; of the clear masks more are held than are there.
pub fn stock(locale: Locale) -> Reply {
    let line = |gift: &str, variant: &str, on_hand: i64, held: i64, counted: bool| {
        let counted =
            if counted { r#""2026-11-21T10:20:00Z","counted_by":"$STAFF$""# } else { r#"null,"counted_by":null"# };
        [
            r#"{"counter_id":"k1","gift":"#,
            gift,
            r#","variant":"#,
            variant,
            r#","on_hand":"#,
            &on_hand.to_string(),
            r#","held":"#,
            &held.to_string(),
            r#","free":"#,
            &(on_hand - held).max(0).to_string(),
            r#","counted_at":"#,
            counted,
            r#","as_of":"2026-11-22T01:41:00Z"}"#,
        ]
        .concat()
    };
    let lines = [
        line(MASKS, CLEAR, 1, 3, true),
        line(MASKS, RICH, 6, 2, true),
        line(MASKS, SOOTHE, 0, 0, false),
        line(CREAM, TEA, 12, 1, true),
        line(CREAM, ROSE, 4, 4, true),
    ];
    let text = [r#"{"items":["#, &lines.join(","), r#"],"next":null,"as_of":"2026-11-22T01:41:00Z"}"#].concat();
    ok(&text, locale)
}

/// The counters.
pub fn counters(locale: Locale) -> Reply {
    ok(&[r#"{"items":["#, HERE, ",", THERE, r#"],"next":null}"#].concat(), locale)
}

/// No unit here, but elsewhere.
pub fn out_of_stock(locale: Locale) -> Reply {
    let more = [
        r#","nearest":[{"counter":"#,
        THERE,
        r#","distance_km":162.4,"free":2,"as_of":"2026-11-22T01:41:00Z","held_for_you":false}]"#,
    ]
    .concat();
    problem("out-of-stock", 409, &more, locale)
}

/// What the record calls an alert.
pub fn record(locale: Locale) -> Reply {
    let entry = |id: &str, user: &str, action: &str, about: &str, detail: &str| {
        [
            r#"{"id":""#,
            id,
            r#"","at":"2026-11-22T01:20:00Z","user":"#,
            user,
            r#","action":""#,
            action,
            r#"","counter":"#,
            HERE,
            r#","about":"#,
            about,
            r#","detail":""#,
            detail,
            r#"","alert":true}"#,
        ]
        .concat()
    };
    let entries = [
        entry("a1", "\"qixia.gu\"", "pickup-locked", "null", ""),
        entry("a2", "\"qixia.shen\"", "stock-counted", "\"v1\"", "3 → 1 · damaged < 3"),
        entry("a3", "null", "late", "\"r0\"", ""),
    ];
    ok(&[r#"{"items":["#, &entries.join(","), r#"],"next":"more"}"#].concat(), locale)
}
