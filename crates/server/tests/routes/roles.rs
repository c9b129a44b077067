//! Every route of the document, asked by everybody who is not meant.

use serde_json::Value;

use crate::support::{PHONE, TILL, house, key};

const DOCUMENT: &str = include_str!("../../../../openapi.json");

/// Method, path (below the base, with an identifier filled in) and tag of every operation.
fn operations() -> Vec<(String, String, String)> {
    let document: Value = serde_json::from_str(DOCUMENT).unwrap();
    let mut operations = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        let Some(path) = path.strip_prefix("/api/v1") else { continue };
        let identifier = "01938c7e-0000-7000-8000-000000000000";
        let path = ["{id}", "{counter}", "{variant}"]
            .iter()
            .fold(path.to_owned(), |path, name| path.replace(name, identifier));
        for (method, operation) in item.as_object().unwrap() {
            let tag = operation["tags"][0].as_str().unwrap().to_owned();
            operations.push((method.to_uppercase(), path.clone(), tag));
        }
    }
    operations
}

#[tokio::test]
async fn nobody_gets_past_a_door_that_is_not_theirs() {
    let house = house().await;
    let stranger = house.sign_in("+8613800000009").await;
    let member = house.member(PHONE).await;
    let clerk = house.staff("chen", "manager", None).await;
    let mut doors = 0;
    for (method, path, tag) in operations() {
        let ask = || house.method(&method, &path).key(&key()).header("if-match", "\"x\"");
        match tag.as_str() {
            "anyone" => {}
            "session" | "member" => {
                doors += 1;
                ask().send().await.problem(401, "session-missing");
                ask().bearer(TILL).send().await.problem(401, "session-missing");
                ask().bearer(&clerk).send().await.problem(401, "session-missing");
                if tag == "member" {
                    ask().bearer(&stranger).send().await.problem(403, "not-enrolled");
                }
            }
            "clerk" => {
                doors += 1;
                ask().send().await.problem(401, "staff-session-missing");
                for stranger in [TILL, &stranger, &member] {
                    ask().bearer(stranger).send().await.problem(401, "staff-session-missing");
                }
                ask().header("cookie", &format!("session={clerk}")).send().await.problem(401, "staff-session-missing");
            }
            "staff" => {
                doors += 1;
                ask().send().await.problem(401, "service-token-wrong");
                for stranger in [&member, &clerk] {
                    ask().bearer(stranger).send().await.problem(401, "service-token-wrong");
                }
            }
            other => panic!("{method} {path}: nobody said who may ask for {other}"),
        }
    }
    assert!(doors >= 40, "{doors}");
}
