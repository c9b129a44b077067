use storage::{Database, Engine, Error};

use crate::support::{World, at};

pub async fn a_second_run_changes_nothing(world: World) {
    let member = world.member(1).await;
    world.db.migrate().await.unwrap();
    assert!(world.db.read().await.unwrap().member(member).await.unwrap().is_some());
    world.db.ping().await.unwrap();
}

pub async fn many_servers_may_start_at_once(world: World) {
    // On an empty database, not on the one that has its schema already.
    let fresh = storage::testing::fresh(world.db.engine()).await.unwrap();
    let tasks: Vec<_> = (0..6)
        .map(|_| {
            let url = fresh.url.clone();
            tokio::spawn(async move {
                let db = Database::open(&url).await.unwrap();
                db.migrate().await.unwrap();
                let count = db.read().await.unwrap().member_count().await.unwrap();
                db.close().await;
                count
            })
        })
        .collect();
    for task in tasks {
        assert_eq!(task.await.unwrap(), 0);
    }
}

pub async fn a_newer_database_is_refused(world: World) {
    storage::testing::run(&world.fresh, "INSERT INTO migrations (step, name, sql) VALUES (999, 'future', '')")
        .await
        .unwrap();
    let error = world.db.migrate().await.unwrap_err();
    assert!(matches!(&error, Error::Defect(what) if what.contains("newer")), "{error:?}");
    storage::testing::run(&world.fresh, "DELETE FROM migrations WHERE step = 999").await.unwrap();
    storage::testing::run(&world.fresh, "UPDATE migrations SET sql = 'edited' WHERE step = 1").await.unwrap();
    let error = world.db.migrate().await.unwrap_err();
    assert!(matches!(&error, Error::Defect(what) if what.contains("members")), "{error:?}");
}

pub async fn data_survives(world: World) {
    let member = world.member(1).await;
    world.buy(member, "A", "2026-02-01", 10).await;
    world.post("2026-03-01").await;
    world.db.close().await;
    let db = Database::open(&world.fresh.url).await.unwrap();
    db.migrate().await.unwrap();
    let overview = db.read().await.unwrap().overview(member, at("2026-06-01")).await.unwrap().unwrap();
    assert_eq!(overview.balances.available, 10);
    assert_eq!(db.snapshot().await.unwrap().audit(None).await.unwrap(), []);
    db.close().await;
    assert!(matches!(db.read().await, Err(Error::Unavailable(_))));
    assert!(Database::open("mysql://nowhere").await.is_err());
}

pub async fn an_older_database_is_brought_up(world: World) {
    // As it was after the first step, with somebody in it.
    let fresh = storage::testing::fresh(world.db.engine()).await.unwrap();
    let db = Database::open(&fresh.url).await.unwrap();
    let first = include_str!("../../migrations/0001_members.sql");
    let clustered = if world.db.engine() == Engine::Sqlite { " WITHOUT ROWID" } else { "" };
    let quoted = first.replace('\'', "''");
    for sql in [
        first.replace("{clustered}", clustered),
        "CREATE TABLE migrations (step BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL, sql TEXT NOT NULL)".to_owned(),
        format!("INSERT INTO migrations (step, name, sql) VALUES (1, 'members', '{quoted}')"),
        format!("INSERT INTO phones (phone, member_id) VALUES ('+8613800000001', '{}')", world.id()),
    ] {
        storage::testing::run(&fresh, &sql).await.unwrap();
    }
    db.migrate().await.unwrap();
    let mut tx = db.begin().await.unwrap();
    assert_eq!(tx.secret("codes", "s").await.unwrap(), "s");
    assert!(tx.member_by_phone("+8613800000001").await.unwrap().is_some());
}
