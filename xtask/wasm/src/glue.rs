//! Makes the script that wasm-bindgen writes smaller, together with the wasm it belongs to. Everything here leans on how the
//! pinned version lays its script out, and refuses a script that looks otherwise.

use anyhow::{Context, Result, bail};
use std::collections::{BTreeMap, BTreeSet};

/// A class that Rust code exports but never hands out is dead in script; but its exports keep its code alive in the wasm.
/// (Leptos's server functions bring three, for streams.)
pub struct DeadClasses(Vec<String>);

impl DeadClasses {
    /// Those of a script. An instance reaches script only through an import `__wbg_CLASS_new_…`.
    pub fn of(script: &str) -> Self {
        let names = script.lines().filter_map(|line| line.strip_prefix("export class ")?.strip_suffix(" {"));
        let handed_out = |name: &str| script.contains(&format!("__wbg_{}_new", name.to_lowercase()));
        Self(names.filter(|name| !handed_out(name)).map(str::to_owned).collect())
    }

    /// Whether an export of the wasm belongs to one of them.
    pub fn own(&self, export: &str) -> bool {
        self.0.iter().any(|class| {
            let class = class.to_lowercase();
            export == format!("__wbg_{class}_free") || export.starts_with(&format!("{class}_"))
        })
    }

    /// The script without them.
    pub fn remove_from(&self, script: &str) -> String {
        let mut blocks = Vec::new();
        for class in &self.0 {
            blocks.push((format!("export class {class} {{"), "}".to_owned()));
            blocks.push((format!("if (Symbol.dispose) {class}."), String::new()));
            blocks.push((format!("const {class}Finalization = "), "    : new ".to_owned()));
        }
        let block = |line: &str| blocks.iter().find(|(start, _)| line.starts_with(start)).map(|(_, end)| end.as_str());
        let mut end = None;
        let mut kept = String::new();
        for line in script.lines() {
            end = end.or_else(|| block(line));
            match end {
                Some(last) if line.starts_with(last) => end = None,
                Some(_) => {}
                None => {
                    kept.push_str(line);
                    kept.push('\n');
                }
            }
        }
        kept
    }
}

/// The script in three parts: what stands before the functions that the wasm imports, the functions, and the rest.
pub struct Script<'a> {
    before: &'a str,
    functions: Vec<Function<'a>>,
    after: &'a str,
}

/// One property of the object of imports.
struct Function<'a> {
    name: &'a str,
    /// From the colon to the comma.
    body: &'a str,
}

impl<'a> Script<'a> {
    /// Takes a script apart.
    pub fn parse(script: &'a str) -> Result<Self> {
        let open = "    const import0 = {\n        __proto__: null,\n";
        let (before, rest) = script.split_once(open).context("the script of wasm-bindgen has no object of imports")?;
        let (functions, after) = rest.split_once("\n    };\n").context("the object of imports does not end")?;
        // A function starts at a line with just this indentation that does not close one.
        let starts = functions.match_indices("\n        ").map(|(at, indent)| at + indent.len());
        let starts = starts.filter(|at| functions.get(*at..).is_some_and(|text| !text.starts_with([' ', '}'])));
        let starts: Vec<usize> = [8].into_iter().chain(starts).collect();
        let ends = starts.iter().skip(1).map(|start| start - 8).chain([functions.len()]);
        let functions = starts.iter().zip(ends).filter_map(|(start, end)| functions.get(*start..end));
        let functions = functions
            .map(|text| {
                let (name, body) = text.trim_end().split_once(": ").context("a property without a name")?;
                Ok(Function { name, body })
            })
            .collect::<Result<_>>()?;
        Ok(Self { before, functions, after })
    }

    /// Leaves out the functions that the wasm does not import.
    pub fn keep(&mut self, imports: &BTreeSet<String>) -> Result<()> {
        self.functions.retain(|function| imports.contains(function.name));
        if self.functions.len() < imports.len() {
            bail!("the script has {} of the wasm's {} imports", self.functions.len(), imports.len());
        }
        Ok(())
    }

    /// A short name for every function, the same for those that say the same; and for those exports that are mangled
    /// symbols. The hashes in their names are what does not compress, and they stand in the script as well as in the wasm.
    pub fn short_names(&self, exports: &[String]) -> BTreeMap<String, String> {
        let mut bodies = BTreeMap::new();
        let functions = self.functions.iter().map(|function| {
            let next = bodies.len();
            let number = *bodies.entry(function.body).or_insert(next);
            (function.name.to_owned(), format!("${number}"))
        });
        let symbols = exports.iter().filter(|name| name.starts_with("_R") || name.starts_with("_ZN"));
        let symbols = symbols.enumerate().map(|(number, name)| (name.clone(), format!("$_{number}")));
        functions.collect::<Vec<_>>().into_iter().chain(symbols).collect()
    }

    /// The script with these names.
    pub fn render(&self, names: &BTreeMap<String, String>) -> String {
        let mut written = BTreeSet::new();
        let mut script = format!("{}    const import0 = {{\n", self.before);
        for function in &self.functions {
            let name = names.get(function.name).map_or(function.name, String::as_str);
            if written.insert(name) {
                script.extend([name, ": ", function.body, "\n"]);
            }
        }
        script.push_str("    };\n");
        script.push_str(self.after);
        rename(&script, names)
    }
}

/// The script with every whole word replaced that has a short name.
fn rename(script: &str, names: &BTreeMap<String, String>) -> String {
    let word = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == '$';
    let mut renamed = String::new();
    let mut rest = script;
    while let Some(start) = rest.find(word) {
        let (before, after) = rest.split_at(start);
        let (name, after) = after.split_at(after.find(|letter| !word(letter)).unwrap_or(after.len()));
        renamed.push_str(before);
        renamed.push_str(names.get(name).map_or(name, String::as_str));
        rest = after;
    }
    renamed + rest
}

#[cfg(test)]
mod tests {
    use super::{DeadClasses, Script};
    use std::collections::BTreeSet;

    const SCRIPT: &str = "\
export class Sink {
    free() {
        wasm.__wbg_sink_free(0, 0);
    }
}
if (Symbol.dispose) Sink.prototype[Symbol.dispose] = Sink.prototype.free;
function __wbg_get_imports() {
    const import0 = {
        __proto__: null,
        __wbg_a_1: function(arg0) {
            arg0.remove();
        },
        __wbg_b_2: function() { return handleError(function (arg0) {
            _Rclosure(arg0);
        }, arguments); },
        __wbg_c_3: function(arg0) {
            arg0.remove();
        },
        __wbg_e_5: function(arg0) {
            const state = {
                a: arg0,
            };
        },
        __wbg_d_4: function(arg0) {
            arg0.unused();
        },
    };
}
const SinkFinalization = (typeof FinalizationRegistry === 'undefined')
    ? { register: () => {}, unregister: () => {} }
    : new FinalizationRegistry(ptr => wasm.__wbg_sink_free(ptr, 1));
last();
";

    #[test]
    fn a_class_that_is_never_handed_out_goes_with_its_exports() {
        let dead = DeadClasses::of(SCRIPT);
        let rest = dead.remove_from(SCRIPT);
        assert!(!rest.contains("Sink") && rest.starts_with("function") && rest.ends_with("last();\n"), "{rest}");
        assert!(dead.own("__wbg_sink_free") && dead.own("sink_write") && !dead.own("__wbindgen_free"));
    }

    #[test]
    fn a_class_that_is_handed_out_stays() {
        let script = SCRIPT.replace("__wbg_d_4", "__wbg_sink_new");
        assert_eq!(DeadClasses::of(&script).remove_from(&script), script);
    }

    #[test]
    fn functions_that_say_the_same_become_one_and_unused_ones_go() {
        let mut script = Script::parse(SCRIPT).unwrap();
        script.keep(&["__wbg_a_1", "__wbg_b_2", "__wbg_c_3", "__wbg_e_5"].map(str::to_owned).into()).unwrap();
        let names = script.short_names(&["_Rclosure".to_owned(), "memory".to_owned()]);
        assert_eq!(names["__wbg_a_1"], names["__wbg_c_3"]);
        let script = script.render(&names);
        assert_eq!(script.matches("arg0.remove();").count(), 1);
        assert!(script.contains("$1: function() {") && script.contains("$_0(arg0);"), "{script}");
        assert!(script.contains("$2: function(arg0) {\n            const state = {\n                a: arg0,\n            };\n        },\n    };"), "{script}");
        assert!(!script.contains("unused") && !script.contains("memory"));
    }

    #[test]
    fn an_import_that_the_script_lacks_is_refused() {
        let mut script = Script::parse(SCRIPT).unwrap();
        assert!(script.keep(&BTreeSet::from(["x".to_owned()])).is_err());
    }
}
