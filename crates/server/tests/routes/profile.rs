//! The profile.

use serde_json::json;

use crate::support::{PHONE, house};

#[tokio::test]
async fn a_profile_is_replaced_by_who_knows_its_version() {
    let house = house().await;
    let token = house.member(PHONE).await;
    let read = house.get("/me/profile").bearer(&token).send().await;
    let mut profile = read.status(200).json();
    assert_eq!(profile["phone"], "+86 138****0001");
    profile["email"] = json!(" lin@example.com ");
    profile["address"] = json!("");
    profile["phone"] = json!("+8613999999999");
    let put = |version: &str| house.put("/me/profile", &profile).bearer(&token).header("if-match", version);
    house.put("/me/profile", &profile).bearer(&token).send().await.problem(428, "version-missing");
    put("\"another\"").send().await.problem(412, "version-stale");
    let replaced = put(&read.etag()).send().await;
    replaced.status(200);
    assert_eq!(replaced.json()["email"], "lin@example.com");
    assert_eq!(replaced.json()["address"], json!(null));
    assert_eq!(replaced.json()["phone"], "+86 138****0001");
    put(&read.etag()).send().await.problem(412, "version-stale");
    let again = house.get("/me/profile").bearer(&token).send().await;
    assert_eq!((again.etag(), again.json()), (replaced.etag(), replaced.json()));
}

#[tokio::test]
async fn what_can_not_be_is_refused_field_by_field() {
    let house = house().await;
    let token = house.member(PHONE).await;
    let etag = house.get("/me/profile").bearer(&token).send().await.etag();
    let profile = json!({
        "name": "字".repeat(41),
        "email": "nowhere",
        "birthday": "1899-12-31",
        "home_counter": "01938c7e-0000-7000-8000-000000000000",
        "address": "a".repeat(201),
    });
    let answer = house.put("/me/profile", &profile).bearer(&token).header("if-match", &etag).send().await;
    answer.faults(&[
        ("name", "name-length"),
        ("birthday", "birthday-range"),
        ("email", "email-malformed"),
        ("address", "address-length"),
        ("home_counter", "counter-unknown"),
    ]);
    let odd = json!({"name": "a", "skin_type": "scaly"});
    let answer = house.put("/me/profile", &odd).bearer(&token).header("if-match", &etag).send().await;
    answer.problem(400, "malformed-body");
}

#[tokio::test]
async fn nobody_reads_or_writes_another_members() {
    let house = house().await;
    let hers = house.member("+8613800000001").await;
    let mine = house.member("+8613800000002").await;
    let mut profile = house.get("/me/profile").bearer(&mine).send().await.json();
    profile["name"] = json!("我");
    let etag = house.get("/me/profile").bearer(&mine).send().await.etag();
    house.put("/me/profile", &profile).bearer(&mine).header("if-match", &etag).send().await.status(200);
    assert_eq!(house.get("/me/profile").bearer(&hers).send().await.json()["name"], "林晓");
    house.purchase("+8613800000001", "hers", 10_000, 1).await.status(201);
    for path in ["/me/points", "/me/purchases"] {
        let list = house.get(path).bearer(&mine).send().await.json();
        assert_eq!(list["items"], json!([]), "{path}");
        // A cursor names a place, not a person.
        let cursor = if path == "/me/points" { "p9999" } else { "2026-12-31_9999" };
        let list = house.get(&format!("{path}?cursor={cursor}")).bearer(&mine).send().await.json();
        assert_eq!(list["items"], json!([]), "{path}");
    }
}
