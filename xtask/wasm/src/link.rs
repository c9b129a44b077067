//! From the linker's wasm to what a browser loads.

use crate::glue::{DeadClasses, Script};
use crate::sections::{self, Rewriting};
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
    bury(out, name)
}

/// Binds `input` as one wasm. Leaves `NAME.js` and `NAME_bg.wasm` in `out`.
pub fn whole(input: &Path, out: &Path, name: &str) -> Result<()> {
    binder().demangle(false).out_name(name).input_path(input).generate(out)?;
    bury(out, name)
}

/// Takes dead classes out of script and wasm, so that the optimiser sees that their code is dead, too.
fn bury(out: &Path, name: &str) -> Result<()> {
    let path = out.join(format!("{name}.js"));
    let script = fs::read_to_string(&path)?;
    let dead = DeadClasses::of(&script);
    fs::write(&path, dead.remove_from(&script))?;
    let wasm = out.join(format!("{name}_bg.wasm"));
    Rewriting { keep_custom: true, keep_export: &|export| !dead.own(export), ..Rewriting::STRIP }.apply(&wasm, &wasm)
}

/// After the optimiser: from `named`, whose wasm files still have the names of their functions, makes what a browser loads.
pub fn finish(named: &Path, out: &Path, name: &str) -> Result<()> {
    let main = format!("{name}_bg.wasm");
    let script = fs::read_to_string(named.join(format!("{name}.js")))?;
    let mut script = Script::parse(&script)?;
    let (imports, exports) = sections::names(&named.join(&main), &format!("./{name}_bg.js"))?;
    script.keep(&imports)?;
    let short = script.short_names(&exports);
    fs::write(out.join(format!("{name}.js")), script.render(&short))?;
    let rename = |name: &str| short.get(name).map_or(name, String::as_str).to_owned();
    for entry in fs::read_dir(named)? {
        let path = entry?.path();
        let target = out.join(path.file_name().unwrap_or_default());
        if path.ends_with(&main) {
            Rewriting { rename: &rename, ..Rewriting::STRIP }.apply(&path, &target)?;
        } else if path.extension().is_some_and(|kind| kind == "wasm") {
            Rewriting::STRIP.apply(&path, &target)?;
        } else if !path.ends_with(format!("{name}.js")) {
            fs::copy(&path, &target)?;
        }
    }
    Ok(())
}

fn binder() -> Bindgen {
    let mut binder = Bindgen::new();
    // Fails only where another target was chosen before.
    if let Err(error) = binder.web(true) {
        unreachable!("{error}");
    }
    // Without its path the script would wait to be told where the wasm is.
    binder.typescript(false).remove_producers_section(true).omit_default_module_path(false);
    binder
}
