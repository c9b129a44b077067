//! `shouyue import FILE`: purchase histories from a file, in one pass, as often as you like.
//!
//! The file is read and checked as a whole first, so that `--strict` can refuse it before anything is written. Then whole
//! customers are brought in, a few hundred to a transaction: whatever happens in the middle, a customer is there with all
//! her purchases or not at all, and the next run goes on where this one stopped. A purchase is known by its receipt number,
//! `<customer>-<yyyymmdd>-<ordinal within that day>`, so a second run of the same file changes nothing.
//!
//! Points that are due by today are posted with the dates they would have had; younger ones stay pending.

pub mod file;
pub mod write;

use core::fmt;
use std::fs::File;
use std::io::{BufReader, Write};
use std::path::Path;

use chrono::{DateTime, Utc};
use loyalty::Programme;
use serde::Serialize;
use storage::Database;

use crate::entropy::{Entropy, Exhausted};
use file::{BadRow, FileError, Histories};

/// What an import did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Rows in the file below its header.
    pub rows: u64,
    /// Customers who are members now.
    pub members_new: u64,
    /// Customers who were already.
    pub members_known: u64,
    /// Purchases recorded now.
    pub purchases_new: u64,
    /// Purchases recorded before.
    pub purchases_known: u64,
    /// Rows left out, in the order of the file.
    pub bad_rows: Vec<BadRow>,
    /// `true` if `--strict` refused the file because of them: then nothing was imported.
    pub refused: bool,
}

impl Summary {
    /// Whether everything in the file is in the database now.
    pub fn complete(&self) -> bool {
        self.bad_rows.is_empty() && !self.refused
    }
}

/// Why an import ended before its end.
#[derive(Debug)]
pub enum ImportError {
    /// The file can't be read, or its header is wrong.
    File(FileError),
    /// The database said no. What was imported before stays; another run goes on from there.
    Storage(storage::Error),
    /// No randomness for identifiers and card numbers.
    Entropy,
    /// The summary could not be written.
    Output(std::io::Error),
}

impl fmt::Display for ImportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(error) => error.fmt(f),
            Self::Storage(error) => write!(f, "{error}; what was imported so far stays, run it again to go on"),
            Self::Entropy => Exhausted.fmt(f),
            Self::Output(error) => write!(f, "the summary could not be written: {error}"),
        }
    }
}

impl std::error::Error for ImportError {}

impl From<FileError> for ImportError {
    fn from(error: FileError) -> Self {
        Self::File(error)
    }
}

impl From<storage::Error> for ImportError {
    fn from(error: storage::Error) -> Self {
        Self::Storage(error)
    }
}

impl From<Exhausted> for ImportError {
    fn from(_: Exhausted) -> Self {
        Self::Entropy
    }
}

/// What an import needs besides the file.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// Where to; migrated.
    pub database: &'a Database,
    /// The rules that price the purchases.
    pub programme: &'a Programme,
    /// For identifiers and card numbers.
    pub entropy: &'a dyn Entropy,
    /// The server's clock.
    pub now: DateTime<Utc>,
}

/// Imports histories that were read before; `progress` hears how many customers of how many are done.
pub async fn histories(
    context: Context<'_>,
    histories: Histories,
    strict: bool,
    mut progress: impl FnMut(usize, usize),
) -> Result<Summary, ImportError> {
    let mut summary = Summary { rows: histories.rows, bad_rows: histories.bad, ..Summary::default() };
    if strict && !summary.bad_rows.is_empty() {
        summary.refused = true;
        return Ok(summary);
    }
    let all = histories.customers.len();
    let mut done = 0;
    for batch in write::batches(&histories.customers) {
        write::batch(context, batch, &mut summary).await?;
        done += batch.len();
        progress(done, all);
    }
    summary.bad_rows.sort_by_key(|row| row.line);
    Ok(summary)
}

/// Runs the command: progress on standard error, the summary on standard output. `true` if all went well.
pub async fn run(context: Context<'_>, path: &Path, strict: bool, json: bool) -> Result<bool, ImportError> {
    let input = File::open(path).map_err(FileError::Unreadable)?;
    let mut said = std::io::stderr();
    let mut say = move |words: fmt::Arguments<'_>| {
        // Progress is a courtesy: where nobody can hear it, the import goes on all the same.
        let _ = writeln!(said, "{words}");
    };
    say(format_args!("reading {}", path.display()));
    let today = context.programme.date_of(context.now);
    let read = file::read(BufReader::new(input), &context.programme.currency, today)?;
    say(format_args!("{} rows, {} customers, {} bad rows", read.rows, read.customers.len(), read.bad.len()));
    let mut told = 0;
    let summary = histories(context, read, strict, |done, all| {
        // Ten steps, however long the file.
        if done * 10 / all.max(1) > told {
            told = done * 10 / all.max(1);
            say(format_args!("{done} of {all} customers"));
        }
    })
    .await?;
    print(&summary, json).map_err(ImportError::Output)?;
    Ok(summary.complete())
}

/// Bad rows beyond these are counted, not listed; `--json` has them all.
const LISTED: usize = 50;

fn print(summary: &Summary, json: bool) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    if json {
        serde_json::to_writer(&mut out, summary)?;
        return writeln!(out);
    }
    for bad in summary.bad_rows.iter().take(LISTED) {
        writeln!(out, "{bad}")?;
    }
    if let Some(more @ 1..) = summary.bad_rows.len().checked_sub(LISTED) {
        writeln!(out, "… and {more} more bad rows")?;
    }
    writeln!(out, "rows       {}", summary.rows)?;
    writeln!(out, "members    {} new, {} known", summary.members_new, summary.members_known)?;
    writeln!(out, "purchases  {} new, {} known", summary.purchases_new, summary.purchases_known)?;
    writeln!(out, "bad rows   {}", summary.bad_rows.len())?;
    if summary.refused {
        writeln!(out, "nothing was imported: --strict wants every row to be good")?;
    }
    Ok(())
}
