//! Rewrites a wasm file: which of its exports stay, what imports and exports are called, and none of its custom sections.

use anyhow::{Context, Result, anyhow};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use wasm_encoder::reencode::{Reencode, RoundtripReencoder};
use wasm_encoder::{ExportSection, ImportSection, Module, RawSection};
use wasmparser::{Parser, Payload};

/// What happens to a file.
pub struct Rewriting<'a> {
    /// Custom sections (names, producers, target features) are for tools, not for browsers.
    pub keep_custom: bool,
    /// Whether an export stays.
    pub keep_export: &'a dyn Fn(&str) -> bool,
    /// The name in the new file of an import or export.
    pub rename: &'a dyn Fn(&str) -> String,
}

impl Rewriting<'_> {
    /// Only leaves out the custom sections. Done here and not by the optimiser, so that the report can weigh the very same
    /// code with its names.
    pub const STRIP: Self = Self { keep_custom: false, keep_export: &|_| true, rename: &|name| name.to_owned() };

    /// Reads `input` and writes `out`, which may be the same file.
    pub fn apply(&self, input: &Path, out: &Path) -> Result<()> {
        let wasm = fs::read(input).with_context(|| input.display().to_string())?;
        let mut module = Module::new();
        for payload in Parser::new(0).parse_all(&wasm) {
            match payload? {
                Payload::ImportSection(section) => {
                    let mut imports = ImportSection::new();
                    for import in section.into_imports() {
                        let import = import?;
                        let ty = RoundtripReencoder.entity_type(import.ty).map_err(|error| anyhow!("{error}"))?;
                        imports.import(import.module, &(self.rename)(import.name), ty);
                    }
                    module.section(&imports);
                }
                Payload::ExportSection(section) => {
                    let mut exports = ExportSection::new();
                    for export in section {
                        let export = export?;
                        if (self.keep_export)(export.name) {
                            let kind =
                                RoundtripReencoder.export_kind(export.kind).map_err(|error| anyhow!("{error}"))?;
                            exports.export(&(self.rename)(export.name), kind, export.index);
                        }
                    }
                    module.section(&exports);
                }
                Payload::CustomSection(_) if !self.keep_custom => {}
                other => {
                    if let Some((id, range)) = other.as_section() {
                        let data =
                            wasm.get(range.start as usize..range.end as usize).context("a section past the end")?;
                        module.section(&RawSection { id, data });
                    }
                }
            }
        }
        fs::write(out, module.finish()).with_context(|| out.display().to_string())
    }
}

/// The names that a wasm file imports from a module, and all that it exports.
pub fn names(file: &Path, module: &str) -> Result<(BTreeSet<String>, Vec<String>)> {
    let wasm = fs::read(file).with_context(|| file.display().to_string())?;
    let (mut imports, mut exports) = (BTreeSet::new(), Vec::new());
    for payload in Parser::new(0).parse_all(&wasm) {
        match payload? {
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    let import = import?;
                    if import.module == module {
                        imports.insert(import.name.to_owned());
                    }
                }
            }
            Payload::ExportSection(section) => {
                for export in section {
                    exports.push(export?.name.to_owned());
                }
            }
            _ => {}
        }
    }
    Ok((imports, exports))
}
