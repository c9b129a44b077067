//! The file: CSV with a header, columns `customer`, `purchased_on`, `items` and `amount` in any order; others are ignored.
//!
//! A customer is text: leading zeros count. A bad row is set aside with its line, column and reason; the others are good
//! all the same. It keeps its place among the purchases of its day where customer and day can be read, so that putting it
//! right later gives no other purchase another receipt number.

use core::fmt;
use std::collections::HashMap;
use std::io::Read;

use chrono::NaiveDate;
use loyalty::Currency;
use serde::Serialize;

/// What a file holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Histories {
    /// Rows below the header.
    pub rows: u64,
    /// In the order in which they first appear; each with at least one purchase.
    pub customers: Vec<Customer>,
    /// Rows that were set aside.
    pub bad: Vec<BadRow>,
}

/// A customer and what she bought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Customer {
    /// What the file calls her.
    pub source_ref: String,
    /// By day, those of one day in the order of the file.
    pub purchases: Vec<Bought>,
}

/// One row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bought {
    /// Where it stands in the file.
    pub line: u64,
    /// The day.
    pub on: NaiveDate,
    /// Its place among her purchases of that day, from 1.
    pub ordinal: u32,
    /// How many items.
    pub items: i64,
    /// Minor units.
    pub paid: i64,
}

/// A row that was set aside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BadRow {
    /// Where it stands in the file, from 1; the header is line 1.
    pub line: u64,
    /// The column's name, or its number where it has none.
    pub column: String,
    /// What is wrong.
    pub reason: String,
}

impl fmt::Display for BadRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}: {}", self.line, self.column, self.reason)
    }
}

/// Why a file is of no use as a whole.
#[derive(Debug)]
pub enum FileError {
    /// It can't be opened or read.
    Unreadable(std::io::Error),
    /// It does not begin with the columns an import needs; says which is missing, or there twice.
    Header(String),
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(error) => write!(f, "the file can't be read: {error}"),
            Self::Header(what) => write!(f, "line 1: {what}"),
        }
    }
}

impl std::error::Error for FileError {}

impl From<csv::Error> for FileError {
    fn from(error: csv::Error) -> Self {
        Self::Unreadable(error.into())
    }
}

const COLUMNS: [&str; 4] = ["customer", "purchased_on", "items", "amount"];
// Where each stands in `COLUMNS`.
const CUSTOMER: usize = 0;
const PURCHASED_ON: usize = 1;
const ITEMS: usize = 2;
const AMOUNT: usize = 3;

/// The receipt number made of it has to stay below 64 characters.
const LONGEST_CUSTOMER: usize = 40;

/// Reads a whole file. Purchases after `today` are bad rows.
pub fn read(input: impl Read, currency: &Currency, today: NaiveDate) -> Result<Histories, FileError> {
    // With one kind of line end, and one at the end of the file, `line_of` can tell lines as an editor does. What is left of
    // the other kind (`\r`) is trimmed off the last column.
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .terminator(csv::Terminator::Any(b'\n'))
        .from_reader(input.chain(&b"\n"[..]));
    let mut record = csv::ByteRecord::new();
    reader.read_byte_record(&mut record)?;
    let layout = Layout::of(&record)?;
    let mut collected = Collected::default();
    let mut histories = Histories::default();
    while reader.read_byte_record(&mut record)? {
        let blank = record.len() == 1 && record.as_slice().trim_ascii().is_empty();
        if blank {
            continue;
        }
        histories.rows += 1;
        let line = line_of(&record, &reader);
        if let Err((column, reason)) = collected.add(&layout, &record, line, currency, today) {
            histories.bad.push(BadRow { line, column, reason });
        }
    }
    histories.customers = collected.customers();
    Ok(histories)
}

/// Where the record begins that was just read. The reader's own word for it is where the one before ended, which is not the
/// same if there are blank lines in between.
fn line_of<R: Read>(record: &csv::ByteRecord, reader: &csv::Reader<R>) -> u64 {
    let within = record.as_slice().iter().filter(|byte| **byte == b'\n').count() as u64;
    reader.position().line().saturating_sub(1 + within)
}

/// Where the columns are.
struct Layout {
    names: Vec<String>,
    places: [usize; 4],
}

type Fault = (String, String);

impl Layout {
    fn of(header: &csv::ByteRecord) -> Result<Self, FileError> {
        let names: Vec<String> = header.iter().map(|name| String::from_utf8_lossy(name).trim().to_owned()).collect();
        let mut places = [0; 4];
        for (place, column) in places.iter_mut().zip(COLUMNS) {
            let mut found = names.iter().enumerate().filter(|(_, name)| *name == column);
            *place = match (found.next(), found.next()) {
                (Some((index, _)), None) => index,
                (None, _) => return Err(FileError::Header(format!("the column `{column}` is missing"))),
                (Some(_), Some(_)) => return Err(FileError::Header(format!("the column `{column}` is there twice"))),
            };
        }
        Ok(Self { names, places })
    }

    fn name(&self, index: usize) -> String {
        self.names.get(index).cloned().unwrap_or_else(|| (index + 1).to_string())
    }

    fn check_length(&self, record: &csv::ByteRecord) -> Result<(), Fault> {
        let (found, wanted) = (record.len(), self.names.len());
        if found == wanted {
            return Ok(());
        }
        // The first column that is missing, or the first for which there is no name.
        let column = self.name(found.min(wanted));
        Err((column, format!("{found} columns where the header has {wanted}")))
    }

    fn text<'r>(&self, record: &'r csv::ByteRecord, column: usize) -> Result<&'r str, Fault> {
        let bytes = self.places.get(column).and_then(|&place| record.get(place)).unwrap_or_default();
        match core::str::from_utf8(bytes) {
            Ok(text) => Ok(text.trim()),
            Err(_) => Err(fault(column, "not UTF-8".to_owned())),
        }
    }
}

fn fault(column: usize, reason: String) -> Fault {
    (COLUMNS.get(column).copied().unwrap_or_default().to_owned(), reason)
}

/// What a message shows of a value.
fn excerpt(text: &str) -> String {
    let mut shown: String = text.chars().take(30).flat_map(char::escape_debug).collect();
    if text.chars().nth(30).is_some() {
        shown.push('…');
    }
    shown
}

#[derive(Default)]
struct Collected {
    customers: Vec<Customer>,
    places: HashMap<String, usize>,
    days: HashMap<(usize, NaiveDate), u32>,
}

impl Collected {
    fn add(
        &mut self,
        layout: &Layout,
        record: &csv::ByteRecord,
        line: u64,
        currency: &Currency,
        today: NaiveDate,
    ) -> Result<(), Fault> {
        layout.check_length(record)?;
        let customer = customer(layout.text(record, CUSTOMER)?)?;
        let on = date(layout.text(record, PURCHASED_ON)?)?;
        let place = self.place_of(customer);
        let ordinal = self.days.entry((place, on)).or_default();
        *ordinal += 1;
        let ordinal = *ordinal;
        if on > today {
            return Err(fault(PURCHASED_ON, format!("`{on}` is after today, {today}")));
        }
        let items = count(layout.text(record, ITEMS)?)?;
        let text = layout.text(record, AMOUNT)?;
        let paid =
            currency.parse_minor(text).map_err(|error| fault(AMOUNT, format!("`{}`: {error}", excerpt(text))))?;
        if let Some(customer) = self.customers.get_mut(place) {
            customer.purchases.push(Bought { line, on, ordinal, items, paid });
        }
        Ok(())
    }

    fn place_of(&mut self, source_ref: &str) -> usize {
        if let Some(&place) = self.places.get(source_ref) {
            return place;
        }
        let place = self.customers.len();
        self.places.insert(source_ref.to_owned(), place);
        self.customers.push(Customer { source_ref: source_ref.to_owned(), purchases: Vec::new() });
        place
    }

    fn customers(mut self) -> Vec<Customer> {
        // Of some nothing but bad rows was found.
        self.customers.retain(|customer| !customer.purchases.is_empty());
        for customer in &mut self.customers {
            customer.purchases.sort_by_key(|bought| (bought.on, bought.ordinal));
        }
        self.customers
    }
}

fn customer(text: &str) -> Result<&str, Fault> {
    if text.is_empty() {
        return Err(fault(CUSTOMER, "empty".to_owned()));
    }
    if text.chars().count() > LONGEST_CUSTOMER || text.chars().any(char::is_control) {
        let reason =
            format!("`{}`: at most {LONGEST_CUSTOMER} characters, none of them control characters", excerpt(text));
        return Err(fault(CUSTOMER, reason));
    }
    Ok(text)
}

fn date(text: &str) -> Result<NaiveDate, Fault> {
    let date: Result<contract::Date, _> = text.parse();
    date.map(|date| date.0).map_err(|_| fault(PURCHASED_ON, format!("`{}` is no date YYYY-MM-DD", excerpt(text))))
}

fn count(text: &str) -> Result<i64, Fault> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse::<u32>()
        .ok()
        .filter(|_| digits)
        .map(i64::from)
        .ok_or_else(|| fault(ITEMS, format!("`{}` is no count", excerpt(text))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &[u8]) -> Result<Histories, FileError> {
        read(text, &Currency::new("CNY").unwrap(), "2026-11-22".parse().unwrap())
    }

    fn rows(rows: &str) -> Histories {
        parse(format!("customer,purchased_on,items,amount\n{rows}").as_bytes()).unwrap()
    }

    #[track_caller]
    fn bad(row: &str, column: &str, reason: &str) {
        let histories = rows(&format!("00001,2026-01-01,1,1.00\n{row}\n00002,2026-01-01,1,1.00\n"));
        assert_eq!(histories.customers.len(), 2, "the rest is good");
        let [found] = &histories.bad[..] else { panic!("{:?}", histories.bad) };
        assert_eq!((found.line, found.column.as_str()), (3, column), "{found}");
        assert!(found.reason.contains(reason), "{found}");
    }

    #[test]
    fn a_row_is_read_as_it_stands() {
        let histories = rows("00004,1997-01-18,2,29.73\n00004,1997-01-01,0,5\n");
        let bought = |line, on: &str, items, paid| Bought { line, on: on.parse().unwrap(), ordinal: 1, items, paid };
        assert_eq!(histories.rows, 2);
        assert_eq!(histories.customers.len(), 1);
        assert_eq!(histories.customers[0].source_ref, "00004");
        assert_eq!(
            histories.customers[0].purchases,
            [bought(3, "1997-01-01", 0, 500), bought(2, "1997-01-18", 2, 2973)]
        );
    }

    #[test]
    fn leading_zeros_make_another_customer() {
        let histories = rows("7,2026-01-01,1,1.00\n007,2026-01-01,1,1.00\n\"07\",2026-01-01,1,1.00\n");
        let names: Vec<_> = histories.customers.iter().map(|customer| customer.source_ref.as_str()).collect();
        assert_eq!(names, ["7", "007", "07"]);
    }

    #[test]
    fn columns_may_stand_in_any_order_among_others() {
        let text = "\u{feff}amount,shop,customer,items,purchased_on\n12.50,Hangzhou,00009,3,2026-02-03\n";
        let histories = parse(text.as_bytes()).unwrap();
        assert!(histories.bad.is_empty(), "{:?}", histories.bad);
        let bought = histories.customers[0].purchases[0];
        assert_eq!((bought.paid, bought.items, bought.on.to_string().as_str()), (1250, 3, "2026-02-03"));
    }

    #[test]
    fn a_bad_row_is_set_aside_with_its_place() {
        bad("00003,2026-01-01,1", "amount", "3 columns where the header has 4");
        bad("00003,2026-01-01,1,1.00,9", "5", "5 columns where the header has 4");
        bad(",2026-01-01,1,1.00", "customer", "empty");
        bad("  ,2026-01-01,1,1.00", "customer", "empty");
        bad(&format!("{},2026-01-01,1,1.00", "9".repeat(41)), "customer", "at most 40");
        bad("00003,2026-1-1,1,1.00", "purchased_on", "`2026-1-1` is no date");
        bad("00003,2026-02-30,1,1.00", "purchased_on", "no date");
        bad("00003,2026-11-23,1,1.00", "purchased_on", "after today");
        bad("00003,2026-01-01,one,1.00", "items", "`one` is no count");
        bad("00003,2026-01-01,-1,1.00", "items", "no count");
        bad("00003,2026-01-01,+1,1.00", "items", "no count");
        bad("00003,2026-01-01,1.5,1.00", "items", "no count");
        bad("00003,2026-01-01,,1.00", "items", "no count");
        bad("00003,2026-01-01,1,-1.00", "amount", "negative");
        bad("00003,2026-01-01,1,1.005", "amount", "more decimals");
        bad("00003,2026-01-01,1,1;00", "amount", "not an amount");
        bad("00003,2026-01-01,1,", "amount", "not an amount");
    }

    #[test]
    fn what_is_not_utf_8_is_a_bad_row() {
        let text = b"customer,purchased_on,items,amount\n\xff\xfe,2026-01-01,1,1.00\n00002,2026-01-01,1,1.00\n";
        let histories = parse(text).unwrap();
        assert_eq!(histories.bad, [BadRow { line: 2, column: "customer".to_owned(), reason: "not UTF-8".to_owned() }]);
        assert_eq!(histories.customers.len(), 1);
    }

    #[test]
    fn lines_are_those_an_editor_shows() {
        let text = b"customer,purchased_on,items,amount\r\n1,2026-01-01,1,1.00\r\n\r\n\"2\n2\",2026-01-01,1,1.00\r\n3,x,1,1.00\r\n4,2026-01-01,1,1.00";
        let histories = parse(text).unwrap();
        let lines: Vec<u64> = histories.bad.iter().map(|bad| bad.line).collect();
        assert_eq!(lines, [4, 6], "{:?}", histories.bad);
        let lines: Vec<u64> = histories.customers.iter().map(|customer| customer.purchases[0].line).collect();
        assert_eq!(lines, [2, 7]);
    }

    #[test]
    fn a_bad_row_keeps_its_place_in_the_day() {
        let histories = rows("1,2026-01-01,1,oops\n1,2026-01-01,1,2.00\n");
        assert_eq!(histories.customers[0].purchases[0].ordinal, 2);
    }

    #[test]
    fn a_customer_with_nothing_but_bad_rows_is_none() {
        let histories = rows("1,2026-01-01,1,oops\n");
        assert_eq!((histories.customers.len(), histories.bad.len(), histories.rows), (0, 1, 1));
    }

    #[test]
    fn a_header_that_lacks_a_column_is_refused() {
        for (text, because) in [
            ("", "`customer` is missing"),
            ("customer,purchased_on,items\n", "`amount` is missing"),
            ("00004,1997-01-01,2,29.33\n", "`customer` is missing"),
            ("customer,purchased_on,items,amount,amount\n", "`amount` is there twice"),
        ] {
            let error = parse(text.as_bytes()).unwrap_err().to_string();
            assert!(error.contains(because), "{error}");
        }
    }
}
