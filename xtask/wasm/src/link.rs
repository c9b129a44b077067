//! From the linker's wasm to what a browser loads.

use anyhow::{Context, Result, anyhow};
use std::fs;
use std::path::Path;
use wasm_bindgen_cli_support::Bindgen;

/// Splits `input` (linked with `--emit-relocs`, symbols kept) into a first part and chunks, and binds the first part to
/// script. Leaves `NAME.js`, `NAME_bg.wasm`, `__wasm_split.js` and the chunks in `out`.
pub fn split(input: &Path, out: &Path, name: &str) -> Result<()> {
    let wasm = fs::read(input).with_context(|| input.display().to_string())?;
    let first = out.join(format!("{name}.wasm"));
    let script = format!("./{name}.js");
    let mut options = wasm_split_cli_support::Options::new(&wasm);
    options.output_dir = out;
    options.main_out_path = &first;
    options.main_module = &script;
    options.target.web();
    // Its report type is not std's error, so `?` alone does not convert it.
    wasm_split_cli_support::transform(options).map_err(|error| anyhow!("splitting: {error:?}"))?;
    // The chunks import the function table, the stack pointer and functions by their symbols: wasm-bindgen must
    // neither drop the linker's exports nor rename anything.
    binder().keep_lld_exports(true).demangle(false).input_path(&first).generate(out)?;
    fs::remove_file(&first)?;
    Ok(())
}

/// Binds `input` as one wasm. Leaves `NAME.js` and `NAME_bg.wasm` in `out`.
pub fn whole(input: &Path, out: &Path, name: &str) -> Result<()> {
    binder().demangle(false).out_name(name).input_path(input).generate(out)
}

fn binder() -> Bindgen {
    let mut binder = Bindgen::new();
    // Fails only where another target was chosen before.
    if let Err(error) = binder.web(true) {
        unreachable!("{error}");
    }
    binder.typescript(false).remove_producers_section(true);
    binder
}
