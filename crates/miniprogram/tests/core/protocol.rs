//! protocol.ts says the same as the core does.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use serde_json::{Value, json};

use crate::driver::Phone;

fn text() -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../miniprogram/core/protocol.ts");
    std::fs::read_to_string(path).expect("protocol.ts")
}

/// Field names by the variant's name, of a union whose members are told apart by `tag`: `| { do: 'copy'; text: string }`.
fn variants(tag: &str) -> BTreeMap<String, BTreeSet<String>> {
    let start = format!("| {{ {tag}: '");
    text()
        .lines()
        .filter_map(|line| {
            let (name, fields) = line.trim().strip_prefix(&start)?.split_once('\'')?;
            let fields = fields
                .split(';')
                .filter_map(|field| field.split_once(':'))
                .filter(|(name, _)| !name.ends_with('?'))
                .map(|(name, _)| name.trim().to_owned());
            Some((name.to_owned(), fields.collect()))
        })
        .collect()
}

fn keys(value: &Value, but: &str) -> BTreeSet<String> {
    value.as_object().unwrap().keys().filter(|key| *key != but).cloned().collect()
}

/// Fails if protocol.ts does not know this effect, or knows it with other fields.
pub fn check(run: &Value) {
    static RUNS: OnceLock<BTreeMap<String, BTreeSet<String>>> = OnceLock::new();
    let known = RUNS.get_or_init(|| variants("do"));
    assert_eq!(known.get(run["do"].as_str().unwrap()), Some(&keys(run, "do")), "{run}");
}

#[test]
fn both_know_the_same_requests() {
    let known = variants("op");
    let detail = Phone::off().say(r#"{"op":"?"}"#)["err"]["detail"].to_string();
    let listed: BTreeSet<String> = detail.split('`').skip(3).step_by(2).map(str::to_owned).collect();
    assert_eq!(known.keys().cloned().collect::<BTreeSet<_>>(), listed);
    // A request with nothing in it lacks, one after the other, what protocol.ts says that it has.
    for (op, fields) in known {
        let mut request = json!({"op": op});
        let mut asked = BTreeSet::new();
        for _ in 0..fields.len() {
            let detail = Phone::off().say(&request.to_string())["err"]["detail"].as_str().unwrap().to_owned();
            let Some(field) = detail.strip_prefix("missing field `").and_then(|rest| rest.split('`').next()) else {
                break;
            };
            request[field] = example(field);
            asked.insert(field.to_owned());
        }
        assert_eq!(asked, fields, "{op}");
    }
}

fn example(field: &str) -> Value {
    match field {
        "brand" | "system" | "stored" | "event" => json!({}),
        "file" | "path" => json!("/"),
        "seen" => json!(true),
        _ => json!(1),
    }
}

#[test]
fn both_know_the_same_of_a_page() {
    let text = text();
    let interface = text.split("export interface Data {").nth(1).unwrap().split('}').next().unwrap();
    let known: BTreeSet<String> =
        interface.lines().filter_map(|line| line.split_once(':')).map(|(name, _)| name.trim().to_owned()).collect();
    let phone = Phone::signed_in("zh");
    assert_eq!(keys(phone.data(phone.top()), ""), known);
}
