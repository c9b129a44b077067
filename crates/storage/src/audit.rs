//! Whether the sums agree: entries, lots and balances of every member, and what her purchases, refunds and reservations say.

use uuid::Uuid;

use crate::database::Reader;
use crate::error::Result;

/// Something that does not add up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Whose.
    pub member: Uuid,
    /// What.
    pub what: String,
}

/// Each names the members of whom it is true; `$1` narrows it to one member.
const FAULTS: [(&str, &str); 15] = [
    (
        "the entries do not sum to the balance",
        "SELECT m.member_id FROM members m WHERE ($1 IS NULL OR m.member_id = $1) AND m.balance <> \
         (SELECT COALESCE(CAST(SUM(e.points) AS BIGINT), 0) FROM entries e WHERE e.member_id = m.member_id)",
    ),
    (
        "the lots do not sum to the balance",
        "SELECT m.member_id FROM members m WHERE ($1 IS NULL OR m.member_id = $1) AND m.balance <> \
         (SELECT COALESCE(CAST(SUM(l.remaining) AS BIGINT), 0) FROM lots l WHERE l.member_id = m.member_id)",
    ),
    (
        "a running balance is not the sum of the entries up to it",
        "SELECT DISTINCT r.member_id FROM (SELECT e.member_id, e.balance_after, \
         SUM(e.points) OVER (PARTITION BY e.member_id ORDER BY e.sequence) AS running FROM entries e \
         WHERE $1 IS NULL OR e.member_id = $1) r WHERE r.balance_after <> r.running",
    ),
    (
        "something is negative or overdrawn",
        "SELECT m.member_id FROM members m WHERE ($1 IS NULL OR m.member_id = $1) AND (m.balance < 0 OR EXISTS \
         (SELECT 1 FROM lots l WHERE l.member_id = m.member_id \
         AND (l.held < 0 OR l.remaining < l.held OR l.points < l.remaining)))",
    ),
    (
        "a posted purchase has no entry and lot, or a pending one has",
        "SELECT DISTINCT p.member_id FROM purchases p \
         LEFT JOIN entries e ON e.member_id = p.member_id AND e.entry_id = p.purchase_id \
         LEFT JOIN lots l ON l.member_id = p.member_id AND l.lot_id = p.purchase_id \
         WHERE ($1 IS NULL OR p.member_id = $1) AND ((e.entry_id IS NULL) <> (l.lot_id IS NULL) \
         OR (p.posted_at IS NULL AND e.entry_id IS NOT NULL) \
         OR (p.posted_at IS NOT NULL AND p.points > p.reversed AND e.entry_id IS NULL))",
    ),
    (
        "the refunds do not sum to what their purchase says",
        "SELECT DISTINCT p.member_id FROM purchases p WHERE ($1 IS NULL OR p.member_id = $1) AND (p.refunded <> \
         (SELECT COALESCE(CAST(SUM(f.amount) AS BIGINT), 0) FROM refunds f \
         WHERE f.member_id = p.member_id AND f.purchase_id = p.purchase_id) OR p.reversed <> \
         (SELECT COALESCE(CAST(SUM(f.reversed + f.waived) AS BIGINT), 0) FROM refunds f \
         WHERE f.member_id = p.member_id AND f.purchase_id = p.purchase_id))",
    ),
    (
        "refunds are owed more points than are held, or more than they waived",
        "SELECT m.member_id FROM members m WHERE ($1 IS NULL OR m.member_id = $1) AND ((SELECT COALESCE(CAST(SUM(f.owed) AS \
         BIGINT), 0) FROM refunds f WHERE f.member_id = m.member_id) > (SELECT COALESCE(CAST(SUM(l.held) AS BIGINT), 0) \
         FROM lots l WHERE l.member_id = m.member_id) OR EXISTS (SELECT 1 FROM refunds f \
         WHERE f.member_id = m.member_id AND (f.owed < 0 OR f.owed > f.waived)))",
    ),
    (
        "a receipt does not lead to its purchase",
        "SELECT DISTINCT p.member_id FROM purchases p LEFT JOIN receipts r ON r.receipt_no = p.receipt_no \
         AND r.member_id = p.member_id AND r.purchase_id = p.purchase_id \
         WHERE ($1 IS NULL OR p.member_id = $1) AND r.receipt_no IS NULL",
    ),
    (
        "the points held in a lot are not those of open reservations",
        "SELECT DISTINCT l.member_id FROM lots l WHERE ($1 IS NULL OR l.member_id = $1) AND l.held <> \
         (SELECT COALESCE(CAST(SUM(x.points) AS BIGINT), 0) FROM reservation_lots x JOIN reservations r \
         ON r.member_id = x.member_id AND r.reservation_id = x.reservation_id \
         WHERE x.member_id = l.member_id AND x.lot_id = l.lot_id AND r.state IN ('held', 'ready'))",
    ),
    (
        "the lots of a reservation do not sum to what it costs",
        "SELECT DISTINCT r.member_id FROM reservations r WHERE ($1 IS NULL OR r.member_id = $1) AND r.points <> \
         (SELECT COALESCE(CAST(SUM(x.points) AS BIGINT), 0) FROM reservation_lots x \
         WHERE x.member_id = r.member_id AND x.reservation_id = r.reservation_id)",
    ),
    (
        "a collected reservation has not spent what it costs, or another one has spent",
        "SELECT DISTINCT r.member_id FROM reservations r LEFT JOIN entries e ON e.member_id = r.member_id \
         AND e.cause_kind = 'reservation' AND e.cause_id = r.reservation_id AND e.kind = 'spent' \
         WHERE ($1 IS NULL OR r.member_id = $1) AND ((r.state = 'collected') <> (e.entry_id IS NOT NULL) \
         OR e.points <> -r.points OR e.entry_id <> r.reservation_id)",
    ),
    (
        "points were spent for no reservation",
        "SELECT DISTINCT e.member_id FROM entries e LEFT JOIN reservations r ON r.member_id = e.member_id \
         AND r.reservation_id = e.cause_id WHERE ($1 IS NULL OR e.member_id = $1) \
         AND e.cause_kind = 'reservation' AND r.reservation_id IS NULL",
    ),
    (
        "a reservation that is ready has no pick-up code at its counter, or another code",
        "SELECT DISTINCT r.member_id FROM reservations r LEFT JOIN pickups p ON p.counter_id = r.counter_id \
         AND p.code_hash = r.code_hash AND p.member_id = r.member_id AND p.reservation_id = r.reservation_id \
         WHERE ($1 IS NULL OR r.member_id = $1) AND r.state = 'ready' AND p.code_hash IS NULL",
    ),
    (
        "a pick-up code is good that no reservation has",
        "SELECT DISTINCT p.member_id FROM pickups p LEFT JOIN reservations r ON r.member_id = p.member_id \
         AND r.reservation_id = p.reservation_id AND r.counter_id = p.counter_id AND r.code_hash = p.code_hash \
         WHERE ($1 IS NULL OR p.member_id = $1) AND r.reservation_id IS NULL",
    ),
    (
        "the history of a reservation is not what happened to it",
        "SELECT DISTINCT r.member_id FROM reservations r WHERE ($1 IS NULL OR r.member_id = $1) AND (r.revision <> \
         (SELECT COUNT(*) FROM reservation_events e WHERE e.member_id = r.member_id AND e.reservation_id = r.reservation_id) \
         OR r.revision <> (SELECT COALESCE(MAX(e.sequence), 0) FROM reservation_events e \
         WHERE e.member_id = r.member_id AND e.reservation_id = r.reservation_id) \
         OR (SELECT COUNT(*) FROM reservation_events e WHERE e.member_id = r.member_id \
         AND e.reservation_id = r.reservation_id AND e.what IN ('collected', 'cancelled', 'expired', 'failed')) <> \
         CASE WHEN r.state IN ('held', 'ready') THEN 0 ELSE 1 END)",
    ),
];

impl Reader {
    /// What does not add up, of one member or of all; empty if all is well. Wants a snapshot.
    pub async fn audit(&mut self, member: Option<Uuid>) -> Result<Vec<Fault>> {
        let mut faults = Vec::new();
        for (what, sql) in FAULTS {
            for row in self.fetch(sql, &[member.into()]).await? {
                faults.push(Fault { member: row.get(0)?, what: what.to_owned() });
            }
        }
        Ok(faults)
    }
}
