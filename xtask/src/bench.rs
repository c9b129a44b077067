//! `cargo xtask bench` and `shots`, and the budget of the first load.

use crate::front::{self, Size, When};
use crate::server::{self, Profile};
use crate::step::{Result, at, cargo, program, run};
use crate::{files, mini, setup, wasm};

/// Bytes (brotli) of page with style, script and wasm before the home page takes taps. The promise is 110,000 of all kinds; the rest is for the member's
/// figures and for answers' heads.
const BUDGET: u64 = 105_000;

/// `cargo xtask bench`: where the bytes go, then what each file in `end2end/bench` measures on the release build, and
/// reservations beside a bare loop.
pub fn everything() -> Result {
    prepare(Profile::Release)?;
    print_sizes(&front::sizes()?);
    println!();
    run(wasm::xtask_wasm().arg("report").arg(front::PORTAL.named()).arg("portal_bg.wasm"))?;
    for file in files::below(&at("end2end/bench"))? {
        if file.to_string_lossy().ends_with(".bench.mjs") {
            println!();
            run(program("node").arg(file).env("SHOUYUE_BINARY", at("target/release/shouyue")))?;
        }
    }
    println!();
    run(cargo("bench").args(["--quiet", "--package", "server", "--bench", "reservations"]))
}

/// `cargo xtask shots`.
pub fn shots() -> Result {
    prepare(Profile::Debug)?;
    mini::build()?;
    run(program("node").arg("end2end/shots.mjs"))
}

/// Fails if the first load has grown past its budget.
pub fn budget() -> Result {
    let sizes = front::sizes()?;
    print_sizes(&sizes);
    let first: u64 = sizes.iter().filter(|size| size.when == When::First).map(|size| size.packed).sum();
    if first <= BUDGET {
        Ok(())
    } else {
        Err(format!("the first load is {first} bytes, {BUDGET} are allowed; `cargo xtask bench` says where they go"))
    }
}

fn prepare(profile: Profile) -> Result {
    setup::toolchain()?;
    setup::npm()?;
    setup::debian()?;
    front::build()?;
    server::build(profile)
}

fn print_sizes(sizes: &[Size]) {
    println!("{:<36}{:>12}{:>12}", "file", "bytes", "brotli");
    for (when, title) in [(When::First, "first load"), (When::Later, "later"), (When::Staff, "staff")] {
        let (mut plain, mut packed) = (0, 0);
        for size in sizes.iter().filter(|size| size.when == when) {
            println!("  {:<34}{:>12}{:>12}", size.name, size.plain, size.packed);
            plain += size.plain;
            packed += size.packed;
        }
        println!("{title:<36}{plain:>12}{packed:>12}");
    }
}
