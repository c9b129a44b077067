//! The portal, from Rust to `dist/`. There is one build of the wasm, the release build: `run`, `test` and a deployment serve the same bytes.

use crate::files::{self, Stamp};
use crate::step::{Result, at, cargo, output, program, run, say};
use crate::{assets, setup};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const TARGET: &str = "wasm32-unknown-unknown";
const PROFILE: &str = "wasm-release";

/// Everything that can change what is in `dist/`.
const SOURCES: &[&str] = &[
    "Cargo.lock",
    "Cargo.toml",
    "crates/catalogue",
    "crates/contract",
    "crates/screens",
    "crates/ui",
    "index.html",
    "locales",
    "package-lock.json",
    "public",
    "rust-toolchain.toml",
    "src",
    "style",
    "xtask",
];

/// What is loaded before the home page takes taps.
const FIRST: &[&str] = &["index.html", "portal.js", "portal_bg.wasm"];

/// The optimiser may use what every browser that can start the portal has (Rust 1.95 uses it too).
const WASM_OPT: &[&str] = &[
    "-Oz",
    // The report weighs the code by its names; they are stripped afterwards.
    "-g",
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// Working files of the build.
pub fn workshop() -> PathBuf {
    at("target/portal")
}

/// The optimised wasm files with their names, for the report.
pub fn named() -> PathBuf {
    workshop().join("named")
}

/// Builds `dist/`, or nothing if nothing has changed.
pub fn build() -> Result {
    let sources: Vec<PathBuf> = SOURCES.iter().map(|path| at(path)).collect();
    let stamp = Stamp::new(workshop().join("sources"), files::fingerprint(&sources)?);
    if stamp.fresh() && at("dist/index.html").exists() {
        return Ok(());
    }
    setup::toolchain()?;
    setup::npm()?;
    say("building the portal (the first time takes some minutes: the standard library is built for size, too)");
    run(cargo("build").args(["--quiet", "--package", "xtask-wasm"]))?;
    run(&mut compile())?;
    optimise(&at("target").join(TARGET).join(PROFILE).join("portal.wasm"))?;
    assets::build(&workshop().join("pkg"), &at("dist"))?;
    stamp.set()
}

/// The compiler, with the standard library built from source without its formatting of panics: a panic is a trap, and a script covers the page.
/// `RUSTC_BOOTSTRAP` lets the pinned stable compiler do that; rejected: a second, nightly tool chain.
fn compile() -> Command {
    let mut command = cargo("rustc");
    command
        .args(["--package", "portal", "--bin", "portal", "--no-default-features", "--features", "csr,split"])
        .args(["--profile", PROFILE, "--target", TARGET])
        .args(["-Zbuild-std=std,panic_abort", "-Zbuild-std-features=optimize_for_size"])
        .env("RUSTC_BOOTSTRAP", "1")
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        // Not with `--cfg erase_components`, 2 % smaller: it takes every attribute off and puts it on again whenever a view
        // is drawn anew, and an element that loses its `tabindex` for a moment loses the focus.
        .env("RUSTFLAGS", "-Zunstable-options -Cpanic=immediate-abort")
        // On the last crate only: the splitter reads relocations.
        .args(["--", "-Clink-args=--emit-relocs"]);
    command
}

/// Splits, binds, shrinks and strips; leaves what a browser loads in `target/portal/pkg`.
fn optimise(linked: &Path) -> Result {
    let package = workshop().join("pkg");
    let tool = at("xtask/wasm/src");
    let stamp =
        Stamp::new(workshop().join("linked"), files::fingerprint(&[linked.to_owned(), tool, at("package-lock.json")])?);
    if stamp.fresh() {
        return Ok(());
    }
    say("splitting and shrinking the wasm");
    files::empty(&named())?;
    files::empty(&package)?;
    output(xtask_wasm().arg("split").arg(linked).arg(named()).arg("portal"))?;
    let mut optimisers = Vec::new();
    for file in files::below(&named())?.into_iter().filter(|file| file.extension().is_some_and(|kind| kind == "wasm")) {
        let mut command = program(at("node_modules/.bin/wasm-opt"));
        // It warns of parts of the name section that it does not know; heard only when it fails.
        command.args(WASM_OPT).arg(&file).arg("-o").arg(&file).stderr(Stdio::piped());
        optimisers.push((command.spawn().map_err(|error| format!("wasm-opt: {error}"))?, file));
    }
    for (optimiser, file) in optimisers {
        let done = optimiser.wait_with_output().map_err(|error| format!("wasm-opt: {error}"))?;
        if !done.status.success() {
            return Err(format!("wasm-opt failed on {}\n{}", file.display(), String::from_utf8_lossy(&done.stderr)));
        }
    }
    output(xtask_wasm().arg("finish").arg(named()).arg(package).arg("portal"))?;
    stamp.set()
}

/// The heavy half of xtask.
pub fn xtask_wasm() -> Command {
    program(at("target/debug/xtask-wasm"))
}

/// A file of `dist/` that the portal's code is made of.
pub struct Size {
    /// Its name without the folder of the build.
    pub name: String,
    /// Bytes as stored.
    pub plain: u64,
    /// Bytes as sent.
    pub packed: u64,
    /// Whether it is loaded before the home page takes taps.
    pub first: bool,
}

/// The page, the scripts and the wasm.
pub fn sizes() -> Result<Vec<Size>> {
    let bytes =
        |path: &Path| fs::metadata(path).map(|data| data.len()).map_err(|error| format!("{}: {error}", path.display()));
    let mut sizes = Vec::new();
    for packed in files::below(&at("dist"))? {
        let plain = packed.with_extension("");
        let name = plain.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let code = [".html", ".js", ".wasm"].iter().any(|kind| name.ends_with(kind));
        if code && packed.extension().is_some_and(|extension| extension == "br") {
            let first = FIRST.contains(&name.as_str());
            sizes.push(Size { plain: bytes(&plain)?, packed: bytes(&packed)?, name, first });
        }
    }
    Ok(sizes)
}
