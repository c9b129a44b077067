use storage::{Preferences, Profile};

use crate::support::{World, day, preferences};

pub async fn a_profile_is_guarded_by_its_version(world: World) {
    let member = world.member(1).await;
    let (first, phone) = world.db.read().await.unwrap().profile(member).await.unwrap().unwrap();
    assert_eq!(phone, "+8613800000001");
    assert_eq!((first.version, first.value.name.as_str()), (1, "会员 1"));
    assert_eq!((first.value.birthday, first.value.skin_type.as_deref()), (Some(day("1990-02-28")), Some("oily")));
    assert_eq!((&first.value.email, first.value.home_counter, &first.value.address), (&None, None, &None));
    let new = Profile {
        name: "王芳".to_owned(),
        email: Some("fang@example.com".to_owned()),
        birthday: None,
        skin_type: Some("dry".to_owned()),
        home_counter: Some(world.id()),
        address: Some("南京路 1 号".to_owned()),
    };
    let mut tx = world.db.begin().await.unwrap();
    assert_eq!(tx.replace_profile(member, &new, 1).await.unwrap(), Some(2));
    assert_eq!(tx.replace_profile(member, &Profile::default(), 1).await.unwrap(), None);
    assert_eq!(tx.replace_profile(world.id(), &new, 1).await.unwrap(), None);
    tx.commit().await.unwrap();
    let mut reader = world.db.read().await.unwrap();
    let (second, _) = reader.profile(member).await.unwrap().unwrap();
    assert_eq!((second.version, second.value), (2, new));
    assert_eq!(reader.member(member).await.unwrap().unwrap().name, "王芳");
    assert_eq!(reader.profile(world.id()).await.unwrap(), None);
}

pub async fn preferences_are_guarded_by_their_version(world: World) {
    let member = world.member(1).await;
    let mut reader = world.db.read().await.unwrap();
    let first = reader.preferences(member).await.unwrap().unwrap();
    assert_eq!((first.version, first.value), (1, preferences()));
    let new = Preferences {
        language: "en".to_owned(),
        sms: false,
        email: true,
        wechat: false,
        gifts: false,
        campaigns: true,
        surveys: false,
        quiet_hours: None,
    };
    let mut tx = world.db.begin().await.unwrap();
    assert_eq!(tx.replace_preferences(member, &new, 1).await.unwrap(), Some(2));
    assert_eq!(tx.replace_preferences(member, &preferences(), 1).await.unwrap(), None);
    tx.commit().await.unwrap();
    let second = reader.preferences(member).await.unwrap().unwrap();
    assert_eq!((second.version, second.value), (2, new));
    assert_eq!(reader.preferences(world.id()).await.unwrap(), None);
}
