//! Reads `locales/<language>/*.toml` and writes one function a key; see the crate's documentation.
//!
//! A key is `key = "words with {placeholders}"` or, where English counts, `key = { one = "…", other = "…" }`: such a key's
//! function takes the number first.

#![allow(clippy::expect_used, reason = "what cargo promises to a build script")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs, process};

const LANGUAGES: [(&str, &str); 2] = [("ZhCn", "zh-CN"), ("En", "en")];

/// One or (if the language counts) two templates.
struct Words {
    one: Option<String>,
    other: String,
}

type Module = BTreeMap<String, Words>;
type Language = BTreeMap<String, Module>;

fn main() {
    let root = Path::new(&env::var("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("../../locales");
    println!("cargo::rerun-if-changed={}", root.display());
    let languages: Vec<Language> = LANGUAGES.iter().map(|(_, tag)| read(&root.join(tag))).collect();
    let problems = differences(&languages);
    if !problems.is_empty() {
        for problem in &problems {
            println!("cargo::error=locales: {problem}");
        }
        process::exit(1);
    }
    let out = Path::new(&env::var("OUT_DIR").expect("cargo sets it")).join("text.rs");
    fs::write(out, generate(&languages)).expect("OUT_DIR can be written");
}

fn fail(message: &str) -> ! {
    println!("cargo::error={message}");
    process::exit(1)
}

/// Every file of a language's folder. Which table stands in which file is for people; no table stands in two.
fn read(folder: &Path) -> Language {
    let files = fs::read_dir(folder).unwrap_or_else(|error| fail(&format!("{}: {error}", folder.display())));
    let mut language = Language::new();
    for file in files {
        let path = file.unwrap_or_else(|error| fail(&format!("{}: {error}", folder.display()))).path();
        println!("cargo::rerun-if-changed={}", path.display());
        for (module, keys) in read_file(&path) {
            if language.insert(module.clone(), keys).is_some() {
                fail(&format!("{}: [{module}] stands in another file, too", path.display()));
            }
        }
    }
    language
}

fn read_file(path: &Path) -> Language {
    let text = fs::read_to_string(path).unwrap_or_else(|error| fail(&format!("{}: {error}", path.display())));
    let table: toml::Table = text.parse().unwrap_or_else(|error| fail(&format!("{}: {error}", path.display())));
    let words = |module: &str, key: &str, value: &toml::Value| match value {
        toml::Value::String(other) => Words { one: None, other: other.clone() },
        toml::Value::Table(counted) => match (counted.get("one"), counted.get("other")) {
            (Some(toml::Value::String(one)), Some(toml::Value::String(other))) => {
                Words { one: Some(one.clone()), other: other.clone() }
            }
            _ => fail(&format!("{}: {module}.{key} needs `one` and `other`", path.display())),
        },
        _ => fail(&format!("{}: {module}.{key} is no text", path.display())),
    };
    table
        .iter()
        .map(|(module, keys)| {
            let keys = keys.as_table().unwrap_or_else(|| fail(&format!("{}: {module} is no table", path.display())));
            (module.clone(), keys.iter().map(|(key, value)| (key.clone(), words(module, key, value))).collect())
        })
        .collect()
}

/// The placeholders of a template, sorted, each once.
fn placeholders(template: &str) -> Vec<String> {
    let mut names: Vec<String> = template
        .split('{')
        .skip(1)
        .map(|part| part.split_once('}').unwrap_or_else(|| fail(&format!("unclosed placeholder in {template:?}"))).0)
        .map(str::to_owned)
        .collect();
    names.sort();
    names.dedup();
    names
}

fn all_placeholders(words: &Words) -> Vec<String> {
    let mut names = placeholders(&words.other);
    names.extend(words.one.iter().flat_map(|one| placeholders(one)));
    names.sort();
    names.dedup();
    names
}

fn differences(languages: &[Language]) -> Vec<String> {
    let mut problems = Vec::new();
    for (index, language) in languages.iter().enumerate() {
        for (other_index, other) in languages.iter().enumerate().filter(|(other_index, _)| *other_index != index) {
            for (module, keys) in language {
                for (key, words) in keys {
                    match other.get(module).and_then(|keys| keys.get(key)) {
                        None => problems.push(format!("{} lacks {module}.{key}", LANGUAGES[other_index].1)),
                        // Chinese need not name a count where English does, but nobody may name what others don't know.
                        Some(others) if other_index > index && all_placeholders(others) != all_placeholders(words) => {
                            problems
                                .push(format!("{module}.{key} has other placeholders in {}", LANGUAGES[other_index].1));
                        }
                        Some(_) => {}
                    }
                }
            }
        }
    }
    problems
}

fn generate(languages: &[Language]) -> String {
    let mut code = String::new();
    for (module, keys) in &languages[0] {
        writeln!(code, "pub mod {module} {{\n    use crate::{{Locale, fill}};").expect("a string can be written");
        let mut body = String::new();
        for key in keys.keys() {
            function(&mut body, key, &languages.iter().map(|language| &language[module][key]).collect::<Vec<_>>());
        }
        if !body.contains("fill(") {
            code = code.replace(
                &format!("pub mod {module} {{\n    use crate::{{Locale, fill}};"),
                &format!("pub mod {module} {{\n    use crate::Locale;"),
            );
        }
        code.push_str(&body);
        code.push_str("}\n");
    }
    code
}

fn function(code: &mut String, key: &str, words: &[&Words]) {
    let names = all_placeholders(words[0]);
    let counted = words.iter().any(|words| words.one.is_some());
    let indexed = |template: &str| {
        names.iter().enumerate().fold(template.to_owned(), |text, (index, name)| {
            text.replace(&format!("{{{name}}}"), &format!("{{{index}}}"))
        })
    };
    let mut parameters = String::from("locale: Locale");
    if counted {
        parameters.push_str(", count: i64");
    }
    for name in &names {
        write!(parameters, ", {name}: &str").expect("a string can be written");
    }
    let result = if names.is_empty() { "&'static str" } else { "String" };
    let mut arms = String::new();
    for ((variant, _), words) in LANGUAGES.iter().zip(words) {
        if let Some(one) = &words.one {
            writeln!(arms, "            Locale::{variant} if count == 1 => {:?},", indexed(one))
                .expect("a string can be written");
        }
        writeln!(arms, "            Locale::{variant} => {:?},", indexed(&words.other))
            .expect("a string can be written");
    }
    let choose = format!("match locale {{\n{arms}        }}");
    let body = if names.is_empty() { choose } else { format!("fill({choose}, &[{}])", names.join(", ")) };
    // A key may be a word of Rust's own.
    let raw = if matches!(key, "move" | "where" | "type" | "use" | "for" | "in" | "as" | "match") { "r#" } else { "" };
    writeln!(code, "    pub fn {raw}{key}({parameters}) -> {result} {{\n        {body}\n    }}")
        .expect("a string can be written");
}
