//! `cargo xtask test` and `check`.

use crate::server::{self, Profile};
use crate::step::{Result, Steps, at, cargo, output, program, run};
use crate::{bench, files, portal, setup};

/// Spec files at once: each has a browser and a server.
const AT_ONCE: &str = "--test-concurrency=2";
/// One test's patience, in milliseconds.
const PATIENCE: &str = "--test-timeout=180000";
const WASM: &[&str] = &["--target", "wasm32-unknown-unknown"];

/// All checks.
pub fn everything() -> Result {
    let mut steps = Steps::default();
    steps.step("set-up", set_up);
    if steps.good() {
        rust(&mut steps);
        portal(&mut steps);
        browser(&mut steps);
    }
    steps.sum_up()
}

/// A part of the checks.
pub fn part(name: &str) -> Result {
    let mut steps = Steps::default();
    steps.step("set-up", set_up);
    if steps.good() {
        match name {
            "rust" => rust(&mut steps),
            "portal" => portal(&mut steps),
            "browser" => {
                portal(&mut steps);
                browser(&mut steps);
            }
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
    steps.step("lints of the portal as it runs in a browser", || {
        run(cargo("clippy")
            .args(["--package", "portal", "--features", "csr"])
            .args(WASM)
            .args(["--", "--deny", "warnings"]))
    });
    steps.step("tests, storage on SQLite and PostgreSQL", || run(cargo("test").arg("--workspace")));
    steps.step("openapi.json is what the server's types say", openapi);
}

fn portal(steps: &mut Steps) {
    steps.step("portal, release build", portal::build);
    steps.step("size budget", bench::budget);
}

fn browser(steps: &mut Steps) {
    steps.step("server", || server::build(Profile::Debug));
    steps.step("end to end, in Chromium and WebKit", || {
        let specs = files::below(&at("end2end/specs"))?;
        let specs = specs.iter().filter(|file| file.to_string_lossy().ends_with(".spec.mjs"));
        run(program("node").args(["--test", "--test-reporter=spec", AT_ONCE, PATIENCE]).args(specs))
    });
}

fn formatting() -> Result {
    run(cargo("fmt").args(["--all", "--check"]))
}

fn lints() -> Result {
    run(cargo("clippy").args(["--workspace", "--all-targets", "--", "--deny", "warnings"]))
}

fn openapi() -> Result {
    server::build(Profile::Debug)?;
    let generated = output(program(at("target/debug/shouyue")).arg("openapi"))?;
    if generated == files::text(&at("openapi.json"))? {
        return Ok(());
    }
    Err("openapi.json is out of date: target/debug/shouyue openapi > openapi.json".to_owned())
}
