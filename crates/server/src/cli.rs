//! The command line.

use std::future::Future;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Parser, Subcommand};
use contract::staff::Role;
use loyalty::Programme;
use storage::Database;
use tracing_subscriber::EnvFilter;
use uuid::Uuid;

use crate::accounts::NewAccount;
use crate::ambient::{SystemClock, SystemEntropy};
use crate::clock::{Clock, Moved};
use crate::gateway::{Console, MessageGateway, Nowhere, Webhook};
use crate::import::Context;
use crate::serve::Server;
use crate::settings::{GatewaySettings, Options, Settings};
use crate::state::{App, Parts};
use crate::{accounts, credentials, demo, import, openapi, wechat};

/// Settings, a command line or a programme that can't be used; the same as clap's own.
const UNUSABLE: u8 = 2;
const DEMO_PROGRAMME: &str = include_str!("../../../programme.toml");

/// The member portal's server
#[derive(Parser)]
#[command(name = "shouyue", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(clap::Args)]
struct Common {
    /// A TOML file with settings; the command line and the environment go before it
    #[arg(long, env = "SHOUYUE_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(flatten)]
    options: Options,
}

#[derive(Subcommand)]
enum Command {
    /// Brings the database up to date, then serves the API and the portal
    Serve(Common),
    /// Brings purchase histories in from a CSV file; safe to repeat
    Import {
        /// The file
        file: PathBuf,
        /// Imports nothing if a row is bad
        #[arg(long)]
        strict: bool,
        /// Prints the summary as JSON
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        common: Common,
    },
    /// Prints whom to sign in as in a demo, as JSON
    DemoAccounts(Common),
    /// Accounts of the staff
    #[command(subcommand)]
    Staff(StaffCommand),
    /// Prints the OpenAPI document
    Openapi,
    /// Prints the settings that hold, secrets masked
    Config(Common),
}

#[derive(Subcommand)]
enum StaffCommand {
    /// Adds an account or replaces it; reads the password from standard input, prints the authenticator's secret once
    Add {
        /// What is typed to sign in: small letters, digits, dots and hyphens
        #[arg(long)]
        user: String,
        /// What members see of it
        #[arg(long)]
        name: String,
        /// counter, desk or manager
        #[arg(long, value_parser = role)]
        role: Role,
        /// The identifier of the counter, for the role counter
        #[arg(long, value_name = "ID")]
        counter: Option<Uuid>,
        #[command(flatten)]
        common: Common,
    },
}

fn role(text: &str) -> Result<Role, &'static str> {
    Role::from_text(text).ok_or("counter, desk or manager")
}

/// Why a command ended before its end, and with which exit code.
struct End(u8, String);

impl<E: core::fmt::Display> From<E> for End {
    fn from(error: E) -> Self {
        Self(1, error.to_string())
    }
}

/// Runs the command that the process was started with.
pub fn main() -> ExitCode {
    match run(Arguments::parse().command) {
        Ok(code) => code,
        Err(End(code, words)) => {
            eprintln!("shouyue: {words}");
            ExitCode::from(code)
        }
    }
}

fn run(command: Command) -> Result<ExitCode, End> {
    match command {
        Command::Serve(common) => {
            let settings = settle(common)?;
            let programme = programme(&settings)?;
            log();
            block_on(serve(settings, programme))
        }
        Command::Import { file, strict, json, common } => {
            let settings = settle(common)?;
            let programme = programme(&settings)?;
            block_on(async {
                let database = open(&settings).await?;
                let context = context(&settings, &database, &programme);
                let done = import::run(context, &file, strict, json).await?;
                database.close().await;
                Ok(if done { ExitCode::SUCCESS } else { ExitCode::FAILURE })
            })
        }
        Command::DemoAccounts(mut common) => {
            common.options.demo = Some(true);
            let settings = settle(common)?;
            let programme = programme(&settings)?;
            block_on(async {
                let database = open(&settings).await?;
                let accounts = demo::accounts(context(&settings, &database, &programme)).await?;
                println!("{}", serde_json::to_string_pretty(&accounts)?);
                database.close().await;
                Ok(ExitCode::SUCCESS)
            })
        }
        Command::Staff(StaffCommand::Add { user, name, role, counter, common }) => {
            let settings = settle(common)?;
            let programme = programme(&settings)?;
            let mut password = String::new();
            std::io::stdin().read_line(&mut password)?;
            let new = NewAccount { user: user.clone(), name, role, counter };
            block_on(async {
                let database = open(&settings).await?;
                let password = password.trim_end_matches(['\r', '\n']);
                let secret = accounts::add(context(&settings, &database, &programme), new, password).await?;
                println!("{secret}");
                println!("{}", credentials::totp_uri(&user, &secret));
                database.close().await;
                Ok(ExitCode::SUCCESS)
            })
        }
        Command::Openapi => {
            print!("{}", openapi::document()?);
            Ok(ExitCode::SUCCESS)
        }
        Command::Config(common) => {
            print!("{}", settle(common)?.display()?);
            Ok(ExitCode::SUCCESS)
        }
    }
}

fn settle(common: Common) -> Result<Settings, End> {
    let options = common.options.over(common.config.as_deref());
    options.and_then(Options::settle).map_err(|error| End(UNUSABLE, error.to_string()))
}

fn programme(settings: &Settings) -> Result<Programme, End> {
    let (name, text) = match &settings.programme {
        Some(path) => {
            let text = std::fs::read_to_string(path);
            (path.display().to_string(), text.map_err(|error| End(UNUSABLE, format!("{}: {error}", path.display())))?)
        }
        None => ("programme.toml".to_owned(), DEMO_PROGRAMME.to_owned()),
    };
    Programme::parse(&text)
        .map_err(|error| End(UNUSABLE, format!("{name}:{}:{}: {}", error.line, error.column, error.message)))
}

fn log() {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    let _ = tracing_subscriber::fmt()
        .json()
        .flatten_event(true)
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .try_init();
}

fn block_on(work: impl Future<Output = Result<ExitCode, End>>) -> Result<ExitCode, End> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(work)
}

async fn open(settings: &Settings) -> Result<Database, End> {
    let database = Database::open(&settings.database).await?;
    database.migrate().await?;
    Ok(database)
}

fn clock(settings: &Settings) -> Moved<SystemClock> {
    Moved { clock: SystemClock, by: settings.clock_offset }
}

fn context<'a>(settings: &Settings, database: &'a Database, programme: &'a Programme) -> Context<'a> {
    Context { database, programme, entropy: &SystemEntropy, now: clock(settings).now() }
}

fn gateway(settings: &GatewaySettings) -> Result<Arc<dyn MessageGateway>, End> {
    Ok(match settings.clone() {
        GatewaySettings::Console => Arc::new(Console),
        GatewaySettings::Nowhere => Arc::new(Nowhere),
        GatewaySettings::Webhook { url, token } => Arc::new(Webhook::new(url, token)?),
    })
}

async fn serve(settings: Settings, programme: Programme) -> Result<ExitCode, End> {
    let database = open(&settings).await?;
    if settings.demo && demo::fill(context(&settings, &database, &programme)).await? {
        tracing::info!("the demo is filled");
    }
    let gateway = gateway(&settings.gateway)?;
    let clock = Arc::new(clock(&settings));
    let wechat = wechat::gateway(&settings.wechat.gateway, clock.clone())?;
    let entropy = Arc::new(SystemEntropy);
    let app = App::open(Parts { settings, programme, database, clock, entropy, gateway, wechat }).await?;
    // Before anybody is told the address, so that no signal is missed.
    let stopped = stop_signal()?;
    let server = Server::bind(app).await?;
    println!("listening on http://{}", server.address()?);
    if let Some(address) = server.metrics_address() {
        println!("metrics on http://{address}/metrics");
    }
    server.run(stopped).await?;
    Ok(ExitCode::SUCCESS)
}

fn stop_signal() -> std::io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}
