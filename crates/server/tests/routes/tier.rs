//! The trace.

use serde_json::json;

use crate::support::{PHONE, house};

#[tokio::test]
async fn the_trace_recomputes_what_is_shown() {
    let house = house().await;
    let token = house.member(PHONE).await;
    house.purchase(PHONE, "old", 50_000, 500).await.status(201);
    house.purchase(PHONE, "1", 30_000, 100).await.status(201);
    house.purchase(PHONE, "2", 12_345, 10).await.status(201);
    let trace = house.get("/me/tier").bearer(&token).header("accept-language", "en").send().await.status(200).json();
    let counted: Vec<(&str, i64)> = trace["purchases"]
        .as_array()
        .unwrap()
        .iter()
        .map(|purchase| (purchase["receipt_no"].as_str().unwrap(), purchase["counted"]["amount"].as_i64().unwrap()))
        .collect();
    assert_eq!(counted, [("2", 12_345), ("1", 30_000)]);
    assert_eq!(trace["spent"]["amount"], 42_345);
    assert_eq!(trace["clause"]["id"], "tier-window");
    assert_eq!(trace["what_if"][0]["spend"]["amount"], 60_000 - 42_345);
    assert_eq!(trace["what_if"][0]["becomes"], json!({"id": "gold", "name": "Gold"}));
    let overview = house.get("/me/overview").bearer(&token).header("accept-language", "en").send().await.json();
    for field in [
        "current",
        "valid_until",
        "grace_until",
        "spent",
        "next",
        "threshold",
        "to_next",
        "to_next_by",
        "to_keep",
        "to_keep_by",
        "window",
    ] {
        assert_eq!(trace[field], overview["tier"][field], "{field}");
    }
    let last = trace["history"].as_array().unwrap().last().unwrap().clone();
    assert_eq!((last["reason"].as_str(), &last["spent"]), (Some("joined"), &json!(null)));
}
