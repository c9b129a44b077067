//! `cargo xtask test` and `check`.

use crate::server::{self, Profile};
use crate::step::{Result, Steps, at, cargo, output, program, run};
use crate::{bench, files, front, mini, setup};
use std::path::{Path, PathBuf};

/// Spec files at once: each has a browser and a server.
const AT_ONCE: &str = "--test-concurrency=2";
/// The patience with one file, in milliseconds.
const PATIENCE: &str = "--test-timeout=900000";
/// The staff's pages as text; the portal's are text for the server anyway.
const DRAWN: &str = "staff/ssr";
/// The specs about the mini-program are called so.
const MINI: &str = "mini-";
const WASM: &[&str] = &["--target", "wasm32-unknown-unknown"];

/// All checks.
pub fn everything() -> Result {
    let mut steps = Steps::default();
    if steps.step("set-up", set_up) {
        rust(&mut steps);
        miniprogram(&mut steps);
        browser(&mut steps, "");
    }
    steps.sum_up()
}

/// A part of the checks; of the browser's, those whose file is called so.
pub fn part(name: &str, file: &str) -> Result {
    let mut steps = Steps::default();
    if steps.step("set-up", set_up) {
        match name {
            "rust" => rust(&mut steps),
            "portal" => drop(portal(&mut steps)),
            "miniprogram" => miniprogram(&mut steps),
            "browser" => browser(&mut steps, file),
            _ => return Err(format!("no such part: {name}")),
        }
    }
    steps.sum_up()
}

/// What a developer runs before every commit: seconds, once it is compiled.
pub fn quick() -> Result {
    let mut steps = Steps::default();
    steps.step("set-up", setup::toolchain);
    steps.step("formatting", formatting);
    steps.step("lints", lints);
    steps.step("fast tests", || {
        run(cargo("test").args(["--quiet", "-p", "contract", "-p", "catalogue", "-p", "screens", "-p", "loyalty"]))
    });
    steps.sum_up()
}

/// The server's end by `kill -9`, so many times on each database. `test` does the same a few times.
pub fn kill(cycles: u32) -> Result {
    set_up()?;
    let mut command = cargo("test");
    command.args(["--package", "server", "--test", "kill", "--", "--nocapture", "--test-threads=1"]);
    run(command.env("SHOUYUE_KILL_CYCLES", cycles.to_string()))
}

fn set_up() -> Result {
    setup::toolchain()?;
    setup::npm()?;
    setup::debian()
}

fn rust(steps: &mut Steps) {
    steps.step("formatting", formatting);
    steps.step("contract and screens for wasm, alone", || {
        run(cargo("check").args(["--package", "contract", "--package", "screens"]).args(WASM))
    });
    steps.step("lints", lints);
    steps.step("lints of the front ends as they run in a browser", || {
        run(cargo("clippy")
            .args(["--package", "portal", "--package", "staff", "--package", "ui"])
            .args(["--features", "portal/csr,staff/csr"])
            .args(WASM)
            .args(["--", "--deny", "warnings"]))
    });
    steps.step("lints of the mini-program's core as it runs on a phone", || {
        run(cargo("clippy").args(["--package", "miniprogram"]).args(WASM).args(["--", "--deny", "warnings"]))
    });
    steps.step("tests, storage on SQLite and PostgreSQL", || {
        run(cargo("test").args(["--workspace", "--features", DRAWN]))
    });
    steps.step("openapi.json is what the server's types say", openapi);
}

fn portal(steps: &mut Steps) -> bool {
    let built = steps.step("front ends, release build", front::build);
    if built {
        steps.step("size budget", bench::budget);
    }
    built
}

fn miniprogram(steps: &mut Steps) {
    steps.step("mini-program: its tools' own tests", mini::tests_of_tools);
    steps.step("mini-program: types, templates, style, and no word or rule outside the core", mini::check);
    mini_program(steps);
}

fn mini_program(steps: &mut Steps) -> bool {
    steps.step("mini-program, ready to be uploaded", mini::build)
}

fn browser(steps: &mut Steps, file: &str) {
    let mut chosen = Vec::new();
    if !steps.step("specs", || specs(file).map(|specs| chosen = specs)) {
        return;
    }
    // What an older portal or server does in a browser says nothing.
    if !portal(steps) || !steps.step("server", || server::build(Profile::Debug)) {
        return;
    }
    if chosen.iter().any(|path| name(path).starts_with(MINI)) && !mini_program(steps) {
        return;
    }
    steps.step("end to end, in Chromium and WebKit", || {
        run(program("node").args(["--test", "--test-reporter=spec", AT_ONCE, PATIENCE]).args(chosen))
    });
}

/// The specs whose file is called so.
fn specs(file: &str) -> Result<Vec<PathBuf>> {
    let specs = files::below(&at("end2end/specs"))?;
    Ok(specs.into_iter().filter(|path| name(path).ends_with(".spec.mjs") && name(path).starts_with(file)).collect())
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn formatting() -> Result {
    run(cargo("fmt").args(["--all", "--check"]))
}

fn lints() -> Result {
    run(cargo("clippy").args(["--workspace", "--all-targets", "--features", DRAWN, "--", "--deny", "warnings"]))
}

fn openapi() -> Result {
    server::build(Profile::Debug)?;
    let generated = output(program(at("target/debug/shouyue")).arg("openapi"))?;
    if generated == files::text(&at("openapi.json"))? {
        return Ok(());
    }
    Err("openapi.json is out of date: target/debug/shouyue openapi > openapi.json".to_owned())
}
