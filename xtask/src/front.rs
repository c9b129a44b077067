//! The front ends, from Rust to `dist/`. There is one build of each wasm, the release build: `run`, `test` and a deployment serve the same bytes.

use crate::files::{self, Stamp};
use crate::step::{Result, at, output, run, say};
use crate::wasm::xtask_wasm;
use crate::{assets, setup, wasm};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

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
    "staff",
    "style",
    "xtask",
];

/// A front end.
pub struct FrontEnd {
    /// Of its package, its binary, its script and its wasm.
    pub name: &'static str,
    /// For the compiler.
    features: &'static str,
    /// How its wasm is bound to script: as one, or split into chunks.
    binding: &'static str,
}

/// The members' front end.
pub const PORTAL: FrontEnd = FrontEnd { name: "portal", features: "csr,split", binding: "split" };
/// The staff's. In one piece: it is loaded in the morning, not for every glance.
pub const STAFF: FrontEnd = FrontEnd { name: "staff", features: "csr", binding: "whole" };

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

impl FrontEnd {
    /// Working files of its build.
    fn workshop(&self) -> PathBuf {
        at("target/front").join(self.name)
    }

    /// The optimised wasm files with their names, for the report.
    pub fn named(&self) -> PathBuf {
        self.workshop().join("named")
    }

    /// What a browser loads: script and wasm.
    pub fn package(&self) -> PathBuf {
        self.workshop().join("pkg")
    }

    fn build(&self) -> Result {
        say(&format!("building {}", self.name));
        run(&mut self.compile())?;
        self.optimise(&wasm::linked(self.name))
    }

    /// The compiler. When the wasm traps, a script covers the page.
    fn compile(&self) -> Command {
        let mut command = wasm::compiler(self.name);
        command.args(["--bin", self.name, "--no-default-features", "--features", self.features]);
        if self.binding == "split" {
            // On the last crate only: the splitter reads relocations.
            command.args(["--", "-Clink-args=--emit-relocs"]);
        }
        command
    }

    /// Splits, binds, shrinks and strips.
    fn optimise(&self, linked: &Path) -> Result {
        let (named, package) = (self.named(), self.package());
        let tool = at("xtask/wasm/src");
        let inputs = [linked.to_owned(), tool, at("package-lock.json")];
        let stamp = Stamp::new(self.workshop().join("linked"), files::fingerprint(&inputs)?);
        if stamp.fresh() {
            return Ok(());
        }
        say(&format!("shrinking the wasm of {}", self.name));
        files::empty(&named)?;
        files::empty(&package)?;
        output(xtask_wasm().arg(self.binding).arg(linked).arg(&named).arg(self.name))?;
        let mut optimisers = Vec::new();
        let wasm = |file: &PathBuf| file.extension().is_some_and(|kind| kind == "wasm");
        for file in files::below(&named)?.into_iter().filter(wasm) {
            let mut command = wasm::optimiser();
            // It warns of parts of the name section that it does not know; heard only when it fails.
            command.args(WASM_OPT).arg(&file).arg("-o").arg(&file).stderr(Stdio::piped());
            optimisers.push((command.spawn().map_err(|error| format!("wasm-opt: {error}"))?, file));
        }
        for (optimiser, file) in optimisers {
            let done = optimiser.wait_with_output().map_err(|error| format!("wasm-opt: {error}"))?;
            if !done.status.success() {
                return Err(format!(
                    "wasm-opt failed on {}\n{}",
                    file.display(),
                    String::from_utf8_lossy(&done.stderr)
                ));
            }
        }
        output(xtask_wasm().arg("finish").arg(named).arg(package).arg(self.name))?;
        stamp.set()
    }
}

/// Builds `dist/`, or nothing if nothing has changed.
pub fn build() -> Result {
    let sources: Vec<PathBuf> = SOURCES.iter().map(|path| at(path)).collect();
    let stamp = Stamp::new(at("target/front/sources"), files::fingerprint(&sources)?);
    if stamp.fresh() && at("dist/index.html").exists() {
        return Ok(());
    }
    setup::toolchain()?;
    setup::npm()?;
    say("building the front ends (the first time takes some minutes: the standard library is built for size, too)");
    wasm::build_xtask_wasm()?;
    PORTAL.build()?;
    STAFF.build()?;
    assets::build(&at("dist"))?;
    stamp.set()
}

/// When a file is loaded.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// Before the home page takes taps.
    First,
    /// With another page of the portal.
    Later,
    /// By the staff.
    Staff,
}

/// A file of `dist/` that the front ends' code is made of.
pub struct Size {
    /// Its name without the folder of the build.
    pub name: String,
    /// Bytes as stored.
    pub plain: u64,
    /// Bytes as sent.
    pub packed: u64,
    /// When it is loaded.
    pub when: When,
}

/// The page, the scripts and the wasm.
pub fn sizes() -> Result<Vec<Size>> {
    let bytes =
        |path: &Path| fs::metadata(path).map(|data| data.len()).map_err(|error| format!("{}: {error}", path.display()));
    let mut sizes = Vec::new();
    let staff = at("dist/staff");
    for packed in files::below(&at("dist"))? {
        let plain = packed.with_extension("");
        let name = plain.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let code = [".html", ".js", ".wasm"].iter().any(|kind| name.ends_with(kind));
        if code && packed.extension().is_some_and(|extension| extension == "br") {
            let when = match (packed.starts_with(&staff), FIRST.contains(&name.as_str())) {
                (true, _) => When::Staff,
                (false, true) => When::First,
                (false, false) => When::Later,
            };
            sizes.push(Size { plain: bytes(&plain)?, packed: bytes(&packed)?, name, when });
        }
    }
    Ok(sizes)
}
