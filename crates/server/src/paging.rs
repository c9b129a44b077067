//! Pages of lists: how long one is, where it begins, and whether there is another.

use std::str::FromStr;

use contract::Code;

use crate::problem::{Failure, Outcome};

const PAGE: i64 = 50;
const LARGEST_PAGE: i64 = 100;

/// How many items a page is to have.
pub fn limit(asked: Option<i64>) -> Outcome<usize> {
    match asked.unwrap_or(PAGE) {
        limit @ 1..=LARGEST_PAGE => usize::try_from(limit).map_err(Failure::internal),
        _ => Err(Code::MalformedParameter.into()),
    }
}

/// What is asked of the storage for one page.
pub struct Wanted<Cursor> {
    /// The page begins after it.
    pub after: Option<Cursor>,
    /// One more than fits, to know whether there is a next page.
    pub count: i64,
    fits: usize,
}

impl<Cursor: FromStr> Wanted<Cursor> {
    /// By the parameters of a request.
    pub fn of(limit_asked: Option<i64>, cursor: Option<&str>) -> Outcome<Self> {
        let fits = limit(limit_asked)?;
        let after = cursor.map(|cursor| cursor.parse::<Cursor>().map_err(|_| Code::MalformedParameter)).transpose()?;
        Ok(Self { after, count: i64::try_from(fits + 1).map_err(Failure::internal)?, fits })
    }
}

impl<Cursor> Wanted<Cursor> {
    /// Leaves of what was found what fits, and says where the page after it begins: after the last one's position.
    pub fn cut<Item, Position: ToString>(
        &self,
        found: &mut Vec<Item>,
        position: impl FnOnce(&Item) -> Position,
    ) -> Option<String> {
        let more = found.len() > self.fits;
        found.truncate(self.fits);
        found.last().filter(|_| more).map(|last| position(last).to_string())
    }
}
