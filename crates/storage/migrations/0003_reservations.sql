-- Gifts, what counters have of them, and reservations.

-- The catalogue: nobody's data, looked up by its own identifiers.

CREATE TABLE gifts (
  gift_id TEXT NOT NULL,
  points BIGINT NOT NULL,
  min_tier TEXT,
  picture TEXT NOT NULL,
  per_member BIGINT,
  CONSTRAINT gifts_key PRIMARY KEY (gift_id),
  CONSTRAINT gift_costs_nothing CHECK (points > 0)
){clustered};

CREATE TABLE gift_texts (
  gift_id TEXT NOT NULL,
  language TEXT NOT NULL,
  name TEXT NOT NULL,
  description TEXT NOT NULL,
  CONSTRAINT gift_texts_key PRIMARY KEY (gift_id, language),
  CONSTRAINT gift_texts_gift FOREIGN KEY (gift_id) REFERENCES gifts (gift_id)
){clustered};

-- `skin_types` as on the wire, with commas between; empty for everyone.
CREATE TABLE variants (
  variant_id TEXT NOT NULL,
  gift_id TEXT NOT NULL,
  position BIGINT NOT NULL,
  barcode TEXT NOT NULL,
  colour TEXT NOT NULL,
  skin_types TEXT NOT NULL,
  CONSTRAINT variants_key PRIMARY KEY (variant_id),
  CONSTRAINT barcode_taken UNIQUE (barcode),
  CONSTRAINT variants_gift FOREIGN KEY (gift_id) REFERENCES gifts (gift_id)
){clustered};
CREATE INDEX variants_by_gift ON variants (gift_id);

CREATE TABLE variant_texts (
  variant_id TEXT NOT NULL,
  language TEXT NOT NULL,
  label TEXT NOT NULL,
  CONSTRAINT variant_texts_key PRIMARY KEY (variant_id, language),
  CONSTRAINT variant_texts_variant FOREIGN KEY (variant_id) REFERENCES variants (variant_id)
){clustered};

-- The row of a unit's place is also its lock: whoever takes or gives a unit counts `sequence` up first, and only then, in a
-- statement of its own, counts what is held. What is held is never stored, so it can't be released twice or forgotten.
-- `clock` is the latest instant at which anybody did so: time does not run backwards here, however long a writer waited.
CREATE TABLE stock (
  counter_id TEXT NOT NULL,
  variant_id TEXT NOT NULL,
  on_hand BIGINT NOT NULL,
  sequence BIGINT NOT NULL,
  clock BIGINT NOT NULL,
  counted_at BIGINT,
  counted_by TEXT,
  CONSTRAINT stock_key PRIMARY KEY (counter_id, variant_id),
  CONSTRAINT stock_counter FOREIGN KEY (counter_id) REFERENCES counters (counter_id),
  CONSTRAINT stock_variant FOREIGN KEY (variant_id) REFERENCES variants (variant_id),
  CONSTRAINT on_hand_negative CHECK (on_hand >= 0)
){clustered};
CREATE INDEX stock_by_variant ON stock (variant_id);

-- Whose pass has this code? Only while it is good.
CREATE TABLE pickups (
  counter_id TEXT NOT NULL,
  code_hash TEXT NOT NULL,
  member_id TEXT NOT NULL,
  reservation_id TEXT NOT NULL,
  CONSTRAINT pickup_taken PRIMARY KEY (counter_id, code_hash)
){clustered};

-- A member's data, keyed by her first.

-- `state` is what somebody left it in: one that is open is expired from `hold_until` on. `sequence` orders hers, `revision`
-- counts what happened to it. Of an offer in exchange all three columns stand, or none.
CREATE TABLE reservations (
  member_id TEXT NOT NULL,
  reservation_id TEXT NOT NULL,
  sequence BIGINT NOT NULL,
  revision BIGINT NOT NULL,
  gift_id TEXT NOT NULL,
  variant_id TEXT NOT NULL,
  counter_id TEXT NOT NULL,
  points BIGINT NOT NULL,
  state TEXT NOT NULL,
  made_at BIGINT NOT NULL,
  ready_by BIGINT NOT NULL,
  hold_until BIGINT NOT NULL,
  extensions BIGINT NOT NULL,
  times_ready BIGINT NOT NULL,
  ready_at BIGINT,
  code_hash TEXT,
  late_at BIGINT,
  ended_at BIGINT,
  exchange_variant TEXT,
  exchange_until BIGINT,
  exchange_by TEXT,
  CONSTRAINT reservations_key PRIMARY KEY (member_id, reservation_id),
  CONSTRAINT reservations_member FOREIGN KEY (member_id) REFERENCES members (member_id),
  CONSTRAINT state_unknown CHECK (state IN ('held', 'ready', 'collected', 'cancelled', 'expired', 'failed')),
  CONSTRAINT open_or_ended CHECK ((state IN ('held', 'ready')) = (ended_at IS NULL)),
  CONSTRAINT code_without_pass CHECK ((state = 'ready') = (code_hash IS NOT NULL)),
  CONSTRAINT exchange_half CHECK ((exchange_variant IS NULL) = (exchange_until IS NULL)
    AND (exchange_variant IS NULL) = (exchange_by IS NULL)),
  CONSTRAINT exchange_of_nothing CHECK (exchange_variant IS NULL OR state IN ('ready', 'collected'))
){clustered};
CREATE UNIQUE INDEX reservations_by_id ON reservations (reservation_id);
-- What is held of a unit's place: the two counts behind every stock figure.
CREATE INDEX reservations_open ON reservations (counter_id, variant_id, hold_until) WHERE state IN ('held', 'ready');
CREATE INDEX reservations_offered ON reservations (counter_id, exchange_variant, exchange_until)
  WHERE exchange_variant IS NOT NULL;
-- The watchers' ways in.
CREATE INDEX reservations_due ON reservations (hold_until) WHERE state IN ('held', 'ready');
CREATE INDEX reservations_unconfirmed ON reservations (ready_by) WHERE state = 'held' AND late_at IS NULL;
-- A counter's lists.
CREATE INDEX reservations_by_counter ON reservations (counter_id, hold_until);
CREATE INDEX reservations_by_end ON reservations (counter_id, ended_at) WHERE ended_at IS NOT NULL;

-- Which points are locked for it; after `collected`, which were spent. Whether they are locked says the reservation's state.
CREATE TABLE reservation_lots (
  member_id TEXT NOT NULL,
  reservation_id TEXT NOT NULL,
  lot_id TEXT NOT NULL,
  points BIGINT NOT NULL,
  CONSTRAINT reservation_lots_key PRIMARY KEY (member_id, reservation_id, lot_id),
  CONSTRAINT reservation_lots_reservation FOREIGN KEY (member_id, reservation_id)
    REFERENCES reservations (member_id, reservation_id),
  CONSTRAINT reservation_lots_lot FOREIGN KEY (member_id, lot_id) REFERENCES lots (member_id, lot_id),
  CONSTRAINT nothing_locked CHECK (points > 0)
){clustered};

-- What happened to it. Counters and variants by identifier: their words depend on who reads.
CREATE TABLE reservation_events (
  member_id TEXT NOT NULL,
  reservation_id TEXT NOT NULL,
  sequence BIGINT NOT NULL,
  at BIGINT NOT NULL,
  what TEXT NOT NULL,
  by_kind TEXT NOT NULL,
  by_name TEXT,
  counter_id TEXT NOT NULL,
  variant_id TEXT NOT NULL,
  note TEXT,
  CONSTRAINT reservation_events_key PRIMARY KEY (member_id, reservation_id, sequence),
  CONSTRAINT reservation_events_reservation FOREIGN KEY (member_id, reservation_id)
    REFERENCES reservations (member_id, reservation_id)
){clustered};
