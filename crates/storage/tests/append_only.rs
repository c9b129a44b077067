//! The ledgers of points and of consents, the history of a reservation and the staff's record are append-only: no statement of this crate changes or removes an entry.
#![allow(clippy::unwrap_used)]

#[test]
fn no_statement_changes_or_removes_an_entry() {
    let tables = ["entries", "reservation_events", "staff_audit", "consents", "wechat_consents", "wechat_consent_uses"];
    let mut inserts = [0; 6];
    let mut folders = vec![std::path::PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/src"))];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    for path in files {
        let text = std::fs::read_to_string(&path).unwrap();
        // Statements are broken over lines; words are what counts.
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        for (table, inserts) in tables.into_iter().zip(&mut inserts) {
            for forbidden in ["update {}", "delete from {}", "into {} on conflict", "replace into {}"] {
                let forbidden = forbidden.replace("{}", table);
                assert!(!words.contains(&forbidden), "{forbidden} in {}", path.display());
            }
            *inserts += words.matches(&format!("insert into {table} ")).count();
        }
    }
    assert_eq!(inserts, [1; 6]);
}
