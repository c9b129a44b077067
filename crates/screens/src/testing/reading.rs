//! Reads a view as a member would: every text in it. And as a shell that is not written in Rust would: its JSON.

use core::fmt::Debug;

use contract::json;
use serde::Serialize;

/// Every text of a view with the name of its field, by way of its debug form.
pub(crate) fn texts(view: &impl Debug) -> Vec<(String, String)> {
    let printed = format!("{view:#?}");
    let mut fields: Vec<String> = Vec::new();
    let mut texts = Vec::new();
    for line in printed.lines() {
        let depth = (line.len() - line.trim_start().len()) / 4;
        fields.truncate(depth);
        let line = line.trim();
        let (name, rest) = match line.split_once(": ") {
            Some((name, rest)) if name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_') => (name, rest),
            _ => ("", line),
        };
        // A text inside `Some(…)` or a list stands on a line of its own, below the field's name.
        let named = if name.is_empty() {
            fields.iter().rev().find(|name| !name.is_empty()).cloned()
        } else {
            Some(name.to_owned())
        };
        if let Some(text) = rest.strip_prefix('"') {
            let text = text.trim_end_matches(',').strip_suffix('"').expect("texts end on their line");
            texts.push((named.unwrap_or_default(), text.replace("\\u{a0}", "\u{a0}").replace("\\\"", "\"")));
        } else if rest.starts_with(|c: char| c.is_ascii_uppercase()) && rest.contains("(\"") {
            panic!("a text in the middle of a line: {line}");
        }
        fields.push(name.to_owned());
    }
    texts
}

/// Whether a member sees the text as it is; the others are ids, drawings and what she typed herself.
pub(crate) fn is_prose(field: &str) -> bool {
    !matches!(
        field,
        "id" | "input_id"
            | "text_id"
            | "error_id"
            | "described_by"
            | "material"
            | "path"
            | "view_box"
            | "dash"
            | "value"
            | "back"
            | "max"
            | "colour"
            | "picture"
    )
}

pub(crate) fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// Reads a view of a member's screen, as she does and as JSON.
pub(crate) fn shown(page: &str, view: &(impl Debug + Serialize), chinese: bool) {
    check(page, view, chinese);
    let mut key = String::new();
    for (is_key, token) in json_texts(&json::encode(view).unwrap()) {
        if is_key {
            let is_snake_case = token.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
            assert!(is_snake_case && !token.is_empty(), "{page}: {token:?} as a key");
            key = token;
        } else if chinese && is_prose(&key) && !OWN_NAMES.contains(&token.as_str()) {
            // A variant under its name in Rust: in a Chinese view no text is such a word.
            let is_variant = token.starts_with(|c: char| c.is_ascii_uppercase())
                && token.chars().all(|c| c.is_ascii_alphabetic())
                && token.chars().any(|c| c.is_ascii_lowercase());
            assert!(!is_variant, "{page}: {key}: {token:?} as a value");
        }
    }
}

/// The texts of JSON without blanks, and whether each is a key.
fn json_texts(json: &str) -> Vec<(bool, String)> {
    let mut texts = Vec::new();
    let mut rest = json;
    while let Some((_, from)) = rest.split_once('"') {
        let mut escaped = false;
        let is_end = |c: char| {
            let ends = c == '"' && !escaped;
            escaped = c == '\\' && !escaped;
            ends
        };
        let (text, after) = from.split_at(from.find(is_end).expect("texts end"));
        rest = &after[1..];
        texts.push((rest.starts_with(':'), text.to_owned()));
    }
    texts
}

/// Fails if a text of the view is empty, holds a placeholder, or is in the wrong language.
pub(crate) fn check(page: &str, view: &impl Debug, chinese: bool) {
    for (field, text) in texts(view) {
        assert!(!text.contains(['{', '}', '$']), "{page}: {field}: {text:?}");
        // A sentence with a part that stands out may have nothing before or after it.
        let may_be_empty = matches!(field.as_str(), "value" | "before" | "strong" | "after" | "back" | "max");
        assert!(may_be_empty || !text.trim().is_empty(), "{page}: {field} is empty");
        if !is_prose(&field) || OWN_NAMES.contains(&text.as_str()) {
            continue;
        }
        if chinese {
            let words = text.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| word.len() > 3);
            assert_eq!(words.collect::<Vec<_>>(), Vec::<&str>::new(), "{page}: {field}: {text:?}");
        } else {
            assert!(!text.chars().any(is_han), "{page}: {field}: {text:?}");
            assert!(!text.contains(['，', '。', '：', '（']), "{page}: {field}: {text:?}");
        }
    }
}

/// A language's name is in its own language everywhere.
const OWN_NAMES: [&str; 2] = ["简体中文", "English"];

#[test]
fn every_text_is_found_with_its_field() {
    #[derive(Debug)]
    #[expect(dead_code, reason = "read through Debug")]
    struct View {
        heading: &'static str,
        hint: Option<&'static str>,
        rows: Vec<(&'static str, u8)>,
        inner: Inner,
    }
    #[derive(Debug)]
    #[expect(dead_code, reason = "read through Debug")]
    struct Inner {
        value: String,
    }
    let view = View { heading: "a", hint: Some("b: c"), rows: vec![("d", 1)], inner: Inner { value: String::new() } };
    let expected = [("heading", "a"), ("hint", "b: c"), ("rows", "d"), ("value", "")];
    assert_eq!(texts(&view), expected.map(|(field, text)| (field.to_owned(), text.to_owned())));
}

#[test]
fn keys_and_texts_of_json_are_told_apart() {
    let json = r#"{"a_b":"c\\","d":["e\":\"f",{"g":null}],"h":"i:"}"#;
    let expected =
        [(true, "a_b"), (false, r"c\\"), (true, "d"), (false, r#"e\":\"f"#), (true, "g"), (true, "h"), (false, "i:")];
    assert_eq!(json_texts(json), expected.map(|(is_key, text)| (is_key, text.to_owned())));
}

#[test]
#[should_panic(expected = "\"Shown\" as a key")]
fn a_variant_under_its_name_in_rust_is_noticed() {
    #[derive(Debug, Serialize)]
    enum Body {
        Shown { content: &'static str },
    }
    shown("page", &Body::Shown { content: "文" }, true);
}

#[test]
#[should_panic(expected = "\"Chosen\" as a value")]
fn a_variant_without_contents_is_noticed_too() {
    #[derive(Debug, Serialize)]
    struct Row {
        state: State,
    }
    #[derive(Debug, Serialize)]
    enum State {
        Chosen,
    }
    shown("page", &Row { state: State::Chosen }, true);
}
