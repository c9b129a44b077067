//! Installs what is missing: parts of the tool chain, npm packages, Debian packages. Asks nothing when all is there.

use crate::files::{self, Stamp};
use crate::step::{Result, at, output, program, run, say};
use std::path::Path;

/// Oldest Node.js that runs the tools.
const NODE: u32 = 20;

/// A Debian package, and a file by which it is known to be there.
type Package = (&'static str, fn() -> bool);

/// What the browser tests and the storage tests need.
const FOR_TESTS: &[Package] = &[
    ("chromium", || Path::new("/usr/bin/chromium").exists()),
    // Without a Chinese font, pictures show boxes.
    ("fonts-noto-cjk", || Path::new("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc").exists()),
    ("postgresql", || Path::new("/usr/lib/postgresql").is_dir()),
    ("webkit2gtk-driver", || Path::new("/usr/bin/WebKitWebDriver").exists()),
    ("wrk", || Path::new("/usr/bin/wrk").exists()),
    ("xvfb", || Path::new("/usr/bin/Xvfb").exists()),
];

/// The parts of the pinned tool chain that rustup may have left out (it reads `rust-toolchain.toml` only when it installs).
pub fn toolchain() -> Result {
    let sysroot = output(program("rustc").args(["--print", "sysroot"]))?;
    let there = |path: &str| Path::new(sysroot.trim()).join(path).exists();
    if !there("lib/rustlib/wasm32-unknown-unknown/lib") {
        say("adding the wasm target to the tool chain");
        run(program("rustup").args(["target", "add", "wasm32-unknown-unknown"]))?;
    }
    for (component, file) in [
        ("rust-src", "lib/rustlib/src/rust/library/Cargo.lock"),
        ("clippy", "bin/cargo-clippy"),
        ("rustfmt", "bin/rustfmt"),
    ] {
        if !there(file) {
            say(&format!("adding {component} to the tool chain"));
            run(program("rustup").args(["component", "add", component]))?;
        }
    }
    Ok(())
}

/// The npm packages of `package-lock.json`, in `node_modules`. Their install scripts are not run; none is needed.
pub fn npm() -> Result {
    let version = output(program("node").arg("--version")).map_err(|_| format!("Node.js {NODE} or newer is needed"))?;
    let major = version.trim().trim_start_matches('v').split('.').next().and_then(|major| major.parse::<u32>().ok());
    if major.is_none_or(|major| major < NODE) {
        return Err(format!("Node.js {NODE} or newer is needed, this is {}", version.trim()));
    }
    let stamp = Stamp::new(at("node_modules/.installed"), files::fingerprint(&[at("package-lock.json")])?);
    if stamp.fresh() {
        return Ok(());
    }
    say("npm ci");
    run(program("npm").args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]))?;
    stamp.set()
}

/// The Debian packages that the tests need.
pub fn debian() -> Result {
    let missing: Vec<&str> = FOR_TESTS.iter().filter(|(_, there)| !there()).map(|(name, _)| *name).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let by_hand = format!(
        "the tests need Debian packages; install them with\n  apt-get update && apt-get install --no-install-recommends {}",
        missing.join(" ")
    );
    let root = output(program("id").arg("-u")).is_ok_and(|id| id.trim() == "0");
    if !root || output(program("apt-get").arg("--version")).is_err() {
        return Err(by_hand);
    }
    say(&format!("apt-get install {}", missing.join(" ")));
    let apt = |arguments: &[&str]| {
        run(program("apt-get").env("DEBIAN_FRONTEND", "noninteractive").arg("-qq").args(arguments))
    };
    // Lists may be old or absent; what they name may be gone.
    apt(&["update"])?;
    let mut install = vec!["install", "--yes", "--no-install-recommends"];
    install.extend(&missing);
    apt(&install)
}
