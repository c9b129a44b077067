//! Building the server, and `cargo xtask run`.

use crate::step::{Result, at, bold, cargo, output, program, root, run as execute, say};
use crate::{files, front, setup};
use serde_json::Value;
use std::fs;
use std::io::{BufRead, BufReader};
use std::net::{SocketAddr, TcpListener};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const LISTEN: &str = "127.0.0.1:8080";
/// Ports to try above the usual one.
const PORTS: u16 = 20;
/// What `demo-accounts` calls the three members to show.
const SHOWN: usize = 3;
/// A SQLite database is up to three files; their names end so.
const TAILS: [&str; 3] = ["", "-wal", "-shm"];

/// How the server is compiled.
#[derive(Clone, Copy)]
pub enum Profile {
    /// Quick to build.
    Debug,
    /// Quick to run.
    Release,
}

/// Builds `shouyue`.
pub fn build(profile: Profile) -> Result {
    say("building the server");
    let mut command = cargo("build");
    command.args(["--package", "server", "--bin", "shouyue"]);
    if let Profile::Release = profile {
        command.arg("--release");
    }
    execute(&mut command)
}

/// `cargo xtask run`.
pub fn run(options: &[&str]) -> Result {
    let (address, fresh) = match options {
        [] => (free_address()?, false),
        ["--fresh"] => (free_address()?, true),
        ["--listen", address] => (given(address)?, false),
        ["--listen", address, "--fresh"] | ["--fresh", "--listen", address] => (given(address)?, true),
        _ => return Err(format!("run does not know {}", options.join(" "))),
    };
    setup::npm()?;
    front::build()?;
    build(Profile::Debug)?;
    let file = database();
    if fresh {
        forget(&file);
    }
    if !file.exists() {
        prepare()?;
    }
    welcome(address)?;
    // From here on this process is the server: Ctrl-C, signals and its exit code are its own.
    let error = serve(&address.to_string(), &file).exec();
    Err(format!("the server can't be started: {error}"))
}

/// The compiled server, for development.
fn shouyue() -> Command {
    program(at("target/debug/shouyue"))
}

fn database() -> PathBuf {
    at(".run/demo.sqlite")
}

fn serve(address: &str, database: &Path) -> Command {
    let mut command = shouyue();
    command
        .args(["serve", "--demo", "--listen", address])
        .arg("--database")
        .arg(format!("sqlite:{}", database.display()))
        .arg("--portal")
        .arg(at("dist"))
        .arg("--programme")
        .arg(at("programme.toml"));
    // Requests would bury the one-time codes.
    if std::env::var_os("RUST_LOG").is_none() {
        command.env("RUST_LOG", "warn");
    }
    command
}

/// Fills the demo's database, so that its members can be shown before the server takes over the terminal. Under another
/// name until it is complete: Ctrl-C leaves nothing half-filled behind.
fn prepare() -> Result {
    say("filling the demo: real purchase histories, invented names");
    files::write(&at(".run/.gitignore"), "*\n")?;
    let draft = at(".run/draft.sqlite");
    forget(&draft);
    let mut child = serve("127.0.0.1:0", &draft)
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| format!("shouyue can't be started: {error}"))?;
    let lines = child.stdout.take().map(|out| BufReader::new(out).lines().map_while(|line| line.ok()));
    let listening = lines.is_some_and(|mut lines| lines.any(|line| line.starts_with("listening on ")));
    if listening {
        output(program("kill").arg(child.id().to_string()))?;
    }
    let ended = child.wait().map_err(|error| error.to_string())?;
    if !listening || !ended.success() {
        return Err("the demo's database could not be filled; see above".to_owned());
    }
    for tail in TAILS {
        let _ = fs::rename(format!("{}{tail}", draft.display()), format!("{}{tail}", database().display()));
    }
    Ok(())
}

/// Removes a database.
fn forget(file: &Path) {
    for tail in TAILS {
        let _ = fs::remove_file(format!("{}{tail}", file.display()));
    }
}

fn welcome(address: SocketAddr) -> Result {
    let accounts =
        output(shouyue().arg("demo-accounts").arg("--database").arg(format!("sqlite:{}", database().display())))?;
    let accounts: Value = serde_json::from_str(&accounts).map_err(|error| format!("demo-accounts: {error}"))?;
    println!(
        "\n  {}\n\n  Sign in with one of these numbers; the one-time code appears below.",
        bold(&format!("http://{address}/"))
    );
    for member in accounts["members"].as_array().into_iter().flatten().take(SHOWN) {
        let field = |name: &str| member[name].as_str().unwrap_or_default().to_owned();
        println!("    {:<16}  {}  {}", field("phone"), field("name"), field("tier"));
    }
    if let Some(clerk) = accounts["staff"].as_array().into_iter().flatten().next() {
        let field = |name: &str| clerk[name].as_str().unwrap_or_default().to_owned();
        println!(
            "\n  {}\n\n  The counter's side: user {}, password {}, and the six digits of an authenticator with the secret\n    {}",
            bold(&format!("http://{address}/staff")),
            field("user"),
            field("password"),
            field("totp_secret"),
        );
        println!("  or from another terminal, for this half minute (`totp_now`; the other staff stand there too):");
        println!("    target/debug/shouyue demo-accounts --database sqlite:{}", display(&database()));
    } else {
        println!(
            "\n  This database was filled before there were gifts and staff; `cargo xtask run --fresh` fills a new one."
        );
    }
    println!("\n  Ctrl-C stops the server.\n");
    Ok(())
}

/// From the project's root, where it is inside it.
fn display(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}

fn given(address: &str) -> Result<SocketAddr> {
    let address: SocketAddr = address.parse().map_err(|error| format!("--listen {address}: {error}"))?;
    free(address).then_some(address).ok_or_else(|| format!("{address} is taken"))
}

fn free_address() -> Result<SocketAddr> {
    let usual: SocketAddr = LISTEN.parse().map_err(|error| format!("{LISTEN}: {error}"))?;
    let mut candidates = (0..=PORTS).map(|step| SocketAddr::new(usual.ip(), usual.port() + step));
    let address = candidates
        .find(|address| free(*address))
        .ok_or_else(|| format!("{LISTEN} and the {PORTS} ports above it are taken; choose one with --listen"))?;
    if address != usual {
        say(&format!("{usual} is taken, using {address}"));
    }
    Ok(address)
}

fn free(address: SocketAddr) -> bool {
    TcpListener::bind(address).is_ok()
}
