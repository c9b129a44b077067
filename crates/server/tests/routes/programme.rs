//! The programme.

use crate::support::house;

#[tokio::test]
async fn anybody_may_read_the_rules() {
    let house = house().await;
    let answer = house.get("/programme").header("accept-language", "en").send().await;
    let programme = answer.status(200).json();
    assert_eq!(programme["brand"], "Dewlight");
    assert_eq!((&programme["time_zone"], &programme["today"]), (&"Asia/Shanghai".into(), &"2026-11-22".into()));
    let tiers: Vec<(&str, i64, i64)> = programme["tiers"]
        .as_array()
        .unwrap()
        .iter()
        .map(|tier| {
            let amount = |field: &str| tier[field]["amount"].as_i64().unwrap();
            (tier["name"].as_str().unwrap(), amount("threshold"), amount("keep"))
        })
        .collect();
    assert_eq!(
        tiers,
        [("Pearl", 0, 0), ("Rose", 20_000, 15_000), ("Gold", 60_000, 45_000), ("Platinum", 150_000, 120_000)]
    );
    assert_eq!(programme["consents"].as_array().unwrap().len(), 4);
    assert!(answer.header("cache-control").unwrap().contains("public"));
    // The programme's day begins before the server's.
    house.advance(chrono::TimeDelta::hours(12));
    assert_eq!(house.get("/programme").send().await.json()["today"], "2026-11-23");
}
