//! Where the wasm's bytes go, by the crate that wrote the function.

use anyhow::{Context, Result};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use wasmparser::{KnownCustom, Name, Parser, Payload, TypeRef};

/// Rows of the table; the rest is added up in one.
const ROWS: usize = 25;

/// Bytes of code by crate, in the first file and in the chunks.
#[derive(Default)]
struct Weights(BTreeMap<String, [usize; 2]>);

/// Prints the table for the wasm files of `folder`, which still have their names; `main` is the file of the first load.
pub fn print(folder: &Path, main: &str) -> Result<()> {
    let mut weights = Weights::default();
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "wasm") {
            let column = usize::from(path.file_name().is_none_or(|name| name != main));
            weights.weigh(&fs::read(&path)?, column).with_context(|| path.display().to_string())?;
        }
    }
    weights.print();
    Ok(())
}

impl Weights {
    fn weigh(&mut self, wasm: &[u8], column: usize) -> Result<()> {
        let mut imported = 0;
        let mut bodies = Vec::new();
        let mut names = BTreeMap::new();
        for payload in Parser::new(0).parse_all(wasm) {
            match payload? {
                Payload::ImportSection(imports) => {
                    for import in imports.into_imports() {
                        imported += u32::from(matches!(import?.ty, TypeRef::Func(_) | TypeRef::FuncExact(_)));
                    }
                }
                Payload::CodeSectionEntry(body) => bodies.push(length(body.range())),
                Payload::DataSection(data) => self.add("(data)", column, length(data.range())),
                Payload::ElementSection(elements) => self.add("(tables)", column, length(elements.range())),
                Payload::TypeSection(types) => self.add("(tables)", column, length(types.range())),
                Payload::CustomSection(section) => {
                    if let KnownCustom::Name(section) = section.as_known() {
                        for part in section {
                            if let Name::Function(map) = part? {
                                for naming in map {
                                    let naming = naming?;
                                    names.insert(naming.index, naming.name);
                                }
                            }
                        }
                    }
                }
                _ => {}
            }
        }
        for (index, size) in (imported..).zip(bodies) {
            self.add(&names.get(&index).map_or_else(|| "(no name)".to_owned(), |name| home(name)), column, size);
        }
        Ok(())
    }

    fn add(&mut self, name: &str, column: usize, bytes: usize) {
        if let Some(cell) = self.0.entry(name.to_owned()).or_default().get_mut(column) {
            *cell += bytes;
        }
    }

    fn print(self) {
        let mut rows: Vec<(String, [usize; 2])> = self.0.into_iter().collect();
        rows.sort_by_key(|(_, [main, chunks])| std::cmp::Reverse((*main, *chunks)));
        let sum = |rows: &[(String, [usize; 2])]| {
            rows.iter().fold([0, 0], |[main, chunks], (_, [m, c])| [main + m, chunks + c])
        };
        println!("{:<28}{:>12}{:>12}", "crate (bytes, not packed)", "first load", "chunks");
        let (shown, rest) = rows.split_at(rows.len().min(ROWS));
        for (name, [main, chunks]) in shown {
            println!("{name:<28}{main:>12}{chunks:>12}");
        }
        for (name, rows) in [("(others)", rest), ("sum", &rows)] {
            let [main, chunks] = sum(rows);
            println!("{name:<28}{main:>12}{chunks:>12}");
        }
    }
}

fn length(range: std::ops::Range<u64>) -> usize {
    (range.end - range.start) as usize
}

/// The crate a function is charged to: the one that wrote it, or for a generic function of the standard library the
/// first other crate in its type arguments, because without that crate the copy would not exist.
fn home(symbol: &str) -> String {
    let name = format!("{:#}", rustc_demangle::demangle(symbol));
    let mut standard = None;
    for (position, _) in name.match_indices("::") {
        let before = name.get(..position).unwrap_or_default();
        let start = before.rfind(|letter: char| !(letter.is_alphanumeric() || letter == '_')).map_or(0, |at| at + 1);
        // In the middle of a path: the crate is what a path starts with.
        if before.get(..start).is_some_and(|left| left.ends_with("::")) {
            continue;
        }
        match before.get(start..).unwrap_or_default() {
            "" => {}
            crate_name @ ("core" | "alloc" | "std") => {
                standard.get_or_insert(crate_name);
            }
            crate_name => return crate_name.to_owned(),
        }
    }
    standard.map_or_else(|| "(glue)".to_owned(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::home;

    #[test]
    fn a_function_belongs_to_the_crate_that_wrote_it() {
        assert_eq!(home("_RNvNtNtCs65t1iOTthTL_6portal5pages4home4draw"), "portal");
        assert_eq!(home("_RNvNtCs5RG54gtZtUF_4core3fmt5write"), "core");
    }

    #[test]
    fn a_generic_of_the_standard_library_is_charged_to_who_asked_for_it() {
        let screens =
            "_RINvNtCs5RG54gtZtUF_4core3ptr13drop_in_placeNtNtCs65t1iOTthTL_7screens4home4ViewECs65t1iOTthTL_6portal";
        assert_eq!(home(screens), "screens");
    }

    #[test]
    fn what_has_no_path_is_glue() {
        assert_eq!(home("__wbindgen_malloc"), "(glue)");
    }
}
