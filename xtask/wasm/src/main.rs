//! Works on the portal's wasm with libraries pinned by `Cargo.lock`, so that nothing is installed for the whole machine.
//! A package of its own, because these libraries take a minute to compile and most of xtask's commands don't need them.

mod compress;
mod glue;
mod link;
mod report;
mod sections;

use anyhow::{Result, bail};
use std::path::Path;

const USAGE: &str = "usage: xtask-wasm split|whole IN.wasm OUT_DIR NAME | finish NAMED_DIR OUT_DIR NAME | brotli DIR | report NAMED_DIR MAIN.wasm";

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["split", input, out, name] => link::split(Path::new(input), Path::new(out), name),
        ["whole", input, out, name] => link::whole(Path::new(input), Path::new(out), name),
        ["finish", named, out, name] => link::finish(Path::new(named), Path::new(out), name),
        ["brotli", folder] => compress::folder(Path::new(folder)),
        ["report", folder, main] => report::print(Path::new(folder), main),
        _ => bail!(USAGE),
    }
}
