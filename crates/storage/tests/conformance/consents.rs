use crate::support::{World, answer, at};

pub async fn every_answer_is_kept(world: World) {
    let member = world.member(1).await;
    world.member(2).await;
    let mut tx = world.db.begin().await.unwrap();
    tx.record_consents(member, &[answer("marketing-sms", true)], "preferences", at("2026-02-01")).await.unwrap();
    tx.commit().await.unwrap();
    let records = world.db.read().await.unwrap().consents(member).await.unwrap();
    let told: Vec<_> = records
        .iter()
        .map(|record| (record.answer.consent.as_str(), record.answer.granted, record.at, record.source.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            ("terms", true, at("2026-01-01"), "enrolment"),
            ("marketing-sms", false, at("2026-01-01"), "enrolment"),
            ("marketing-sms", true, at("2026-02-01"), "preferences"),
        ]
    );
    assert_eq!(records[0].answer.version, "1");
}
