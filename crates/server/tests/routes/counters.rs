//! Counters.

use storage::{Counter, CounterText};

use crate::support::{House, house};

async fn with_counters() -> House {
    let house = house().await;
    let mut tx = house.database.begin().await.unwrap();
    for (number, city, name, lat, lng) in [
        (1, ("上海", "Shanghai"), ("上海外滩", "The Bund"), 31.24, 121.49),
        (2, ("北京", "Beijing"), ("北京王府井", "Wangfujing"), 39.91, 116.41),
        (3, ("上海", "Shanghai"), ("上海静安", "Jing'an"), 31.23, 121.45),
    ] {
        let text = |language: &str, name: &str, city: &str| CounterText {
            language: language.to_owned(),
            name: name.to_owned(),
            city: city.to_owned(),
            address: "1".to_owned(),
        };
        let counter = Counter {
            id: uuid::Uuid::from_u128(number),
            hours: "10:00–22:00".to_owned(),
            lat,
            lng,
            texts: vec![text("zh-CN", name.0, city.0), text("en", name.1, city.1)],
        };
        tx.put_counter(&counter).await.unwrap();
    }
    tx.commit().await.unwrap();
    house
}

async fn names(house: &House, query: &str) -> Vec<String> {
    let page = house.get(&format!("/counters{query}")).header("accept-language", "en").send().await.status(200).json();
    page["items"].as_array().unwrap().iter().map(|counter| counter["name"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn counters_are_listed_by_city_or_by_distance() {
    let house = with_counters().await;
    assert_eq!(names(&house, "").await, ["Wangfujing", "Jing'an", "The Bund"]);
    assert_eq!(names(&house, "?city=Shanghai").await, ["Jing'an", "The Bund"]);
    assert_eq!(names(&house, "?city=%E5%8C%97%E4%BA%AC").await, ["Wangfujing"]);
    assert_eq!(names(&house, "?near=31.24,121.49").await, ["The Bund", "Jing'an", "Wangfujing"]);
    house.get("/counters?near=here").send().await.problem(400, "malformed-parameter");
    house.get("/counters?limit=0").send().await.problem(400, "malformed-parameter");
}

#[tokio::test]
async fn pages_follow_one_another() {
    let house = with_counters().await;
    let first = house.get("/counters?limit=2").header("accept-language", "en").send().await.json();
    let next = first["next"].as_str().unwrap();
    assert_eq!(names(&house, &format!("?limit=2&cursor={next}")).await, ["The Bund"]);
    // Also where the one that ended the page before is not any more.
    assert_eq!(names(&house, &format!("?city=Beijing&cursor={next}")).await, Vec::<String>::new());
    let beijing = uuid::Uuid::from_u128(2);
    assert_eq!(names(&house, &format!("?city=Shanghai&cursor={beijing}")).await, ["Jing'an", "The Bund"]);
    for cursor in ["x", &uuid::Uuid::from_u128(9).to_string()] {
        house.get(&format!("/counters?cursor={cursor}")).send().await.problem(400, "malformed-parameter");
    }
}

#[tokio::test]
async fn one_counter_or_none() {
    let house = with_counters().await;
    let id = uuid::Uuid::from_u128(2);
    let counter = house.get(&format!("/counters/{id}")).send().await.status(200).json();
    assert_eq!((counter["city"].as_str(), counter["distance_km"].as_f64()), (Some("北京"), None));
    house.get(&format!("/counters/{}", uuid::Uuid::from_u128(9))).send().await.problem(404, "not-found");
    house.get("/counters/nonsense").send().await.problem(404, "not-found");
}
