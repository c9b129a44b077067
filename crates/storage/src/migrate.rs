//! The schema, step by step, embedded in the binary.
//!
//! sqlx's own migrator keeps one folder per engine and takes no lock on SQLite, so two servers starting at once could both
//! run a step. Here all steps run in one write transaction, and what is stored of a step is its text, so that a step
//! edited after it ran is noticed.

use crate::database::{Database, Engine, Transaction};
use crate::error::{Error, Result};

const STEPS: [(&str, &str); 8] = [
    ("members", include_str!("../migrations/0001_members.sql")),
    ("secrets", include_str!("../migrations/0002_secrets.sql")),
    ("reservations", include_str!("../migrations/0003_reservations.sql")),
    ("staff", include_str!("../migrations/0004_staff.sql")),
    ("passes_shown", include_str!("../migrations/0005_passes_shown.sql")),
    ("owed_points", include_str!("../migrations/0006_owed_points.sql")),
    ("wechat", include_str!("../migrations/0007_wechat.sql")),
    ("wechat_account_ends", include_str!("../migrations/0008_wechat_account_ends.sql")),
];

pub(crate) async fn run(database: &Database) -> Result<()> {
    let mut tx = database.begin().await?;
    if tx.engine() == Engine::Postgres {
        // Any constant of our own; held until the end of the transaction.
        tx.fetch("SELECT CAST(pg_advisory_xact_lock(7305843009213693951) AS TEXT)", &[]).await?;
    }
    tx.batch(
        "CREATE TABLE IF NOT EXISTS migrations (step BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL, sql TEXT NOT NULL)".to_owned(),
    )
    .await?;
    let done = tx.fetch("SELECT name, sql FROM migrations ORDER BY step", &[]).await?;
    if done.len() > STEPS.len() {
        return Err(Error::Defect("the database was written by a newer version".to_owned()));
    }
    for (row, (name, sql)) in done.iter().zip(STEPS) {
        if row.get::<String>(0)? != name || row.get::<String>(1)? != sql {
            return Err(Error::Defect(format!(
                "the step {name} of the schema is not the one that ran on this database"
            )));
        }
    }
    for (index, (name, sql)) in STEPS.into_iter().enumerate().skip(done.len()) {
        apply(&mut tx, index, name, sql).await?;
    }
    tx.commit().await
}

async fn apply(tx: &mut Transaction, index: usize, name: &'static str, sql: &'static str) -> Result<()> {
    let clustered = match tx.engine() {
        Engine::Sqlite => " WITHOUT ROWID",
        Engine::Postgres => "",
    };
    tx.batch(sql.replace("{clustered}", clustered)).await?;
    let step = i64::try_from(index + 1).unwrap_or(i64::MAX);
    let insert = "INSERT INTO migrations (step, name, sql) VALUES ($1, $2, $3)";
    tx.execute_one(insert, &[step.into(), name.into(), sql.into()]).await
}
