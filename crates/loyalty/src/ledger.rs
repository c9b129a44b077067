//! The ledger: entries are only ever added, and the balances are their sums.
//!
//! A pending entry is in no balance but `pending`; on its day it is posted under the same identity. Posted entries sum to
//! what she has, available and held together, and so do the points left in her lots.

/// What an entry does. Positive for earned and returned, negative for spent, reversed and expired; adjusted is either.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EntryKind {
    /// Earned by a purchase.
    Earned,
    /// Given back, for a reservation that was cancelled after its points were spent.
    Returned,
    /// Spent on a gift.
    Spent,
    /// Taken back with a refund.
    Reversed,
    /// Expired, after notice.
    Expired,
    /// Corrected by hand, with a reason.
    Adjusted,
}

impl EntryKind {
    /// Every kind.
    pub const ALL: [Self; 6] =
        [Self::Earned, Self::Returned, Self::Spent, Self::Reversed, Self::Expired, Self::Adjusted];

    /// As it is stored and travels.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Earned => "earned",
            Self::Returned => "returned",
            Self::Spent => "spent",
            Self::Reversed => "reversed",
            Self::Expired => "expired",
            Self::Adjusted => "adjusted",
        }
    }

    /// `None` for a text that names no kind.
    pub fn from_text(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }

    /// Whether an entry of this kind may carry so many points: the sign belongs to the kind, and no entry carries none.
    pub fn allows(self, points: i64) -> bool {
        match self {
            Self::Earned | Self::Returned => points > 0,
            Self::Spent | Self::Reversed | Self::Expired => points < 0,
            Self::Adjusted => points != 0,
        }
    }
}

/// A ledger entry, as far as sums go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What it does.
    pub kind: EntryKind,
    /// Signed.
    pub points: i64,
    /// `false` while pending.
    pub posted: bool,
}

/// What entries sum to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// Available and held together.
    pub posted: i64,
    /// Not posted yet.
    pub pending: i64,
}

/// Adds entries up.
pub fn sums(entries: impl IntoIterator<Item = Entry>) -> Sums {
    entries.into_iter().fold(Sums::default(), |mut sums, entry| {
        let sum = if entry.posted { &mut sums.posted } else { &mut sums.pending };
        *sum = sum.saturating_add(entry.points);
        sums
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pending_points_are_in_no_other_balance() {
        let entry = |kind, points, posted| Entry { kind, points, posted };
        let entries = [
            entry(EntryKind::Earned, 100, true),
            entry(EntryKind::Earned, 40, false),
            entry(EntryKind::Spent, -30, true),
            entry(EntryKind::Reversed, -10, false),
        ];
        assert_eq!(sums(entries), Sums { posted: 70, pending: 30 });
        assert_eq!(sums([]), Sums::default());
    }

    #[test]
    fn a_kind_survives_its_text_and_knows_its_sign() {
        for kind in EntryKind::ALL {
            assert_eq!(EntryKind::from_text(kind.as_str()), Some(kind));
            assert!(!kind.allows(0));
        }
        assert_eq!(EntryKind::from_text("gained"), None);
        assert!(EntryKind::Earned.allows(1) && !EntryKind::Earned.allows(-1));
        assert!(EntryKind::Expired.allows(-1) && !EntryKind::Expired.allows(1));
        assert!(EntryKind::Adjusted.allows(-1) && EntryKind::Adjusted.allows(1));
    }
}
