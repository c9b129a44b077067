//! A small shop for the tests: counters, a gift in three variants, members with points, and people behind the counter.

use std::sync::OnceLock;

use serde_json::{Value, json};
use server::ambient::SystemEntropy;
use server::credentials;
use storage::{Counter, CounterText, Gift, GiftText, StaffAccount, Variant, VariantText};
use uuid::Uuid;

use crate::support::{Answer, House, PHONE, key};

/// Of everybody on the staff.
pub const PASSWORD: &str = "守约 is kept";
/// The gift's variants.
pub const DRY: Uuid = Uuid::from_u128(0x11);
pub const OILY: Uuid = Uuid::from_u128(0x12);
pub const ANY: Uuid = Uuid::from_u128(0x13);
/// What is printed on them.
pub const DRY_CODE: &str = "6900000000011";
pub const OILY_CODE: &str = "6900000000028";
/// The gift.
pub const CREAM: Uuid = Uuid::from_u128(0x10);
/// What it costs.
pub const COST: i64 = 300;
/// The counters: two in Shanghai, one in Beijing.
pub const BUND: Uuid = Uuid::from_u128(1);
pub const JINGAN: Uuid = Uuid::from_u128(2);
pub const WANGFUJING: Uuid = Uuid::from_u128(3);

fn in_both<T>(text: impl Fn(&str) -> T) -> Vec<T> {
    vec![text("zh-CN"), text("en")]
}

/// A gift without limits for everybody.
pub fn gift(id: Uuid, name: &str, points: i64, variants: Vec<Variant>) -> Gift {
    let text = |language: &str| GiftText {
        language: language.to_owned(),
        name: format!("{name}{}", if language == "en" { " gift" } else { "礼" }),
        description: format!("about {name}"),
    };
    let picture = "/gifts/x.svg".to_owned();
    Gift { id, points, min_tier: None, picture, per_member: None, variants, texts: in_both(text) }
}

/// A variant for some skin, or for everyone.
pub fn variant(id: Uuid, barcode: &str, skin_types: &[&str]) -> Variant {
    let label = skin_types.first().copied().unwrap_or("any");
    let text = |language: &str| VariantText { language: language.to_owned(), label: format!("{label} {language}") };
    Variant {
        id,
        barcode: barcode.to_owned(),
        colour: "blue".to_owned(),
        skin_types: skin_types.iter().map(|&skin| skin.to_owned()).collect(),
        texts: in_both(text),
    }
}

impl House {
    /// A counter by its number, in this city.
    pub async fn counter(&self, number: u128, city: &str, lat: f64, lng: f64) -> Uuid {
        let id = Uuid::from_u128(number);
        let text = |language: &str| CounterText {
            language: language.to_owned(),
            name: if language == "en" { format!("Counter {number}") } else { format!("{number}号专柜") },
            city: city.to_owned(),
            address: "1".to_owned(),
        };
        let counter = Counter { id, hours: "10:00–22:00".to_owned(), lat, lng, texts: in_both(text) };
        let mut tx = self.database.begin().await.unwrap();
        tx.put_counter(&counter).await.unwrap();
        tx.commit().await.unwrap();
        id
    }

    pub async fn put_gift(&self, gift: &Gift) {
        let mut tx = self.database.begin().await.unwrap();
        tx.put_gift(gift).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// So many units are there.
    pub async fn units(&self, counter: Uuid, variant: Uuid, on_hand: i64) {
        let mut tx = self.database.begin().await.unwrap();
        tx.count_stock(counter, variant, on_hand, "test", self.now()).await.unwrap().unwrap();
        tx.commit().await.unwrap();
    }

    /// Three counters and the cream, of whose dry variant the first counter has so many units.
    pub async fn shop(&self, units: i64) {
        self.counter(1, "上海", 31.24, 121.49).await;
        self.counter(2, "上海", 31.23, 121.45).await;
        self.counter(3, "北京", 39.91, 116.41).await;
        let variants = vec![
            variant(DRY, DRY_CODE, &["dry"]),
            variant(OILY, OILY_CODE, &["oily"]),
            variant(ANY, "6900000000035", &[]),
        ];
        self.put_gift(&gift(CREAM, "cream", COST, variants)).await;
        self.units(BUND, DRY, units).await;
    }

    /// A bearer token of a member with so many points (one for each yuan that she spent a while ago).
    pub async fn member_with_points(&self, phone: &str, points: i64) -> String {
        let token = self.member(phone).await;
        self.purchase(phone, &format!("points of {phone}"), points * 100, 30).await.status(201);
        self.work().await;
        token
    }

    /// She reserves; the answer whatever it is.
    pub async fn reserve(&self, token: &str, variant: Uuid, counter: Uuid) -> Answer {
        let body = json!({"variant_id": variant.to_string(), "counter_id": counter.to_string()});
        self.post("/reservations", &body).bearer(token).key(&key()).send().await
    }

    /// She reserves the dry cream at the first counter; the reservation's identifier.
    pub async fn reserved(&self, token: &str) -> String {
        let answer = self.reserve(token, DRY, BUND).await;
        answer.status(201);
        answer.text("id")
    }

    /// A shop, a member with enough points, her reservation, and a clerk where it is.
    pub async fn with_reservation(&self) -> (String, String, String) {
        self.shop(3).await;
        let member = self.member_with_points(PHONE, 500).await;
        let id = self.reserved(&member).await;
        let clerk = self.staff("chen", "counter", Some(BUND)).await;
        (member, id, clerk)
    }

    /// The clerk puts the dry cream aside.
    pub async fn put_aside(&self, clerk: &str, id: &str) -> Answer {
        self.scan(clerk, &format!("/staff/reservations/{id}/ready"), DRY_CODE).await
    }

    /// She shows her pass, and the clerk looks it up.
    pub async fn show_pass(&self, member: &str, clerk: &str, id: &str) {
        let pass = self.get(&format!("/reservations/{id}/pass")).bearer(member).send().await;
        let body = json!({"code": pass.status(200).text("code")});
        let found = self.post("/staff/pickups/lookup", &body).bearer(clerk).send().await;
        assert_eq!(found.status(200).json()["id"], json!(id));
    }

    /// The clerk hands over what was scanned.
    pub async fn hand_over(&self, clerk: &str, id: &str, barcode: &str) -> Answer {
        self.scan(clerk, &format!("/staff/pickups/{id}/collect"), barcode).await
    }

    async fn scan(&self, clerk: &str, path: &str, barcode: &str) -> Answer {
        self.post(path, &json!({"barcode": barcode})).bearer(clerk).key(&key()).send().await
    }

    /// Available and held points.
    pub async fn points(&self, token: &str) -> (i64, i64) {
        let points = self.get("/me/overview").bearer(token).send().await.status(200).json()["points"].clone();
        (points["available"].as_i64().unwrap(), points["held"].as_i64().unwrap())
    }

    /// Units of a variant at a counter that nobody holds.
    pub async fn free(&self, counter: Uuid, variant: Uuid) -> i64 {
        let mut reader = self.database.read().await.unwrap();
        reader.stock_line(counter, variant, self.now()).await.unwrap().map_or(0, |stock| stock.free())
    }

    /// The member's reservation as she sees it.
    pub async fn reservation(&self, token: &str, id: &str) -> Value {
        self.get(&format!("/reservations/{id}")).bearer(token).send().await.status(200).json()
    }

    /// That points, lots and entries agree.
    pub async fn is_sound(&self) {
        assert_eq!(self.database.snapshot().await.unwrap().audit(None).await.unwrap(), []);
    }

    /// What was sent to this number beside codes: purpose and words.
    pub fn told(&self, phone: &str) -> Vec<(String, String)> {
        let sent = self.messages().into_iter().filter(|message| message.phone == phone && message.code.is_none());
        sent.map(|message| (message.purpose, message.text)).collect()
    }

    /// An account of the staff with the password of all tests; the secret of its authenticator.
    pub async fn account(&self, user: &str, role: &str, counter: Option<Uuid>) -> String {
        static HASH: OnceLock<String> = OnceLock::new();
        let secret = credentials::draw_totp_secret(&SystemEntropy).unwrap();
        let account = StaffAccount {
            user: user.to_owned(),
            name: format!("{user}·店员"),
            role: role.to_owned(),
            counter,
            password_hash: HASH.get_or_init(|| credentials::hash_password(&SystemEntropy, PASSWORD).unwrap()).clone(),
            totp_secret: secret.clone(),
        };
        let mut tx = self.database.begin().await.unwrap();
        tx.put_staff(&account, self.now()).await.unwrap();
        tx.commit().await.unwrap();
        secret
    }

    /// What the authenticator with this secret shows now.
    pub fn totp(&self, secret: &str) -> String {
        credentials::totp_code(secret, self.now()).unwrap()
    }

    /// A bearer token of a person of the staff with a fresh account; for whoever has one already, the next shift.
    pub async fn staff(&self, user: &str, role: &str, counter: Option<Uuid>) -> String {
        let secret = self.account(user, role, counter).await;
        let body = json!({"user": user, "password": PASSWORD, "totp": self.totp(&secret)});
        let answer = self.post("/staff/session", &body).header("x-session", "bearer").send().await;
        answer.status(200);
        answer.text("token")
    }
}
