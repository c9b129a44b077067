//! The ledger and the staff's record are append-only: no statement of this crate changes or removes an entry.
#![allow(clippy::unwrap_used)]

#[test]
fn no_statement_changes_or_removes_an_entry() {
    let mut inserts = [0, 0];
    for file in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/src")).unwrap() {
        let path = file.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        // Statements are broken over lines; words are what counts.
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        for (table, inserts) in ["entries", "staff_audit"].into_iter().zip(&mut inserts) {
            for forbidden in ["update {}", "delete from {}", "into {} on conflict", "replace into {}"] {
                let forbidden = forbidden.replace("{}", table);
                assert!(!words.contains(&forbidden), "{forbidden} in {}", path.display());
            }
            *inserts += words.matches(&format!("insert into {table} ")).count();
        }
    }
    assert_eq!(inserts, [1, 1]);
}
