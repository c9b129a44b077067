//! What can go wrong, in the terms of the programme rather than of one engine.

use core::fmt;

use loyalty::refund::RefundError;

/// The result of a query.
pub type Result<T> = core::result::Result<T, Error>;

/// Why a query failed. Absence is not among them: a query for what may not be there answers `Ok(None)`.
#[derive(Debug)]
pub enum Error {
    /// What must be unique exists already.
    Conflict(Conflict),
    /// The refund is not possible.
    Refused(RefundError),
    /// Other writers are in the way for too long; trying again helps.
    Busy,
    /// The database does not answer.
    Unavailable(sqlx::Error),
    /// A defect: a query that does not fit the schema, a row that can't be read, a rule of the schema that was broken.
    Defect(String),
}

/// What exists already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Conflict {
    /// A member with this phone number.
    Phone,
    /// A member with this card number.
    Card,
    /// A member imported from this source.
    Source,
    /// A purchase with this receipt number and other contents.
    Receipt,
    /// A refund with this number and other contents.
    Refund,
    /// Another variant with this barcode.
    Barcode,
}

/// The name of a constraint (PostgreSQL), its column (all that SQLite says), and what it means.
const CONFLICTS: [(&str, &str, Conflict); 6] = [
    ("phone_taken", "phones.phone", Conflict::Phone),
    ("card_taken", "cards.card_number", Conflict::Card),
    ("source_taken", "sources.source_ref", Conflict::Source),
    ("receipt_taken", "receipts.receipt_no", Conflict::Receipt),
    ("refund_taken", "refund_receipts.refund_no", Conflict::Refund),
    ("barcode_taken", "variants.barcode", Conflict::Barcode),
];

/// Lock not available, deadlock, serialization failure.
const POSTGRES_BUSY: [&str; 3] = ["55P03", "40P01", "40001"];
/// SQLITE_BUSY and SQLITE_LOCKED with everything that extends them: the primary code is in the low byte.
const SQLITE_BUSY: [u32; 2] = [5, 6];

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        match error {
            sqlx::Error::Database(error) => from_database(error.as_ref()),
            sqlx::Error::PoolTimedOut => Self::Busy,
            sqlx::Error::Io(_)
            | sqlx::Error::Tls(_)
            | sqlx::Error::PoolClosed
            | sqlx::Error::WorkerCrashed
            | sqlx::Error::BeginFailed
            | sqlx::Error::Configuration(_) => Self::Unavailable(error),
            other => Self::Defect(other.to_string()),
        }
    }
}

fn from_database(error: &dyn sqlx::error::DatabaseError) -> Error {
    if error.is_unique_violation() {
        let message = error.message();
        let found = CONFLICTS.iter().find(|(name, column, _)| match error.constraint() {
            Some(constraint) => constraint == *name,
            None => message.strip_prefix("UNIQUE constraint failed: ") == Some(*column),
        });
        if let Some((_, _, conflict)) = found {
            return Error::Conflict(*conflict);
        }
    }
    let code = error.code().unwrap_or_default();
    if POSTGRES_BUSY.contains(&code.as_ref()) {
        return Error::Busy;
    }
    // A five-character SQLSTATE is PostgreSQL's; classes 08, 53, 57 and 58 are a server that goes down or runs out.
    if code.len() == 5 && ["08", "53", "57", "58"].iter().any(|class| code.starts_with(class)) {
        return Error::Unavailable(sqlx::Error::Protocol(error.to_string()));
    }
    if error.try_downcast_ref::<sqlx::sqlite::SqliteError>().is_some()
        && code.parse::<u32>().is_ok_and(|code| SQLITE_BUSY.contains(&(code & 0xff)))
    {
        return Error::Busy;
    }
    Error::Defect(error.to_string())
}

impl From<RefundError> for Error {
    fn from(error: RefundError) -> Self {
        Self::Refused(error)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Conflict(conflict) => write!(f, "taken already: {conflict:?}"),
            Self::Refused(error) => error.fmt(f),
            Self::Busy => f.write_str("the database is busy"),
            Self::Unavailable(error) => write!(f, "the database does not answer: {error}"),
            Self::Defect(what) => write!(f, "defect in storage: {what}"),
        }
    }
}

impl std::error::Error for Error {}
