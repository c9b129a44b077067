//! The staff's record.

use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::shop::{BUND, DRY_CODE, OILY_CODE};
use crate::support::house;

fn actions(page: &Value) -> Vec<String> {
    page["items"].as_array().unwrap().iter().map(|entry| entry["action"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn managers_see_who_did_what_and_nobody_else_does() {
    let house = house().await;
    let (member, id, clerk) = house.with_reservation().await;
    let desk = house.staff("wang", "desk", None).await;
    let manager = house.staff("zhou", "manager", None).await;
    house.advance(TimeDelta::seconds(1));
    house.put_aside(&clerk, &id).await.status(200);
    house.advance(TimeDelta::seconds(1));
    house.hand_over(&clerk, &id, DRY_CODE).await.problem(409, "pass-not-shown");
    house.show_pass(&member, &clerk, &id).await;
    house.advance(TimeDelta::seconds(1));
    house.hand_over(&clerk, &id, OILY_CODE).await.problem(409, "variant-mismatch");
    house.advance(TimeDelta::seconds(1));
    house.hand_over(&clerk, &id, DRY_CODE).await.status(200);
    for token in [&clerk, &desk] {
        house.get("/staff/audit").bearer(token).send().await.problem(403, "role-missing");
    }
    let page =
        house.get("/staff/audit").bearer(&manager).header("accept-language", "en").send().await.status(200).json();
    assert_eq!(
        actions(&page),
        ["collected", "variant-mismatch", "pass-not-shown", "ready", "signed-in", "signed-in", "signed-in"]
    );
    let mismatch = &page["items"][1];
    assert_eq!((&mismatch["user"], &mismatch["about"]), (&json!("chen"), &json!(id)));
    assert_eq!((&mismatch["detail"], &mismatch["alert"]), (&json!(format!("{OILY_CODE} ≠ {DRY_CODE}")), &json!(false)));
    assert_eq!(
        (&mismatch["counter"]["id"], &mismatch["counter"]["name"]),
        (&json!(BUND.to_string()), &json!("Counter 1"))
    );
    let first = house.get("/staff/audit?limit=4").bearer(&manager).send().await.json();
    let next = first["next"].as_str().unwrap();
    let second = house.get(&format!("/staff/audit?limit=4&cursor={next}")).bearer(&manager).send().await.json();
    assert_eq!((actions(&second).len(), &second["next"]), (3, &Value::Null));
    assert_eq!(
        actions(&house.get("/staff/audit?alert=true").bearer(&manager).send().await.json()),
        Vec::<String>::new()
    );
    house.get("/staff/audit?cursor=x").bearer(&manager).send().await.problem(400, "malformed-parameter");
}
