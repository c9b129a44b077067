//! The mini-program, from Rust and TypeScript to `dist-miniprogram/`, which WeChat's developer tools open and upload as it is. There is one build of
//! it: the tests run the bytes that a brand uploads.

use crate::files::{self, Stamp};
use crate::step::{Result, at, output, program, run, say};
use crate::{setup, wasm};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Everything that can change what is in `dist-miniprogram/`.
const SOURCES: &[&str] = &[
    "Cargo.lock",
    "Cargo.toml",
    "crates/catalogue",
    "crates/contract",
    "crates/miniprogram",
    "crates/screens",
    "crates/ui",
    "locales",
    "miniprogram",
    "package-lock.json",
    "public",
    "rust-toolchain.toml",
    "src",
    "style",
    "xtask",
];

/// What stands in for `[miniprogram]` of the brand's file.
const SETTINGS: [&str; 2] = ["SHOUYUE_MINIPROGRAM_ORIGIN", "SHOUYUE_MINIPROGRAM_APP_ID"];

/// What the compiler uses by itself, and so what the optimiser must read.
const READ: &[&str] = &[
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// Phones of 2020 know WebAssembly as it first was, and no more: whatever came later is lowered. iOS refuses a module that exports a global.
const LOWER: &[&str] = &[
    "--remove-exports=__*",
    "--signext-lowering",
    "--llvm-nontrapping-fptoint-lowering",
    "--llvm-memory-copy-fill-lowering",
    "-Oz",
    "--strip-producers",
    "--strip-debug",
    "--strip-target-features",
];

/// Where it is built.
pub const DIST: &str = "dist-miniprogram";

/// Builds `dist-miniprogram/`, or nothing if nothing has changed; says what the brand has yet to set.
pub fn build() -> Result {
    let sources: Vec<PathBuf> = SOURCES.iter().map(|path| at(path)).collect();
    let settings = SETTINGS.map(|name| std::env::var(name).unwrap_or_default()).join("\n");
    let state = format!("{}\n{settings}", files::fingerprint(&sources)?);
    let stamp = Stamp::new(at("target/front/miniprogram/sources"), state);
    if stamp.fresh() && at(DIST).join("app.json").exists() {
        return run(&mut tool("build"));
    }
    setup::toolchain()?;
    setup::npm()?;
    say("building the mini-program's core");
    wasm::build_xtask_wasm()?;
    run(wasm::compiler("miniprogram").args(["--lib", "--crate-type", "cdylib"]))?;
    let core = shrink(&wasm::linked("miniprogram"))?;
    say("putting dist-miniprogram/ together");
    run(tool("build").arg(at(DIST)).arg(core))?;
    stamp.set()
}

/// What needs no browser: types, templates, styles, and that no word and no rule stands outside the core.
pub fn check() -> Result {
    run(&mut tool("check"))
}

/// The tools' own tests.
pub fn tests_of_tools() -> Result {
    let tests = files::below(&at("miniprogram/tools"))?;
    let tests = tests.iter().filter(|path| path.to_string_lossy().ends_with(".test.mjs"));
    run(program("node").args(["--test", "--test-reporter=dot"]).args(tests))
}

fn tool(name: &str) -> Command {
    let mut command = program("node");
    command.arg(at("miniprogram/tools").join(format!("{name}.mjs")));
    command
}

/// Lowers, shrinks and packs the core; says where it is.
fn shrink(linked: &Path) -> Result<PathBuf> {
    let package = at("target/front/miniprogram/pkg");
    let packed = package.join("core.wasm.br");
    let inputs = [linked.to_owned(), at("xtask/src/mini.rs"), at("xtask/wasm/src"), at("package-lock.json")];
    let stamp = Stamp::new(at("target/front/miniprogram/linked"), files::fingerprint(&inputs)?);
    if !stamp.fresh() || !packed.exists() {
        files::empty(&package)?;
        output(wasm::optimiser().args(READ).arg(linked).args(LOWER).arg("-o").arg(package.join("core.wasm")))?;
        output(wasm::xtask_wasm().arg("brotli").arg(&package))?;
        stamp.set()?;
    }
    Ok(packed)
}
