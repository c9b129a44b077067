//! The ledger is append-only: no statement of this crate changes or removes an entry.
#![allow(clippy::unwrap_used)]

#[test]
fn no_statement_changes_or_removes_an_entry() {
    let mut inserts = 0;
    for file in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/src")).unwrap() {
        let path = file.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        // Statements are broken over lines; words are what counts.
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        for forbidden in ["update entries", "delete from entries", "into entries on conflict", "replace into entries"] {
            assert!(!words.contains(forbidden), "{forbidden} in {}", path.display());
        }
        inserts += words.matches("insert into entries").count();
    }
    assert_eq!(inserts, 1);
}
