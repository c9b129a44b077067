//! From Rust to wasm: the compiler and the optimiser, the same for all that runs on a member's phone.

use crate::step::{Result, at, cargo, program, run};
use std::path::PathBuf;
use std::process::Command;

const TARGET: &str = "wasm32-unknown-unknown";
const PROFILE: &str = "wasm-release";

/// The compiler for a package, with the standard library built from source without its formatting of panics: a panic is a trap. `RUSTC_BOOTSTRAP`
/// lets the pinned stable compiler do that; rejected: a second, nightly tool chain. Every package is compiled with the same flags, so that
/// they share that library.
pub fn compiler(package: &str) -> Command {
    let mut command = cargo("rustc");
    command
        .args(["--package", package])
        .args(["--profile", PROFILE, "--target", TARGET])
        .args(["-Zbuild-std=std,panic_abort", "-Zbuild-std-features=optimize_for_size"])
        .env("RUSTC_BOOTSTRAP", "1")
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        // Not with `--cfg erase_components`, 2 % smaller: it takes every attribute off and puts it on again whenever a view
        // is drawn anew, and an element that loses its `tabindex` for a moment loses the focus.
        .env("RUSTFLAGS", "-Zunstable-options -Cpanic=immediate-abort");
    command
}

/// What the linker leaves of a package.
pub fn linked(name: &str) -> PathBuf {
    at("target").join(TARGET).join(PROFILE).join(format!("{name}.wasm"))
}

/// `wasm-opt`.
pub fn optimiser() -> Command {
    program(at("node_modules/.bin/wasm-opt"))
}

/// The heavy half of xtask.
pub fn xtask_wasm() -> Command {
    program(at("target/debug/xtask-wasm"))
}

/// Builds it: a minute the first time.
pub fn build_xtask_wasm() -> Result {
    run(cargo("build").args(["--quiet", "--package", "xtask-wasm"]))
}
