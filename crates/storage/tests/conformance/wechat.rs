use storage::{NewMessage, NewWechatConsent, WechatAccount};
use uuid::Uuid;

use crate::support::{World, at, hours};

const PHONE: &str = "+8613800000001";
const OTHER: &str = "+8613800000002";
const TEMPLATE: &str = "t-reservation";

fn account(name: &str) -> WechatAccount {
    WechatAccount { account: format!("hash of {name}"), openid: format!("o-{name}") }
}

async fn wait(world: &World, token: &str, name: &str) {
    let mut tx = world.db.begin().await.unwrap();
    tx.open_wechat_binding(token, &account(name), at("2026-01-01") + hours(1)).await.unwrap();
    tx.commit().await.unwrap();
}

/// Binds, as a right code would, and opens a session; `false` if there is nothing to bind any more.
async fn bind(db: storage::Database, token: &str, phone: &str, session: &str) -> bool {
    let now = at("2026-01-01");
    let mut tx = db.begin().await.unwrap();
    let Some(found) = tx.wechat_binding(token, now).await.unwrap() else { return false };
    tx.bind_wechat(token, &found, phone, now).await.unwrap();
    tx.open_session(session, phone, Some(&found.account), now, now + hours(24)).await.unwrap();
    tx.commit().await.unwrap();
    true
}

async fn phone_of(world: &World, name: &str) -> Option<String> {
    let mut tx = world.db.begin().await.unwrap();
    let phone = tx.wechat_phone(&account(name).account, at("2026-01-02")).await.unwrap();
    tx.commit().await.unwrap();
    phone
}

async fn lives(world: &World, session: &str) -> bool {
    world.db.read().await.unwrap().session(session, at("2026-01-01")).await.unwrap().is_some()
}

pub async fn an_account_waits_for_its_number_until_it_is_bound(world: World) {
    wait(&world, "b1", "lin").await;
    wait(&world, "b2", "lin").await;
    let now = at("2026-01-01");
    let mut tx = world.db.begin().await.unwrap();
    assert_eq!(tx.wechat_binding("b1", now).await.unwrap(), Some(account("lin")));
    assert_eq!(tx.wechat_binding("b1", now + hours(1)).await.unwrap(), None);
    assert_eq!(tx.wechat_binding("b3", now).await.unwrap(), None);
    tx.commit().await.unwrap();
    // To be looked at is not to be used up.
    assert_eq!(phone_of(&world, "lin").await, None);
    assert!(bind(world.db.clone(), "b1", PHONE, "s1").await);
    assert!(!bind(world.db.clone(), "b1", OTHER, "s2").await);
    assert_eq!(phone_of(&world, "lin").await.as_deref(), Some(PHONE));
    let mut tx = world.db.begin().await.unwrap();
    assert_eq!(tx.purge(now).await.unwrap(), 0);
    // The binding, not the session.
    assert_eq!(tx.purge(now + hours(1)).await.unwrap(), 1);
    assert!(!tx.unbind_wechat(&account("lin").account, OTHER).await.unwrap());
    assert!(tx.unbind_wechat(&account("lin").account, PHONE).await.unwrap());
    assert!(!tx.unbind_wechat(&account("lin").account, PHONE).await.unwrap());
    tx.commit().await.unwrap();
    assert_eq!(phone_of(&world, "lin").await, None);
    assert!(!bind(world.db.clone(), "b2", PHONE, "s3").await);
}

pub async fn of_many_with_one_binding_one_binds(world: World) {
    wait(&world, "b1", "lin").await;
    let tasks: Vec<_> = (0..8)
        .map(|number| {
            let db = world.db.clone();
            tokio::spawn(async move {
                bind(db, "b1", &format!("+861380000000{number}"), &format!("s{number}")).await.then_some(number)
            })
        })
        .collect();
    let mut winners = Vec::new();
    for task in tasks {
        winners.extend(task.await.unwrap());
    }
    assert_eq!(winners.len(), 1);
    assert_eq!(phone_of(&world, "lin").await, Some(format!("+861380000000{}", winners[0])));
    for number in 0..8 {
        assert_eq!(lives(&world, &format!("s{number}")).await, number == winners[0]);
    }
}

pub async fn an_account_that_is_bound_anew_ends_what_came_through_it(world: World) {
    for (token, name) in [("b1", "lin"), ("b2", "lin"), ("b3", "wu"), ("b4", "lin")] {
        wait(&world, token, name).await;
    }
    let now = at("2026-01-01");
    assert!(bind(world.db.clone(), "b1", PHONE, "lin1").await);
    assert!(bind(world.db.clone(), "b3", PHONE, "wu1").await);
    let mut tx = world.db.begin().await.unwrap();
    tx.open_session("plain", PHONE, None, now, now + hours(24)).await.unwrap();
    tx.commit().await.unwrap();
    // To the same number: nothing ends.
    assert!(bind(world.db.clone(), "b2", PHONE, "lin2").await);
    assert!(lives(&world, "lin1").await);
    assert!(bind(world.db.clone(), "b4", OTHER, "lin3").await);
    assert_eq!(
        (lives(&world, "lin1").await, lives(&world, "lin2").await, lives(&world, "lin3").await),
        (false, false, true)
    );
    // What came another way stays.
    assert!(lives(&world, "wu1").await && lives(&world, "plain").await);
    assert_eq!(phone_of(&world, "lin").await.as_deref(), Some(OTHER));
    assert_eq!(phone_of(&world, "wu").await.as_deref(), Some(PHONE));
}

pub async fn a_sign_in_and_a_new_number_at_once_leave_nothing_behind(world: World) {
    for round in 0..8 {
        let name = format!("lin{round}");
        wait(&world, &format!("first{round}"), &name).await;
        wait(&world, &format!("second{round}"), &name).await;
        assert!(bind(world.db.clone(), &format!("first{round}"), PHONE, &format!("s{round}")).await);
        let now = at("2026-01-01");
        let (db, whose) = (world.db.clone(), account(&name).account);
        let sign_in = tokio::spawn(async move {
            let mut tx = db.begin().await.unwrap();
            let phone = tx.wechat_phone(&whose, now).await.unwrap().unwrap();
            tx.open_session(&format!("again{round}"), &phone, Some(&whose), now, now + hours(24)).await.unwrap();
            tx.commit().await.unwrap();
        });
        let db = world.db.clone();
        let rebind =
            tokio::spawn(async move { bind(db, &format!("second{round}"), OTHER, &format!("new{round}")).await });
        sign_in.await.unwrap();
        assert!(rebind.await.unwrap());
        let mut reader = world.db.read().await.unwrap();
        // Either it came first and is over, or it came second and is the new number's.
        if let Some(session) = reader.session(&format!("again{round}"), now).await.unwrap() {
            assert_eq!(session.phone, OTHER);
        }
        assert_eq!(reader.session(&format!("s{round}"), now).await.unwrap(), None);
    }
}

pub async fn a_session_is_known_by_its_account_while_that_is_bound(world: World) {
    wait(&world, "b1", "lin").await;
    assert!(bind(world.db.clone(), "b1", PHONE, "s1").await);
    let now = at("2026-01-01");
    let whose = account("lin").account;
    let mut reader = world.db.read().await.unwrap();
    assert_eq!(reader.session("s1", now).await.unwrap().unwrap().account.as_ref(), Some(&whose));
    let mut tx = world.db.begin().await.unwrap();
    tx.open_session("s2", PHONE, None, now, now + hours(24)).await.unwrap();
    // A session of a number that the account is not bound to does not come through it.
    tx.open_session("s3", OTHER, Some(&whose), now, now + hours(24)).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(reader.session("s2", now).await.unwrap().unwrap().account, None);
    assert_eq!(reader.session("s3", now).await.unwrap().unwrap().account, None);
    let mut tx = world.db.begin().await.unwrap();
    tx.unbind_wechat(&whose, PHONE).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(reader.session("s1", now).await.unwrap().unwrap().account, None);
}

pub async fn enrolment_leaves_one_account_at_the_number(world: World) {
    for (token, name) in [("b1", "former"), ("b2", "lin"), ("b3", "wu")] {
        wait(&world, token, name).await;
    }
    assert!(bind(world.db.clone(), "b1", PHONE, "former1").await);
    assert!(bind(world.db.clone(), "b2", PHONE, "lin1").await);
    assert!(bind(world.db.clone(), "b3", OTHER, "wu1").await);
    let now = at("2026-01-01");
    let mut tx = world.db.begin().await.unwrap();
    // A session of this number that came through an account which is bound to another one by now.
    tx.open_session("odd", PHONE, Some(&account("wu").account), now, now + hours(24)).await.unwrap();
    let new = world.new_member(1);
    tx.enrol(&new, "enrolment", now).await.unwrap();
    assert!(tx.claim_number(PHONE, "lin1", new.id, now).await.unwrap());
    tx.commit().await.unwrap();
    assert_eq!(phone_of(&world, "former").await, None);
    assert_eq!(phone_of(&world, "lin").await.as_deref(), Some(PHONE));
    assert_eq!(phone_of(&world, "wu").await.as_deref(), Some(OTHER));
    let mut open = Vec::new();
    for session in ["former1", "lin1", "wu1", "odd"] {
        open.push(lives(&world, session).await);
    }
    assert_eq!(open, [false, true, true, false]);
    // By a session that came another way, no account stays.
    let mut tx = world.db.begin().await.unwrap();
    tx.open_session("plain", PHONE, None, now, now + hours(24)).await.unwrap();
    assert!(tx.claim_number(PHONE, "plain", new.id, now).await.unwrap());
    tx.commit().await.unwrap();
    assert_eq!(phone_of(&world, "lin").await, None);
}

pub async fn a_sign_in_and_an_enrolment_at_once_leave_nothing_behind(world: World) {
    for round in 0..8 {
        let (name, phone) = (format!("former{round}"), format!("+8613900000{round:03}"));
        wait(&world, &format!("b{round}"), &name).await;
        assert!(bind(world.db.clone(), &format!("b{round}"), &phone, &format!("s{round}")).await);
        let now = at("2026-01-01");
        let mut tx = world.db.begin().await.unwrap();
        tx.open_session(&format!("new{round}"), &phone, None, now, now + hours(24)).await.unwrap();
        tx.commit().await.unwrap();
        let (db, whose) = (world.db.clone(), account(&name).account);
        let sign_in = tokio::spawn(async move {
            let mut tx = db.begin().await.unwrap();
            let Some(phone) = tx.wechat_phone(&whose, now).await.unwrap() else { return };
            tx.open_session(&format!("again{round}"), &phone, Some(&whose), now, now + hours(24)).await.unwrap();
            tx.commit().await.unwrap();
        });
        let mut new = world.new_member(round);
        new.phone.clone_from(&phone);
        let db = world.db.clone();
        let enrol = tokio::spawn(async move {
            let mut tx = db.begin().await.unwrap();
            tx.enrol(&new, "enrolment", now).await.unwrap();
            assert!(tx.claim_number(&phone, &format!("new{round}"), new.id, now).await.unwrap());
            tx.commit().await.unwrap();
        });
        sign_in.await.unwrap();
        enrol.await.unwrap();
        assert!(!lives(&world, &format!("again{round}")).await && !lives(&world, &format!("s{round}")).await);
        assert!(lives(&world, &format!("new{round}")).await);
        assert_eq!(phone_of(&world, &name).await, None);
    }
}

pub async fn an_idle_account_is_bound_no_more(world: World) {
    for (token, name) in [("b1", "idle"), ("b2", "lin"), ("b3", "wu")] {
        wait(&world, token, name).await;
        assert!(bind(world.db.clone(), token, PHONE, &format!("s-{name}")).await);
    }
    let bound = at("2026-01-01");
    let later = bound + hours(12);
    let mut tx = world.db.begin().await.unwrap();
    // One signs in, one goes on with her session; a session that has ended is none to go on with.
    assert!(tx.wechat_phone(&account("lin").account, later).await.unwrap().is_some());
    assert!(tx.touch_session("s-wu", later, later + hours(24)).await.unwrap());
    assert!(!tx.touch_session("s-idle", bound + hours(24), later).await.unwrap());
    assert_eq!(tx.purge_wechat_accounts(bound - hours(1)).await.unwrap(), 0);
    assert_eq!(tx.purge_wechat_accounts(bound).await.unwrap(), 1);
    tx.commit().await.unwrap();
    let mut left = Vec::new();
    for name in ["idle", "lin", "wu"] {
        left.push(phone_of(&world, name).await.is_some());
    }
    assert_eq!(left, [false, true, true]);
    // Its session stays, and is known by no account.
    let session = world.db.read().await.unwrap().session("s-idle", bound).await.unwrap().unwrap();
    assert_eq!(session.account, None);
}

fn consent(world: &World, answer: &'static str) -> NewWechatConsent {
    NewWechatConsent { id: world.id(), template: TEMPLATE.to_owned(), answer }
}

/// A member whose account is bound to her number.
async fn member(world: &World) -> Uuid {
    let member = world.member(1).await;
    wait(world, "b1", "lin").await;
    assert!(bind(world.db.clone(), "b1", PHONE, "s1").await);
    member
}

async fn record(world: &World, member: Uuid, name: &str, answers: &[&'static str], on: &str) {
    let answers: Vec<_> = answers.iter().map(|answer| consent(world, answer)).collect();
    let mut tx = world.db.begin().await.unwrap();
    tx.record_wechat_consents(member, &account(name).account, "reservation", &answers, at(on)).await.unwrap();
    tx.commit().await.unwrap();
}

async fn message(world: &World, member: Uuid) -> Uuid {
    let now = at("2026-01-01");
    let new = NewMessage {
        id: world.id(),
        member,
        channel: "sms",
        purpose: "reservation-ready",
        about: None,
        text: "您的礼品已备妥".to_owned(),
        not_before: now,
        good_until: now + hours(24),
    };
    let mut tx = world.db.begin().await.unwrap();
    tx.write_message(&new, now).await.unwrap();
    tx.commit().await.unwrap();
    new.id
}

async fn spend(db: storage::Database, member: Uuid, message: Uuid, template: &'static str) -> Option<String> {
    let mut tx = db.begin().await.unwrap();
    assert!(tx.lock_member(member).await.unwrap());
    let openid = tx.use_wechat_consent(member, message, "reservation", template, at("2026-01-03")).await.unwrap();
    tx.commit().await.unwrap();
    openid
}

async fn unused(world: &World, member: Uuid, name: &str) -> i64 {
    let mut reader = world.db.read().await.unwrap();
    reader.unused_wechat_consents(member, &account(name).account, "reservation", TEMPLATE).await.unwrap()
}

pub async fn answers_are_read_from_new_to_old(world: World) {
    let member = member(&world).await;
    record(&world, member, "lin", &["accept", "reject"], "2026-01-01").await;
    record(&world, member, "wu", &["ban", "filter", "accept"], "2026-01-02").await;
    let mut reader = world.db.read().await.unwrap();
    let first = reader.wechat_consents(member, None, 2).await.unwrap();
    let said = |page: &[storage::WechatConsent]| page.iter().map(|line| line.answer.clone()).collect::<Vec<_>>();
    assert_eq!(said(&first), ["accept", "filter"]);
    assert_eq!((first[0].at, first[0].used_at, first[0].purpose.as_str()), (at("2026-01-02"), None, "reservation"));
    // What comes in meanwhile moves nothing.
    record(&world, member, "lin", &["accept"], "2026-01-03").await;
    let rest = reader.wechat_consents(member, Some(first[1].position), 9).await.unwrap();
    assert_eq!(said(&rest), ["ban", "reject", "accept"]);
    assert_eq!((unused(&world, member, "lin").await, unused(&world, member, "wu").await), (2, 1));
    let nobody = world.id();
    assert_eq!(reader.wechat_consents(nobody, None, 9).await.unwrap(), []);
}

pub async fn an_accepted_consent_is_one_message(world: World) {
    let member = member(&world).await;
    // Three that may be used; not what was refused, nor what an account said that is bound to nobody.
    record(&world, member, "lin", &["accept", "reject", "accept", "ban", "accept"], "2026-01-01").await;
    record(&world, member, "wu", &["accept"], "2026-01-01").await;
    let mut messages = Vec::new();
    for _ in 0..8 {
        messages.push(message(&world, member).await);
    }
    let tasks: Vec<_> =
        messages.iter().map(|message| tokio::spawn(spend(world.db.clone(), member, *message, TEMPLATE))).collect();
    let mut sent = Vec::new();
    for task in tasks {
        sent.extend(task.await.unwrap());
    }
    assert_eq!(sent, ["o-lin", "o-lin", "o-lin"]);
    assert_eq!(unused(&world, member, "lin").await, 0);
    let lines = world.db.read().await.unwrap().wechat_consents(member, None, 9).await.unwrap();
    let used: Vec<_> = lines.iter().filter(|line| line.used_at.is_some()).collect();
    assert_eq!(used.len(), 3);
    assert!(used.iter().all(|line| line.answer == "accept" && line.used_at == Some(at("2026-01-03"))));
}

pub async fn a_message_keeps_its_consent(world: World) {
    let member = member(&world).await;
    record(&world, member, "lin", &["accept", "accept"], "2026-01-01").await;
    let message = message(&world, member).await;
    assert_eq!(spend(world.db.clone(), member, message, "another").await, None);
    for _ in 0..3 {
        assert_eq!(spend(world.db.clone(), member, message, TEMPLATE).await.as_deref(), Some("o-lin"));
        assert_eq!(unused(&world, member, "lin").await, 1);
    }
    // She signs out in between: nothing goes to the account any more, and no other consent is taken instead.
    let mut tx = world.db.begin().await.unwrap();
    tx.unbind_wechat(&account("lin").account, PHONE).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(spend(world.db.clone(), member, message, TEMPLATE).await, None);
    wait(&world, "b2", "wu").await;
    assert!(bind(world.db.clone(), "b2", PHONE, "s2").await);
    record(&world, member, "wu", &["accept"], "2026-01-01").await;
    assert_eq!(spend(world.db.clone(), member, message, TEMPLATE).await, None);
    assert_eq!(unused(&world, member, "wu").await, 1);
}
