//! A database, and the ways into it: reading, one snapshot for several reads, one write transaction.

use std::ops::{Deref, DerefMut};
use std::str::FromStr;
use std::time::Duration;

use sqlx::pool::PoolOptions;
use sqlx::postgres::{PgArguments, PgConnectOptions, PgPool};
use sqlx::sqlite::{SqliteArguments, SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqliteSynchronous};
use sqlx::{AssertSqlSafe, Executor, PgConnection, Postgres, SqlSafeStr, SqlStr, Sqlite, SqliteConnection};

use crate::error::{Error, Result};
use crate::lanes::{Lane, Lanes};
use crate::value::{Row, Value, arguments};

/// How long a writer waits for the ones before it.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long to wait before a new database is tried again that somebody else is making.
const PAUSE: Duration = Duration::from_millis(20);
/// Readers of the embedded database beside its one writer; more do not help, every read is a few dozen microseconds.
const SQLITE_READERS: usize = 8;
const POSTGRES_READERS: usize = 16;
/// Snapshots of SQLite, snapshots and writers of PostgreSQL.
const SQLITE_TRANSACTIONS: u32 = 4;
const POSTGRES_TRANSACTIONS: u32 = 16;

/// Which engine is behind a [`Database`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Embedded, one file.
    Sqlite,
    /// PostgreSQL, or what speaks its protocol.
    Postgres,
}

/// A database; cheap to clone.
#[derive(Clone)]
pub struct Database {
    pools: Pools,
}

impl core::fmt::Debug for Database {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        // Not the address: it may contain a password.
        f.debug_struct("Database").field("engine", &self.engine()).finish()
    }
}

#[derive(Clone)]
enum Pools {
    /// SQLite has one writer at a time. Writers of this process queue for the one connection, in order and without
    /// polling; `BEGIN IMMEDIATE` and the busy timeout are for writers of other processes.
    Sqlite {
        writer: SqlitePool,
        pool: SqlitePool,
        lanes: Lanes<Sqlite>,
    },
    Postgres {
        pool: PgPool,
        lanes: Lanes<Postgres>,
    },
}

impl Database {
    /// Opens `sqlite:PATH` (made if missing) or `postgres://…`. Does not touch the schema; see [`Database::migrate`].
    pub async fn open(url: &str) -> Result<Self> {
        let pools = if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            let pool = open_postgres(url).await?;
            Pools::Postgres { lanes: Lanes::new(pool.clone(), POSTGRES_READERS, PATIENCE), pool }
        } else if url.starts_with("sqlite:") {
            let (writer, pool) = open_sqlite(url).await?;
            Pools::Sqlite { writer, lanes: Lanes::new(pool.clone(), SQLITE_READERS, PATIENCE), pool }
        } else {
            let problem = "a database is sqlite:PATH or postgres://…";
            return Err(Error::Unavailable(sqlx::Error::Configuration(problem.into())));
        };
        Ok(Self { pools })
    }

    /// Which engine answers.
    pub fn engine(&self) -> Engine {
        match self.pools {
            Pools::Sqlite { .. } => Engine::Sqlite,
            Pools::Postgres { .. } => Engine::Postgres,
        }
    }

    /// Brings the schema up to date; any number of servers may do so at once.
    pub async fn migrate(&self) -> Result<()> {
        crate::migrate::run(self).await
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<()> {
        self.read().await?.fetch("SELECT 1", &[]).await.map(drop)
    }

    /// Waits for what is running and closes every connection.
    pub async fn close(&self) {
        match &self.pools {
            Pools::Sqlite { writer, pool, lanes } => {
                lanes.close().await;
                pool.close().await;
                writer.close().await;
            }
            Pools::Postgres { pool, lanes } => {
                lanes.close().await;
                pool.close().await;
            }
        }
    }

    /// For reads of one statement: each sees its own snapshot.
    pub async fn read(&self) -> Result<Reader> {
        let link = match &self.pools {
            Pools::Sqlite { lanes, .. } => Link::Sqlite(lanes.take().await?),
            Pools::Postgres { lanes, .. } => Link::Postgres(lanes.take().await?),
        };
        Ok(Reader { link, failed: false })
    }

    /// For several reads that must agree: all see the same snapshot.
    pub async fn snapshot(&self) -> Result<Reader> {
        let link = match &self.pools {
            Pools::Sqlite { pool, .. } => Link::SqliteTransaction(pool.begin().await?),
            Pools::Postgres { pool, .. } => {
                Link::PostgresTransaction(pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?)
            }
        };
        Ok(Reader { link, failed: false })
    }

    /// One write transaction. Nothing of it lasts unless [`Transaction::commit`] says so. On SQLite writers follow one
    /// another; on PostgreSQL those of one member do, because each takes her row first.
    pub async fn begin(&self) -> Result<Transaction> {
        let link = match &self.pools {
            Pools::Sqlite { writer, .. } => Link::SqliteTransaction(writer.begin_with("BEGIN IMMEDIATE").await?),
            // Not serializable: every rule that needs it is a guarded update or a unique key, and nothing has to be retried.
            Pools::Postgres { pool, .. } => Link::PostgresTransaction(pool.begin_with("BEGIN").await?),
        };
        Ok(Transaction { reader: Reader { link, failed: false } })
    }
}

async fn open_sqlite(url: &str) -> Result<(SqlitePool, SqlitePool)> {
    let options = SqliteConnectOptions::from_str(url)?
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        // An answered write survives the loss of power, not only of the process.
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(PATIENCE)
        .statement_cache_capacity(200)
        .pragma("cache_size", "-16000")
        .pragma("temp_store", "memory");
    let forever = || PoolOptions::<Sqlite>::new().idle_timeout(None).max_lifetime(None).test_before_acquire(false);
    // The writer first: it makes the file and turns its log on.
    let writer = || forever().max_connections(1).acquire_timeout(PATIENCE).connect_with(options.clone());
    let writer = tokio::time::timeout(PATIENCE, async {
        loop {
            match writer().await.map_err(Error::from) {
                // Turning the log on is the one thing for which SQLite does not wait for others that start at the same time.
                Err(Error::Busy) => tokio::time::sleep(PAUSE).await,
                opened => return opened,
            }
        }
    });
    let writer = writer.await.unwrap_or(Err(Error::Busy))?;
    let pool = forever().max_connections(SQLITE_TRANSACTIONS).acquire_timeout(PATIENCE);
    Ok((writer, pool.connect_with(options.pragma("query_only", "on")).await?))
}

async fn open_postgres(url: &str) -> Result<PgPool> {
    let options = PgConnectOptions::from_str(url)?.application_name("shouyue").statement_cache_capacity(200);
    let pool = PoolOptions::<Postgres>::new()
        .max_connections(POSTGRES_TRANSACTIONS)
        .acquire_timeout(PATIENCE)
        // sqlx pings on return; a second ping on the way out would double the round trips of every read.
        .test_before_acquire(false)
        .after_connect(|connection, _| {
            Box::pin(async move {
                // As statements, not as start-up options, which poolers between here and there refuse.
                connection.execute("SET lock_timeout = '10s'").await?;
                connection.execute("SET idle_in_transaction_session_timeout = '60s'").await?;
                Ok(())
            })
        });
    Ok(pool.connect_with(options).await?)
}

enum Link {
    Sqlite(Lane<Sqlite>),
    SqliteTransaction(sqlx::Transaction<'static, Sqlite>),
    Postgres(Lane<Postgres>),
    PostgresTransaction(sqlx::Transaction<'static, Postgres>),
}

enum Wire<'a> {
    Sqlite(&'a mut SqliteConnection),
    Postgres(&'a mut PgConnection),
}

impl Link {
    fn wire(&mut self) -> Result<Wire<'_>> {
        self.settled(false);
        Ok(match self {
            Self::Sqlite(lane) => Wire::Sqlite(lane.connection()?),
            Self::SqliteTransaction(transaction) => Wire::Sqlite(transaction),
            Self::Postgres(lane) => Wire::Postgres(lane.connection()?),
            Self::PostgresTransaction(transaction) => Wire::Postgres(transaction),
        })
    }

    /// What happened to the statement that [`Link::wire`] was asked for. Never called if it was given up half-way.
    fn settled(&mut self, well: bool) {
        match self {
            Self::Sqlite(lane) => lane.clean = well,
            Self::Postgres(lane) => lane.clean = well,
            Self::SqliteTransaction(_) | Self::PostgresTransaction(_) => {}
        }
    }
}

/// Where every reading query hangs. Goes back to its pool when dropped.
#[must_use]
pub struct Reader {
    link: Link,
    failed: bool,
}

impl Reader {
    /// Which engine answers.
    pub fn engine(&self) -> Engine {
        match self.link {
            Link::Sqlite(_) | Link::SqliteTransaction(_) => Engine::Sqlite,
            Link::Postgres(_) | Link::PostgresTransaction(_) => Engine::Postgres,
        }
    }

    /// Every row of a statement, prepared once per connection.
    pub(crate) async fn fetch(&mut self, sql: &'static str, values: &[Value<'_>]) -> Result<Vec<Row>> {
        self.rows(sql.into_sql_str(), values).await
    }

    /// The one row of a statement, if there is one.
    pub(crate) async fn fetch_one(&mut self, sql: &'static str, values: &[Value<'_>]) -> Result<Option<Row>> {
        let mut rows = self.fetch(sql, values).await?;
        if rows.len() > 1 {
            return Err(Error::Defect(format!("more than one row: {sql}")));
        }
        Ok(rows.pop())
    }

    /// Like [`Reader::fetch`] for a statement whose length depends on how many values there are. The text is made by this
    /// crate from its own words and placeholders, never from input.
    pub(crate) async fn fetch_composed(&mut self, sql: String, values: &[Value<'_>]) -> Result<Vec<Row>> {
        self.rows(AssertSqlSafe(sql).into_sql_str(), values).await
    }

    async fn rows(&mut self, sql: SqlStr, values: &[Value<'_>]) -> Result<Vec<Row>> {
        let rows = match self.link.wire()? {
            Wire::Sqlite(connection) => {
                let query = sqlx::query_with(sql, arguments::<SqliteArguments>(values)?);
                query.fetch_all(connection).await.map(|rows| rows.into_iter().map(Row::Sqlite).collect())
            }
            Wire::Postgres(connection) => {
                let query = sqlx::query_with(sql, arguments::<PgArguments>(values)?);
                query.fetch_all(connection).await.map(|rows| rows.into_iter().map(Row::Postgres).collect())
            }
        };
        self.noted(rows)
    }

    fn noted<T>(&mut self, result: sqlx::Result<T>) -> Result<T> {
        self.failed |= result.is_err();
        self.link.settled(result.is_ok());
        result.map_err(Error::from)
    }
}

/// One write transaction; reads within it see its own writes. Rolled back when dropped.
#[must_use = "a transaction that is not committed is rolled back"]
pub struct Transaction {
    reader: Reader,
}

impl Deref for Transaction {
    type Target = Reader;
    fn deref(&self) -> &Reader {
        &self.reader
    }
}

impl DerefMut for Transaction {
    fn deref_mut(&mut self) -> &mut Reader {
        &mut self.reader
    }
}

impl Transaction {
    /// Makes everything last. Refused after a statement failed: PostgreSQL would answer a commit with a silent rollback, and
    /// SQLite would keep the half that worked.
    pub async fn commit(self) -> Result<()> {
        if self.reader.failed {
            return Err(Error::Defect("commit after a failed statement".to_owned()));
        }
        match self.reader.link {
            Link::SqliteTransaction(transaction) => transaction.commit().await?,
            Link::PostgresTransaction(transaction) => transaction.commit().await?,
            Link::Sqlite(_) | Link::Postgres(_) => return Err(Error::Defect("no transaction".to_owned())),
        }
        Ok(())
    }

    /// Undoes everything, and waits until it is undone. Dropping does the same in its own time.
    pub async fn roll_back(self) -> Result<()> {
        match self.reader.link {
            Link::SqliteTransaction(transaction) => transaction.rollback().await?,
            Link::PostgresTransaction(transaction) => transaction.rollback().await?,
            Link::Sqlite(_) | Link::Postgres(_) => return Err(Error::Defect("no transaction".to_owned())),
        }
        Ok(())
    }

    /// How many rows a statement wrote.
    pub(crate) async fn execute(&mut self, sql: &'static str, values: &[Value<'_>]) -> Result<u64> {
        let written = match self.reader.link.wire()? {
            Wire::Sqlite(connection) => {
                let query = sqlx::query_with(sql, arguments::<SqliteArguments>(values)?);
                query.execute(connection).await.map(|done| done.rows_affected())
            }
            Wire::Postgres(connection) => {
                let query = sqlx::query_with(sql, arguments::<PgArguments>(values)?);
                query.execute(connection).await.map(|done| done.rows_affected())
            }
        };
        self.reader.noted(written)
    }

    /// Writes exactly one row, or it is a defect.
    pub(crate) async fn execute_one(&mut self, sql: &'static str, values: &[Value<'_>]) -> Result<()> {
        match self.execute(sql, values).await? {
            1 => Ok(()),
            rows => {
                self.reader.failed = true;
                Err(Error::Defect(format!("{rows} rows written: {sql}")))
            }
        }
    }

    /// Writes many rows with few statements: `head` up to and with `VALUES`, then `columns` values for each row.
    pub(crate) async fn insert_many(&mut self, head: &str, columns: usize, values: &[Value<'_>]) -> Result<()> {
        // SQLite finds a parameter by walking past all before it, so the cost of a statement grows with their square; equal
        // batches share one prepared statement.
        const PARAMETERS: usize = 300;
        for batch in values.chunks((PARAMETERS / columns).max(1) * columns) {
            let mut sql = String::from(head);
            for (index, _) in batch.iter().enumerate() {
                sql.push_str(match (index % columns, index) {
                    (0, 0) => " ($",
                    (0, _) => "), ($",
                    _ => ", $",
                });
                sql.push_str(&(index + 1).to_string());
            }
            sql.push(')');
            self.reader.fetch_composed(sql, batch).await?;
        }
        Ok(())
    }

    /// Several statements at once, without parameters; for the schema.
    pub(crate) async fn batch(&mut self, sql: String) -> Result<()> {
        let sql = sqlx::raw_sql(AssertSqlSafe(sql));
        let done = match self.reader.link.wire()? {
            Wire::Sqlite(connection) => sql.execute(connection).await.map(drop),
            Wire::Postgres(connection) => sql.execute(connection).await.map(drop),
        };
        self.reader.noted(done)
    }
}
