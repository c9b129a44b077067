//! Numbers that carriers give anew, and WeChat accounts that nobody uses any more.

use chrono::TimeDelta;
use serde_json::json;
use server::settings::Options;
use storage::Engine;

use crate::on_both;
use crate::support::{Answer, House, PHONE, enrolment, key};

on_both!(
    who_had_the_number_before_is_no_member_by_it,
    who_enrols_through_wechat_stays_bound,
    signing_out_and_enrolling_at_once_do_both_or_one,
    an_idle_account_is_bound_no_more,
);

async fn sign_in(house: &House, name: &str) -> Answer {
    let code = json!({"code": format!("demo-{name}")});
    house.post("/auth/wechat", &code).header("x-session", "bearer").send().await
}

async fn enrol(house: &House, session: &str) -> Answer {
    house.post("/members", &enrolment()).bearer(session).key(&key()).send().await
}

async fn who_had_the_number_before_is_no_member_by_it(engine: Engine) {
    let house = House::open(engine, Options::default()).await;
    let bound = house.bind("former", PHONE).await;
    let through = sign_in(&house, "former").await.status(200).text("token");
    house.advance(TimeDelta::minutes(2));
    let by_code = house.sign_in_by_cookie(PHONE).await;
    // Months later the number is somebody else's; meanwhile all of them were used.
    for _ in 0..3 {
        house.advance(TimeDelta::days(20));
        for session in [&bound, &through] {
            house.get("/session").bearer(session).send().await.status(200);
        }
        house.get("/session").header("cookie", &by_code).send().await.status(200);
    }
    let hers = house.sign_in(PHONE).await;
    enrol(&house, &hers).await.status(201);
    for session in [&bound, &through] {
        house.get("/me/card").bearer(session).send().await.problem(401, "session-missing");
    }
    house.get("/me/card").header("cookie", &by_code).send().await.problem(401, "session-missing");
    sign_in(&house, "former").await.problem(409, "phone-binding-required");
    // She herself goes on.
    house.get("/me/card").bearer(&hers).send().await.status(200);
}

async fn who_enrols_through_wechat_stays_bound(engine: Engine) {
    let house = House::open(engine, Options::default()).await;
    let former = house.bind("former", PHONE).await;
    let stranger = house.bind("wu", "+8613800000002").await;
    let hers = house.bind("lin", PHONE).await;
    enrol(&house, &hers).await.status(201);
    house.get("/session").bearer(&former).send().await.problem(401, "session-missing");
    sign_in(&house, "former").await.problem(409, "phone-binding-required");
    let again = sign_in(&house, "lin").await;
    assert_eq!(again.status(200).json()["member"]["name"], "林晓");
    house.get("/me/wechat/consents").bearer(&hers).send().await.status(200);
    // Other numbers are none of hers.
    house.get("/session").bearer(&stranger).send().await.status(200);
    sign_in(&house, "wu").await.status(200);
    // Who could not enrol ended nobody's session.
    let second = house.bind("second", PHONE).await;
    enrol(&house, &second).await.problem(409, "already-member");
    house.get("/me/card").bearer(&hers).send().await.status(200);
    sign_in(&house, "lin").await.status(200);
}

async fn signing_out_and_enrolling_at_once_do_both_or_one(engine: Engine) {
    let house = House::open(engine, Options::default()).await;
    let mut members = 0;
    for number in 1..=8 {
        let session = house.sign_in(&format!("+861380000000{number}")).await;
        let out = async { house.delete("/session").bearer(&session).send().await };
        let (enrolled, out) = tokio::join!(enrol(&house, &session), out);
        out.status(204);
        if enrolled.status == 201 {
            members += 1;
        } else {
            enrolled.problem(401, "session-missing");
        }
        assert_eq!(house.database.read().await.unwrap().member_count().await.unwrap(), members);
        house.get("/session").bearer(&session).send().await.problem(401, "session-missing");
    }
}

async fn an_idle_account_is_bound_no_more(engine: Engine) {
    let house = House::open(engine, Options::default()).await;
    house.bind("idle", PHONE).await;
    let session = house.bind("lin", "+8613800000002").await;
    // She never signs in anew: her session goes on.
    for _ in 0..8 {
        house.advance(TimeDelta::days(20));
        house.get("/session").bearer(&session).send().await.status(200);
    }
    house.advance(TimeDelta::days(19));
    house.work().await;
    house.get("/session").bearer(&session).send().await.status(200);
    // 179 days, and what is asked then counts from then on.
    sign_in(&house, "idle").await.status(200);
    for _ in 0..9 {
        house.advance(TimeDelta::days(20));
        house.get("/session").bearer(&session).send().await.status(200);
    }
    house.work().await;
    sign_in(&house, "idle").await.problem(409, "phone-binding-required");
    assert_eq!(sign_in(&house, "lin").await.status(200).text("phone"), "+86 138****0002");
}
