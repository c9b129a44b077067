//! Counters, with their texts in every language.

use uuid::Uuid;

use crate::database::{Reader, Transaction};
use crate::error::Result;
use crate::value::Row;

/// A counter.
#[derive(Clone, Debug, PartialEq)]
pub struct Counter {
    /// Its identifier.
    pub id: Uuid,
    /// `10:00–22:00`, the programme's time zone.
    pub hours: String,
    /// WGS 84, degrees north.
    pub lat: f64,
    /// WGS 84, degrees east.
    pub lng: f64,
    /// In every language there is.
    pub texts: Vec<CounterText>,
}

/// What a counter is called in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CounterText {
    /// `zh-CN`, `en`.
    pub language: String,
    /// Its name.
    pub name: String,
    /// Its city.
    pub city: String,
    /// Its address.
    pub address: String,
}

impl Counter {
    /// In this language, or else in any.
    pub fn text(&self, language: &str) -> Option<&CounterText> {
        self.texts.iter().find(|text| text.language == language).or_else(|| self.texts.first())
    }
}

fn collect(rows: &[Row]) -> Result<Vec<Counter>> {
    let mut counters: Vec<Counter> = Vec::new();
    for row in rows {
        let id = row.get(0)?;
        if counters.last().is_none_or(|last| last.id != id) {
            counters.push(Counter { id, hours: row.get(1)?, lat: row.get(2)?, lng: row.get(3)?, texts: Vec::new() });
        }
        let text = CounterText { language: row.get(4)?, name: row.get(5)?, city: row.get(6)?, address: row.get(7)? };
        if let Some(last) = counters.last_mut() {
            last.texts.push(text);
        }
    }
    Ok(counters)
}

impl Reader {
    /// Every counter, or those of a city, by whichever language its name is in; ordered by identifier.
    pub async fn counters(&mut self, city: Option<&str>) -> Result<Vec<Counter>> {
        let sql = "SELECT c.counter_id, c.hours, c.lat, c.lng, t.language, t.name, t.city, t.address \
                   FROM counters c JOIN counter_texts t ON t.counter_id = c.counter_id \
                   WHERE $1 IS NULL OR EXISTS (SELECT 1 FROM counter_texts x WHERE x.counter_id = c.counter_id AND x.city = $1) \
                   ORDER BY c.counter_id, t.language";
        collect(&self.fetch(sql, &[city.into()]).await?)
    }

    /// By identifier.
    pub async fn counter(&mut self, id: Uuid) -> Result<Option<Counter>> {
        let sql = "SELECT c.counter_id, c.hours, c.lat, c.lng, t.language, t.name, t.city, t.address \
                   FROM counters c JOIN counter_texts t ON t.counter_id = c.counter_id \
                   WHERE c.counter_id = $1 ORDER BY t.language";
        Ok(collect(&self.fetch(sql, &[id.into()]).await?)?.pop())
    }
}

impl Transaction {
    /// Adds a counter, or replaces it with all its texts.
    pub async fn put_counter(&mut self, counter: &Counter) -> Result<()> {
        let sql = "INSERT INTO counters (counter_id, hours, lat, lng) VALUES ($1, $2, $3, $4) \
                   ON CONFLICT (counter_id) DO UPDATE SET hours = excluded.hours, lat = excluded.lat, lng = excluded.lng";
        let values = [counter.id.into(), (&counter.hours).into(), counter.lat.into(), counter.lng.into()];
        self.execute_one(sql, &values).await?;
        self.execute("DELETE FROM counter_texts WHERE counter_id = $1", &[counter.id.into()]).await?;
        let values: Vec<_> = counter
            .texts
            .iter()
            .flat_map(|text| {
                [
                    counter.id.into(),
                    (&text.language).into(),
                    (&text.name).into(),
                    (&text.city).into(),
                    (&text.address).into(),
                ]
            })
            .collect();
        self.insert_many("INSERT INTO counter_texts (counter_id, language, name, city, address) VALUES", 5, &values)
            .await
    }
}
