//! What goes into a statement and what comes out of a row, on both engines.

use std::borrow::Cow;

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;
use sqlx::{Arguments, Decode, Encode, Postgres, Row as _, Sqlite, Type};
use uuid::Uuid;

use crate::error::{Error, Result};

/// A parameter. Null is typed, because PostgreSQL wants to know what kind of nothing it is.
#[derive(Clone, Debug)]
pub(crate) enum Value<'a> {
    Int(Option<i64>),
    Text(Option<Cow<'a, str>>),
    Flag(bool),
    Real(f64),
}

/// The parameters of a statement as its engine wants them.
pub(crate) fn arguments<'v, A>(values: &[Value<'v>]) -> Result<A>
where
    A: Arguments,
    for<'t> Option<i64>: Encode<'t, A::Database> + Type<A::Database>,
    for<'t> Option<&'t str>: Encode<'t, A::Database> + Type<A::Database>,
    for<'t> bool: Encode<'t, A::Database> + Type<A::Database>,
    for<'t> f64: Encode<'t, A::Database> + Type<A::Database>,
{
    let mut arguments = A::default();
    arguments.reserve(values.len(), values.len() * 16);
    for value in values {
        match value {
            Value::Int(int) => arguments.add(*int),
            Value::Text(text) => arguments.add(text.as_deref()),
            Value::Flag(flag) => arguments.add(*flag),
            Value::Real(real) => arguments.add(*real),
        }
        .map_err(|error| Error::Defect(error.to_string()))?;
    }
    Ok(arguments)
}

impl From<i64> for Value<'_> {
    fn from(int: i64) -> Self {
        Self::Int(Some(int))
    }
}

impl From<bool> for Value<'_> {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

impl From<f64> for Value<'_> {
    fn from(real: f64) -> Self {
        Self::Real(real)
    }
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Some(Cow::Borrowed(text)))
    }
}

impl<'a> From<&'a String> for Value<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(Some(Cow::Borrowed(text)))
    }
}

impl From<Uuid> for Value<'_> {
    fn from(id: Uuid) -> Self {
        Self::Text(Some(Cow::Owned(id.to_string())))
    }
}

impl From<NaiveDate> for Value<'_> {
    fn from(date: NaiveDate) -> Self {
        Self::Text(Some(Cow::Owned(date_text(date))))
    }
}

impl From<DateTime<Utc>> for Value<'_> {
    fn from(instant: DateTime<Utc>) -> Self {
        Self::Int(Some(instant.timestamp_millis()))
    }
}

impl<'a> From<&'a Option<String>> for Value<'a> {
    fn from(text: &'a Option<String>) -> Self {
        Self::Text(text.as_deref().map(Cow::Borrowed))
    }
}

impl<'a> From<Option<&'a str>> for Value<'a> {
    fn from(text: Option<&'a str>) -> Self {
        Self::Text(text.map(Cow::Borrowed))
    }
}

impl From<Option<i64>> for Value<'_> {
    fn from(int: Option<i64>) -> Self {
        Self::Int(int)
    }
}

impl From<Option<Uuid>> for Value<'_> {
    fn from(id: Option<Uuid>) -> Self {
        Self::Text(id.map(|id| Cow::Owned(id.to_string())))
    }
}

impl From<Option<NaiveDate>> for Value<'_> {
    fn from(date: Option<NaiveDate>) -> Self {
        Self::Text(date.map(|date| Cow::Owned(date_text(date))))
    }
}

impl From<Option<DateTime<Utc>>> for Value<'_> {
    fn from(instant: Option<DateTime<Utc>>) -> Self {
        Self::Int(instant.map(|instant| instant.timestamp_millis()))
    }
}

/// Text sorts like the date as long as the year has four digits; what lies beyond is stored as the last such day.
fn date_text(date: NaiveDate) -> String {
    match date.year() {
        0..=9999 => format!("{:04}-{:02}-{:02}", date.year(), date.month(), date.day()),
        ..0 => "0000-01-01".to_owned(),
        _ => "9999-12-31".to_owned(),
    }
}

/// chrono's own parser takes any number of digits and costs four times as much on the overview's path.
pub(crate) fn date_from_text(text: &str) -> Option<NaiveDate> {
    let bytes = text.as_bytes();
    if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
        return None;
    }
    let number = |digits: &[u8]| {
        digits.iter().try_fold(0_u32, |sum, digit| digit.is_ascii_digit().then(|| sum * 10 + u32::from(digit - b'0')))
    };
    let year = i32::try_from(number(&bytes[..4])?).ok()?;
    NaiveDate::from_ymd_opt(year, number(&bytes[5..7])?, number(&bytes[8..])?)
}

/// The number in a cursor; never negative.
pub(crate) fn cursor_number(text: &str) -> core::result::Result<i64, crate::MalformedCursor> {
    match text.bytes().all(|byte| byte.is_ascii_digit()) {
        true => text.parse().map_err(|_| crate::MalformedCursor),
        false => Err(crate::MalformedCursor),
    }
}

/// A row of either engine.
pub(crate) enum Row {
    Sqlite(SqliteRow),
    Postgres(PgRow),
}

impl Row {
    fn raw<'r, T>(&'r self, index: usize) -> Result<Option<T>>
    where
        T: Decode<'r, Sqlite> + Type<Sqlite> + Decode<'r, Postgres> + Type<Postgres>,
    {
        match self {
            Self::Sqlite(row) => row.try_get::<Option<T>, _>(index),
            Self::Postgres(row) => row.try_get::<Option<T>, _>(index),
        }
        .map_err(Error::from)
    }

    /// What a column that is never null holds.
    pub(crate) fn get<T: Column>(&self, index: usize) -> Result<T> {
        self.maybe(index)?.ok_or_else(|| Error::Defect(format!("column {index} is null")))
    }

    /// What a column holds, if anything.
    pub(crate) fn maybe<T: Column>(&self, index: usize) -> Result<Option<T>> {
        T::read(self, index)
    }
}

/// A type that can be read from a column.
pub(crate) trait Column: Sized {
    fn read(row: &Row, index: usize) -> Result<Option<Self>>;
}

fn unreadable(index: usize, what: &str) -> Error {
    Error::Defect(format!("column {index} holds no {what}"))
}

impl Column for i64 {
    fn read(row: &Row, index: usize) -> Result<Option<Self>> {
        row.raw(index)
    }
}

impl Column for bool {
    fn read(row: &Row, index: usize) -> Result<Option<Self>> {
        row.raw(index)
    }
}

impl Column for f64 {
    fn read(row: &Row, index: usize) -> Result<Option<Self>> {
        row.raw(index)
    }
}

impl Column for String {
    fn read(row: &Row, index: usize) -> Result<Option<Self>> {
        row.raw(index)
    }
}

impl Column for Uuid {
    fn read(row: &Row, index: usize) -> Result<Option<Self>> {
        let text: Option<&str> = row.raw(index)?;
        text.map(|text| Uuid::try_parse(text).map_err(|_| unreadable(index, "identifier"))).transpose()
    }
}

impl Column for NaiveDate {
    fn read(row: &Row, index: usize) -> Result<Option<Self>> {
        let text: Option<&str> = row.raw(index)?;
        text.map(|text| date_from_text(text).ok_or_else(|| unreadable(index, "date"))).transpose()
    }
}

impl Column for DateTime<Utc> {
    fn read(row: &Row, index: usize) -> Result<Option<Self>> {
        let millis: Option<i64> = row.raw(index)?;
        millis.map(|ms| DateTime::from_timestamp_millis(ms).ok_or_else(|| unreadable(index, "instant"))).transpose()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_survives_its_text_and_the_far_ends_still_sort() {
        for text in ["0000-01-01", "1997-01-01", "2028-02-29", "9999-12-31"] {
            assert_eq!(date_text(date_from_text(text).unwrap()), text);
        }
        assert_eq!(date_text(NaiveDate::MAX), "9999-12-31");
        assert_eq!(date_text(NaiveDate::MIN), "0000-01-01");
        for text in ["", "2027-02-29", "2027-2-01", "2027/02/01", "+027-02-01", "20270-2-01"] {
            assert_eq!(date_from_text(text), None, "{text}");
        }
    }
}
