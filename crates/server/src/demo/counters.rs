//! The demo's counters, from `data/demo/counters.toml`.

use serde::Deserialize;
use storage::{Counter, CounterText};

use super::read;
use crate::entropy;
use crate::import::{Context, ImportError};

const COUNTERS: &str = include_str!("../../../../data/demo/counters.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    counter: Vec<FileCounter>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileCounter {
    key: String,
    position: Position,
    hours: String,
    #[serde(rename = "zh-CN")]
    zh_cn: Words,
    en: Words,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Position {
    lat: f64,
    lng: f64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    name: String,
    city: String,
    address: String,
}

impl Words {
    fn text(self, language: &str) -> CounterText {
        CounterText { language: language.to_owned(), name: self.name, city: self.city, address: self.address }
    }
}

/// All of them, each under a new identifier, and what the demo's other files call it.
pub fn all(context: Context<'_>) -> Result<Vec<(String, Counter)>, ImportError> {
    read::<File>(COUNTERS)?
        .counter
        .into_iter()
        .map(|counter| {
            let stored = Counter {
                id: entropy::id(context.entropy, context.now)?,
                hours: counter.hours,
                lat: counter.position.lat,
                lng: counter.position.lng,
                texts: vec![counter.zh_cn.text("zh-CN"), counter.en.text("en")],
            };
            Ok((counter.key, stored))
        })
        .collect()
}
