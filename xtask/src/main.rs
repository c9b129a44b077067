//! `cargo xtask …`: every command does the set-up it needs.

mod assets;
mod bench;
mod files;
mod front;
mod mini;
mod server;
mod setup;
mod step;
mod test;
mod wasm;

use std::process::ExitCode;
use step::Result;

const USAGE: &str = "\
cargo xtask run [--listen ADDRESS] [--fresh]   set up, build, and serve the demo (--fresh: with a new database)
cargo xtask test [--only PART]                 set up and check everything; PART: rust, portal, miniprogram, browser [SPEC]
cargo xtask build [--release]                  the portal into dist/ and the server into target/
cargo xtask build --miniprogram                the mini-program into dist-miniprogram/, ready to be opened and uploaded
cargo xtask check                              formatting, lints and the fast tests
cargo xtask kill [CYCLES]                      kill -9 under load, on SQLite and PostgreSQL (200 times each)
cargo xtask bench                              where the bytes go, times and requests a second
cargo xtask shots                              pictures of every screen
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match command(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(trouble) => {
            eprintln!("\n{} {trouble}", step::red("error:"));
            ExitCode::FAILURE
        }
    }
}

fn command(arguments: &[&str]) -> Result {
    match arguments {
        ["run", options @ ..] => server::run(options),
        ["test"] => test::everything(),
        ["test", "--only", part] => test::part(part, ""),
        ["test", "--only", "browser", file] => test::part("browser", file),
        ["build"] => {
            front::build()?;
            server::build(server::Profile::Debug)
        }
        ["build", "--release"] => {
            front::build()?;
            server::build(server::Profile::Release)
        }
        // There is one build of the wasm, so this is the release already.
        ["build", "--miniprogram"]
        | ["build", "--miniprogram", "--release"]
        | ["build", "--release", "--miniprogram"] => mini::build(),
        ["check"] => test::quick(),
        ["kill"] => test::kill(200),
        ["kill", cycles] => test::kill(cycles.parse().map_err(|_| format!("{cycles} is no number of cycles"))?),
        ["bench"] => bench::everything(),
        ["shots"] => bench::shots(),
        ["help" | "--help" | "-h"] | [] => {
            print!("{USAGE}");
            Ok(())
        }
        _ => Err(format!("no such command: {}\n\n{USAGE}", arguments.join(" "))),
    }
}
