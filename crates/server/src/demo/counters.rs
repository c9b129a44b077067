//! The demo's counters, from `data/demo/counters.toml`.

use serde::Deserialize;
use storage::{Counter, CounterText};

use crate::entropy;
use crate::import::file::FileError;
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

/// All of them, each under a new identifier.
pub fn all(context: Context<'_>) -> Result<Vec<Counter>, ImportError> {
    // The file is part of the program and read by its tests, so this can only fail while somebody is writing it.
    let file: File = toml::from_str(COUNTERS)
        .map_err(|error| FileError::Unreadable(std::io::Error::new(std::io::ErrorKind::InvalidData, error)))?;
    file.counter
        .into_iter()
        .map(|counter| {
            Ok(Counter {
                id: entropy::id(context.entropy, context.now)?,
                hours: counter.hours,
                lat: counter.position.lat,
                lng: counter.position.lng,
                texts: vec![counter.zh_cn.text("zh-CN"), counter.en.text("en")],
            })
        })
        .collect()
}
