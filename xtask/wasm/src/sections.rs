//! What a wasm file is made of.

use anyhow::{Context, Result};
use std::fs;
use std::path::Path;
use wasmparser::{Parser, Payload};

/// Copies `input` without its custom sections: names, producers and target features are for tools, not for browsers.
/// Done here and not by the optimiser, so that the report can weigh the very same code with its names.
pub fn strip(input: &Path, out: &Path) -> Result<()> {
    let wasm = fs::read(input).with_context(|| input.display().to_string())?;
    let mut stripped = wasm.get(..8).context("not a wasm file")?.to_vec();
    let mut position = 8;
    for payload in Parser::new(0).parse_all(&wasm) {
        // A section's range leaves out its own head (one byte of kind and the length), which is copied with it.
        let (range, custom) = match payload? {
            Payload::CustomSection(section) => (section.range(), true),
            other => match other.as_section() {
                Some((_, range)) => (range, false),
                None => continue,
            },
        };
        let end = range.end as usize;
        if !custom {
            stripped.extend_from_slice(wasm.get(position..end).context("a section past the end")?);
        }
        position = end;
    }
    fs::write(out, stripped).with_context(|| out.display().to_string())
}
