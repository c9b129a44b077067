use proptest::prelude::*;

use super::*;

/// Two fields are enough: one she changes, one she does not.
type Pair = (u8, u8);

impl Draft for Pair {
    fn merge(base: &Self, mine: &Self, theirs: &Self) -> Self {
        (merged(&base.0, &mine.0, &theirs.0), merged(&base.1, &mine.1, &theirs.1))
    }
}

fn fresh(value: Pair, version: &str) -> Result<Fresh<Pair>, Failure> {
    Ok(Fresh { value, version: version.to_owned() })
}

fn stale() -> Failure {
    Failure::Refused(Box::new(contract::Problem {
        kind: String::new(),
        code: Code::VersionStale.as_str().to_owned(),
        title: String::new(),
        status: 412,
        detail: String::new(),
        errors: Vec::new(),
        retry_after: None,
        body: String::new(),
    }))
}

fn open(value: Pair) -> Document<Pair> {
    let mut document = Document::Reading;
    assert_eq!(document.arrived(fresh(value, "1")), Next::Nothing);
    document
}

#[test]
fn an_answer_to_a_save_that_was_not_sent_changes_nothing() {
    let mut document = open((1, 1));
    assert_eq!(document.saved(fresh((9, 9), "2")), Next::Nothing);
    assert_eq!(document.open().unwrap().draft, (1, 1));
    assert_eq!(document.arrived(fresh((9, 9), "2")), Next::Nothing);
    assert_eq!(document.open().unwrap().draft, (1, 1));
}

#[test]
fn a_failed_look_after_a_stale_version_keeps_her_edits_and_can_be_repeated() {
    let mut document = open((1, 1));
    document.edit(|draft| draft.0 = 2);
    document.save().unwrap();
    assert_eq!(document.saved(Err(stale())), Next::Read);
    assert_eq!(document.arrived(Err(Failure::Unreachable)), Next::Nothing);
    assert_eq!(document.open().unwrap().draft, (2, 1));
    let (sent, version) = document.save().unwrap();
    assert_eq!((sent, version.as_str()), ((2, 1), "1"));
}

proptest! {
    #[test]
    fn what_nobody_changed_twice_is_never_lost(base: Pair, mine: Pair, theirs: Pair) {
        let mut document = open(base);
        document.edit(|draft| *draft = mine);
        if document.save().is_some() {
            prop_assert_eq!(document.saved(Err(stale())), Next::Read);
            let next = document.arrived(fresh(theirs, "2"));
            let open = document.open().unwrap();
            prop_assert_eq!(open.draft.0, if mine.0 == base.0 { theirs.0 } else { mine.0 });
            prop_assert_eq!(open.draft.1, if mine.1 == base.1 { theirs.1 } else { mine.1 });
            prop_assert_eq!(open.base, theirs);
            prop_assert_eq!(next == Next::Saved, open.draft == theirs);
            prop_assert_eq!(open.can_save(), open.draft != theirs);
        } else {
            prop_assert_eq!(mine, base);
        }
    }
}
