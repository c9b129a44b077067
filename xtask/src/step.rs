//! Saying what is being done, doing it, and how long it took.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

/// What went wrong, in words for the person at the terminal.
pub type Result<T = ()> = std::result::Result<T, String>;

/// The project's root.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("."))
}

/// A path from the project's root.
pub fn at(path: &str) -> PathBuf {
    root().join(path)
}

/// A command that starts in the project's root.
pub fn program(name: impl AsRef<std::ffi::OsStr>) -> Command {
    let mut command = Command::new(name);
    command.current_dir(root());
    command
}

/// The cargo that started xtask.
pub fn cargo(subcommand: &str) -> Command {
    let mut command = program(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.arg(subcommand);
    // What the cargo that started xtask says about xtask's own package. A build script that reads it would run again, and
    // compile half the dependencies anew, whenever somebody calls cargo with xtask and without by turns.
    for (name, _) in std::env::vars_os() {
        if name.to_str().is_some_and(|name| name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_")) {
            command.env_remove(name);
        }
    }
    command
}

/// A line of progress.
pub fn say(text: &str) {
    eprintln!("{} {text}", bold("▸"));
}

/// Runs a command to its end, its output on the terminal.
pub fn run(command: &mut Command) -> Result {
    let status = command.status().map_err(|error| cannot_start(command, &error))?;
    if status.success() { Ok(()) } else { Err(format!("{} failed ({status})", words(command))) }
}

/// Runs a command and hands back what it printed; its output is shown only when it fails.
pub fn output(command: &mut Command) -> Result<String> {
    let done = command.output().map_err(|error| cannot_start(command, &error))?;
    let text = String::from_utf8_lossy(&done.stdout).into_owned();
    if done.status.success() {
        return Ok(text);
    }
    let errors = String::from_utf8_lossy(&done.stderr);
    Err(format!("{} failed ({})\n{text}{errors}", words(command), done.status))
}

fn cannot_start(command: &Command, error: &std::io::Error) -> String {
    format!("{} can't be started: {error}", command.get_program().to_string_lossy())
}

fn words(command: &Command) -> String {
    let name = Path::new(command.get_program()).file_name().unwrap_or(command.get_program());
    let mut words = name.to_string_lossy().into_owned();
    for argument in command.get_args().take(4) {
        words.push(' ');
        words.push_str(&argument.to_string_lossy());
    }
    words
}

/// A list of checks: each runs even when an earlier one failed, and all are summed up at the end.
#[derive(Default)]
pub struct Steps(Vec<(String, Duration, Result)>);

impl Steps {
    /// Runs one check; says whether it went well, for checks that build on it.
    pub fn step(&mut self, name: &str, check: impl FnOnce() -> Result) -> bool {
        say(name);
        let start = Instant::now();
        let result = check();
        if let Err(trouble) = &result {
            eprintln!("{} {trouble}", red("failed:"));
        }
        let good = result.is_ok();
        self.0.push((name.to_owned(), start.elapsed(), result));
        good
    }

    /// Prints the table; fails if a check failed.
    pub fn sum_up(self) -> Result {
        let total: Duration = self.0.iter().map(|(_, time, _)| *time).sum();
        eprintln!();
        for (name, time, result) in &self.0 {
            let mark = if result.is_ok() { green("ok    ") } else { red("FAILED") };
            eprintln!("{mark}  {:>8}  {name}", clock(*time));
        }
        eprintln!("        {:>8}  in all", clock(total));
        if self.0.iter().all(|(_, _, result)| result.is_ok()) {
            Ok(())
        } else {
            Err("some checks failed; see above".to_owned())
        }
    }
}

fn clock(time: Duration) -> String {
    let tenths = time.as_millis() / 100;
    format!("{}:{:02}.{}", tenths / 600, tenths / 10 % 60, tenths % 10)
}

fn paint(text: &str, code: &str) -> String {
    if std::io::stderr().is_terminal() { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
}

/// Stands out.
pub fn bold(text: &str) -> String {
    paint(text, "1;36")
}
/// Went well.
pub fn green(text: &str) -> String {
    paint(text, "32")
}
/// Went wrong.
pub fn red(text: &str) -> String {
    paint(text, "1;31")
}
