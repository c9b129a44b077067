//! Databases for tests, this crate's and the server's: a fresh SQLite file, or a fresh database on a PostgreSQL server that
//! the test binary starts by itself and that ends with it, however it ends.

use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};
use tempfile::TempDir;

use crate::Engine;

/// What went wrong, in words for whoever runs the tests.
pub type Result<T> = core::result::Result<T, String>;

/// An empty database (no schema yet) that goes away with this value; a PostgreSQL one with the server.
#[derive(Debug)]
pub struct Fresh {
    /// For [`crate::Database::open`] and `--database`.
    pub url: String,
    _folder: Option<TempDir>,
}

/// An empty database on that engine.
pub async fn fresh(engine: Engine) -> Result<Fresh> {
    fresh_in(engine, &std::env::temp_dir()).await
}

/// The same in memory, where the machine has a file system for that: for tests that commit a hundred thousand times, and of
/// which none is about what survives the loss of power.
pub async fn fresh_in_memory(engine: Engine) -> Result<Fresh> {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { fresh_in(engine, memory).await } else { fresh(engine).await }
}

async fn fresh_in(engine: Engine, parent: &Path) -> Result<Fresh> {
    match engine {
        Engine::Sqlite => {
            let folder = tempfile::tempdir_in(parent).map_err(|error| error.to_string())?;
            let url = format!("sqlite:{}", folder.path().join("test.sqlite").display());
            Ok(Fresh { url, _folder: Some(folder) })
        }
        Engine::Postgres => {
            let url = shared_postgres()?.create_database().await?;
            Ok(Fresh { url, _folder: None })
        }
    }
}

/// The server that all tests of this process share; started by the first that asks.
pub fn shared_postgres() -> Result<&'static PostgresServer> {
    static SERVER: OnceLock<Result<PostgresServer>> = OnceLock::new();
    SERVER.get_or_init(PostgresServer::start).as_ref().map_err(Clone::clone)
}

/// A PostgreSQL server in a temporary folder, reached by a socket in it.
#[derive(Debug)]
pub struct PostgresServer {
    folder: PathBuf,
    databases: AtomicU32,
    // Dropping its standard input ends the server. A process that is killed drops it too.
    keeper: Child,
}

/// Runs as the server's user. Makes the cluster, starts the server, says `ready`, waits for the end of its input, stops the
/// server and removes the folder. Nothing has to be durable here.
const KEEPER: &str = r#"
set -e
"$1/initdb" -D "$2/data" -U postgres -A trust -E UTF8 --locale=C --no-sync > "$2/log" 2>&1 || { cat "$2/log" >&2; exit 1; }
"$1/pg_ctl" -D "$2/data" -l "$2/log" -w -s start -o "-k $2 -c listen_addresses= -c max_connections=300 -c fsync=off \
  -c synchronous_commit=off -c full_page_writes=off -c jit=off -c shared_buffers=64MB" < /dev/null || { cat "$2/log" >&2; exit 1; }
echo ready
cat > /dev/null
"$1/pg_ctl" -D "$2/data" -m immediate -s stop || true
rm -rf "$2"
"#;

impl PostgresServer {
    /// Makes a cluster and starts a server on it, from the binaries on PATH or under `/usr/lib/postgresql`.
    pub fn start() -> Result<Self> {
        let binaries = binaries()?;
        // A socket's path has to stay under 108 bytes, so the folder is made under /tmp wherever TMPDIR points.
        let folder = tempfile::Builder::new().prefix("shouyue-pg-").tempdir_in("/tmp");
        let folder = folder.map_err(|error| format!("no temporary folder: {error}"))?.keep();
        let mut command = match other_user(&folder)? {
            Some((user, group)) => {
                let mut command = Command::new("setpriv");
                command.args(["--reuid", &user.to_string(), "--regid", &group.to_string(), "--clear-groups", "sh"]);
                command
            }
            None => Command::new("sh"),
        };
        let mut keeper = command
            .args(["-c", KEEPER, "sh"])
            .args([&binaries, &folder])
            .current_dir("/tmp")
            // Ctrl-C at a terminal ends the tests; the keeper then still has to clean up.
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("PostgreSQL could not be started: {error}"))?;
        let mut line = String::new();
        if let Some(output) = keeper.stdout.take() {
            BufReader::new(output).read_line(&mut line).map_err(|error| error.to_string())?;
        }
        if line.trim() != "ready" {
            let status = keeper.wait();
            return Err(format!("PostgreSQL did not start ({status:?}); its messages stand above"));
        }
        Ok(Self { folder, databases: AtomicU32::new(0), keeper })
    }

    /// The address of a database of this server.
    pub fn url(&self, database: &str) -> String {
        format!("postgres://postgres@localhost/{database}?host={}", self.folder.display())
    }

    /// Makes an empty database; answers with its address.
    pub async fn create_database(&self) -> Result<String> {
        let name = format!("test_{}", self.databases.fetch_add(1, Ordering::Relaxed));
        let words = |error: sqlx::Error| format!("no database {name}: {error}");
        let mut connection = PgConnection::connect(&self.url("postgres")).await.map_err(words)?;
        connection.execute(AssertSqlSafe(format!("CREATE DATABASE {name}"))).await.map_err(words)?;
        connection.close().await.map_err(words)?;
        Ok(self.url(&name))
    }
}

impl Drop for PostgresServer {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        let _ = self.keeper.wait();
    }
}

/// The newest PostgreSQL there is.
fn binaries() -> Result<PathBuf> {
    let on_path = std::env::var_os("PATH").unwrap_or_default();
    let mut found: Vec<PathBuf> = std::env::split_paths(&on_path).collect();
    if let Ok(versions) = std::fs::read_dir("/usr/lib/postgresql") {
        let mut versions: Vec<PathBuf> = versions.flatten().map(|version| version.path().join("bin")).collect();
        versions.sort();
        found.extend(versions.into_iter().rev());
    }
    let complete = |folder: &PathBuf| ["initdb", "pg_ctl", "postgres"].iter().all(|name| folder.join(name).is_file());
    found.into_iter().find(complete).ok_or_else(|| {
        "initdb, pg_ctl and postgres are neither on PATH nor under /usr/lib/postgresql: install Debian's postgresql"
            .to_owned()
    })
}

/// PostgreSQL refuses to run as root: then it is another user, who gets the folder.
fn other_user(folder: &Path) -> Result<Option<(u32, u32)>> {
    use std::os::unix::fs::{MetadataExt, chown};
    let words = |error: std::io::Error| error.to_string();
    // The folder was just made, so its owner is who we are.
    if std::fs::metadata(folder).map_err(words)?.uid() != 0 {
        return Ok(None);
    }
    let users = std::fs::read_to_string("/etc/passwd").map_err(words)?;
    for name in ["postgres", "nobody"] {
        let fields = users.lines().map(|line| line.split(':').collect::<Vec<_>>()).find(|fields| fields[0] == name);
        if let Some([_, _, uid, gid, ..]) = fields.as_deref()
            && let (Ok(uid), Ok(gid)) = (uid.parse(), gid.parse())
        {
            chown(folder, Some(uid), Some(gid)).map_err(words)?;
            return Ok(Some((uid, gid)));
        }
    }
    Err("there is neither a user postgres nor nobody to run PostgreSQL as".to_owned())
}

/// Runs a statement that no query of this crate would: sabotage, or a state that is not reachable yet.
pub async fn run(fresh: &Fresh, sql: &str) -> Result<()> {
    let words = |error: sqlx::Error| error.to_string();
    if fresh.url.starts_with("sqlite:") {
        let mut connection = sqlx::SqliteConnection::connect(&fresh.url).await.map_err(words)?;
        connection.execute(AssertSqlSafe(sql)).await.map_err(words)?;
        connection.close().await.map_err(words)
    } else {
        let mut connection = PgConnection::connect(&fresh.url).await.map_err(words)?;
        connection.execute(AssertSqlSafe(sql)).await.map_err(words)?;
        connection.close().await.map_err(words)
    }
}
