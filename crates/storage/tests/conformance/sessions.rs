use crate::support::{World, at, hours};

const PHONE: &str = "+8613800000001";

async fn open(world: &World, token_hash: &str, phone: &str) -> Option<uuid::Uuid> {
    let mut tx = world.db.begin().await.unwrap();
    let now = at("2026-01-01");
    let member = tx.open_session(token_hash, phone, None, now, now + hours(24)).await.unwrap();
    tx.commit().await.unwrap();
    member
}

pub async fn a_session_is_found_until_it_ends(world: World) {
    let member = world.member(1).await;
    assert_eq!(open(&world, "t1", PHONE).await, Some(member));
    assert_eq!(open(&world, "t2", "+8613800000002").await, None);
    let now = at("2026-01-01");
    let mut reader = world.db.read().await.unwrap();
    let session = reader.session("t1", now + hours(23)).await.unwrap().unwrap();
    assert_eq!((session.token_hash.as_str(), session.phone.as_str(), session.member), ("t1", PHONE, Some(member)));
    assert_eq!((session.created_at, session.used_at, session.expires_at), (now, now, now + hours(24)));
    assert_eq!(reader.session("t2", now).await.unwrap().unwrap().member, None);
    assert_eq!(reader.session("t1", now + hours(24)).await.unwrap(), None);
    assert_eq!(reader.session("t3", now).await.unwrap(), None);
    let mut tx = world.db.begin().await.unwrap();
    assert!(tx.touch_session("t1", now + hours(23), now + hours(47)).await.unwrap());
    assert!(!tx.touch_session("t2", now + hours(24), now + hours(48)).await.unwrap());
    tx.commit().await.unwrap();
    let session = reader.session("t1", now + hours(46)).await.unwrap().unwrap();
    assert_eq!((session.used_at, session.expires_at), (now + hours(23), now + hours(47)));
}

pub async fn revoking_ends_it(world: World) {
    for token in ["t1", "t2", "t3"] {
        open(&world, token, PHONE).await;
    }
    open(&world, "t4", "+8613800000002").await;
    let mut tx = world.db.begin().await.unwrap();
    assert!(tx.revoke_session("t1").await.unwrap());
    assert!(!tx.revoke_session("t1").await.unwrap());
    tx.commit().await.unwrap();
    let now = at("2026-01-01");
    let mut reader = world.db.read().await.unwrap();
    assert_eq!(reader.session("t1", now).await.unwrap(), None);
    assert!(reader.session("t2", now).await.unwrap().is_some());
    let mut tx = world.db.begin().await.unwrap();
    assert_eq!(tx.revoke_sessions_of(PHONE).await.unwrap(), 2);
    tx.commit().await.unwrap();
    assert_eq!(reader.session("t2", now).await.unwrap(), None);
    assert!(reader.session("t4", now).await.unwrap().is_some());
}

pub async fn enrolment_claims_the_number_for_one_session(world: World) {
    open(&world, "t1", PHONE).await;
    open(&world, "t2", PHONE).await;
    open(&world, "t3", "+8613800000002").await;
    let now = at("2026-01-01");
    let new = world.new_member(1);
    let mut tx = world.db.begin().await.unwrap();
    tx.enrol(&new, "enrolment", now).await.unwrap();
    assert!(tx.claim_number(PHONE, "t1", new.id, now).await.unwrap());
    tx.commit().await.unwrap();
    let mut reader = world.db.read().await.unwrap();
    assert_eq!(reader.session("t1", now).await.unwrap().unwrap().member, Some(new.id));
    assert_eq!(reader.session("t2", now).await.unwrap(), None);
    assert_eq!(reader.session("t3", now).await.unwrap().unwrap().member, None);
    // Not with one that is over, is another number's, or never was.
    for (token, at) in [("t1", now + hours(24)), ("t3", now), ("t9", now)] {
        let mut tx = world.db.begin().await.unwrap();
        assert!(!tx.claim_number(PHONE, token, new.id, at).await.unwrap(), "{token}");
    }
}

pub async fn purging_forgets_what_has_run_out(world: World) {
    open(&world, "t1", PHONE).await;
    let mut tx = world.db.begin().await.unwrap();
    tx.take_quota("phone:1", "2026-01-01", 1, at("2026-01-02")).await.unwrap();
    assert_eq!(tx.purge(at("2026-01-01") + hours(23)).await.unwrap(), 0);
    assert_eq!(tx.purge(at("2026-01-02")).await.unwrap(), 2);
    assert_eq!(tx.take_quota("phone:1", "2026-01-01", 1, at("2026-01-02")).await.unwrap(), Some(1));
    tx.commit().await.unwrap();
}
