use storage::{Counter, CounterText};

use crate::support::World;

fn text(language: &str, name: &str, city: &str) -> CounterText {
    CounterText {
        language: language.to_owned(),
        name: name.to_owned(),
        city: city.to_owned(),
        address: format!("{name} 1"),
    }
}

pub async fn a_counter_has_a_text_in_every_language(world: World) {
    let mut shanghai = Counter {
        id: world.id(),
        hours: "10:00–22:00".to_owned(),
        lat: 31.2304,
        lng: 121.4737,
        texts: vec![text("en", "Nanjing Road", "Shanghai"), text("zh-CN", "南京路", "上海")],
    };
    let hangzhou = Counter {
        id: world.id(),
        hours: "10:00–21:30".to_owned(),
        lat: 30.25,
        lng: 120.1667,
        texts: vec![text("en", "West Lake", "Hangzhou"), text("zh-CN", "西湖", "杭州")],
    };
    let mut tx = world.db.begin().await.unwrap();
    tx.put_counter(&shanghai).await.unwrap();
    tx.put_counter(&hangzhou).await.unwrap();
    // Again, changed: replaced, not added.
    shanghai.hours = "09:00–22:00".to_owned();
    shanghai.texts[0].name = "East Nanjing Road".to_owned();
    tx.put_counter(&shanghai).await.unwrap();
    tx.commit().await.unwrap();
    let mut reader = world.db.read().await.unwrap();
    assert_eq!(reader.counters(None).await.unwrap(), [shanghai.clone(), hangzhou.clone()]);
    assert_eq!(reader.counters(Some("上海")).await.unwrap(), [shanghai.clone()]);
    assert_eq!(reader.counters(Some("Hangzhou")).await.unwrap(), [hangzhou]);
    assert_eq!(reader.counters(Some("北京")).await.unwrap(), []);
    assert_eq!(reader.counter(shanghai.id).await.unwrap().as_ref(), Some(&shanghai));
    assert_eq!(reader.counter(world.id()).await.unwrap(), None);
    assert_eq!(shanghai.text("zh-CN").map(|text| text.name.as_str()), Some("南京路"));
    assert_eq!(shanghai.text("fr").map(|text| text.name.as_str()), Some("East Nanjing Road"));
}
