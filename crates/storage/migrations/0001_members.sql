-- Two kinds of tables. Data of a member is keyed by the member first, so that an engine which spreads tables over machines
-- keeps all of her rows together and every write of hers is a write on one machine. What is looked up before the member is
-- known (by phone, card, receipt, token …) stands in tables of its own, keyed by that.
-- Instants are Unix milliseconds, dates YYYY-MM-DD in the programme's time zone, money minor units, identifiers UUIDs as text.
-- {clustered} is replaced per engine: rows stored in the order of their primary key, where the engine has that.

-- Who has this? Written once, in the transaction that makes it true.

CREATE TABLE phones (
  phone TEXT NOT NULL,
  member_id TEXT NOT NULL,
  CONSTRAINT phone_taken PRIMARY KEY (phone)
){clustered};

CREATE TABLE cards (
  card_number TEXT NOT NULL,
  member_id TEXT NOT NULL,
  CONSTRAINT card_taken PRIMARY KEY (card_number)
){clustered};

-- Where an imported member came from: a second run of the import finds her again.
CREATE TABLE sources (
  source_ref TEXT NOT NULL,
  member_id TEXT NOT NULL,
  CONSTRAINT source_taken PRIMARY KEY (source_ref)
){clustered};

CREATE TABLE receipts (
  receipt_no TEXT NOT NULL,
  member_id TEXT NOT NULL,
  purchase_id TEXT NOT NULL,
  CONSTRAINT receipt_taken PRIMARY KEY (receipt_no)
){clustered};

CREATE TABLE refund_receipts (
  refund_no TEXT NOT NULL,
  member_id TEXT NOT NULL,
  refund_id TEXT NOT NULL,
  CONSTRAINT refund_taken PRIMARY KEY (refund_no)
){clustered};

CREATE TABLE sessions (
  token_hash TEXT NOT NULL,
  phone TEXT NOT NULL,
  member_id TEXT,
  created_at BIGINT NOT NULL,
  used_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  CONSTRAINT session_taken PRIMARY KEY (token_hash)
){clustered};
CREATE INDEX sessions_by_phone ON sessions (phone);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);

CREATE TABLE challenges (
  challenge_id TEXT NOT NULL,
  phone TEXT NOT NULL,
  code_hash TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  tries_left BIGINT NOT NULL,
  used_at BIGINT,
  CONSTRAINT challenge_taken PRIMARY KEY (challenge_id)
){clustered};
CREATE INDEX challenges_by_expiry ON challenges (expires_at);

-- How often something was done in a period: codes to a number in a day, from an address in an hour, by everybody in a day.
CREATE TABLE quotas (
  scope TEXT NOT NULL,
  period TEXT NOT NULL,
  used BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  CONSTRAINT quotas_key PRIMARY KEY (scope, period)
){clustered};
CREATE INDEX quotas_by_expiry ON quotas (expires_at);

CREATE TABLE idempotency (
  subject TEXT NOT NULL,
  intent TEXT NOT NULL,
  body_hash TEXT NOT NULL,
  status BIGINT,
  answer TEXT,
  keep_until BIGINT NOT NULL,
  CONSTRAINT idempotency_key PRIMARY KEY (subject, intent)
){clustered};
CREATE INDEX idempotency_by_expiry ON idempotency (keep_until);

CREATE TABLE leases (
  job TEXT NOT NULL,
  holder TEXT NOT NULL,
  until BIGINT NOT NULL,
  CONSTRAINT leases_key PRIMARY KEY (job)
){clustered};

CREATE TABLE counters (
  counter_id TEXT NOT NULL,
  hours TEXT NOT NULL,
  lat DOUBLE PRECISION NOT NULL,
  lng DOUBLE PRECISION NOT NULL,
  CONSTRAINT counters_key PRIMARY KEY (counter_id)
){clustered};

CREATE TABLE counter_texts (
  counter_id TEXT NOT NULL,
  language TEXT NOT NULL,
  name TEXT NOT NULL,
  city TEXT NOT NULL,
  address TEXT NOT NULL,
  CONSTRAINT counter_texts_key PRIMARY KEY (counter_id, language),
  CONSTRAINT counter_texts_counter FOREIGN KEY (counter_id) REFERENCES counters (counter_id)
){clustered};

-- A member's data, keyed by her first.

-- Her row is also her lock: whoever writes for her counts `sequence` up first, and so waits for whoever did before.
CREATE TABLE members (
  member_id TEXT NOT NULL,
  joined_on TEXT NOT NULL,
  card_number TEXT NOT NULL,
  phone TEXT NOT NULL,
  name TEXT NOT NULL,
  email TEXT,
  birthday TEXT,
  skin_type TEXT,
  home_counter TEXT,
  address TEXT,
  profile_version BIGINT NOT NULL,
  sequence BIGINT NOT NULL,
  balance BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  CONSTRAINT member_taken PRIMARY KEY (member_id),
  CONSTRAINT balance_negative CHECK (balance >= 0)
){clustered};

CREATE TABLE preferences (
  member_id TEXT NOT NULL,
  language TEXT NOT NULL,
  sms BOOLEAN NOT NULL,
  email BOOLEAN NOT NULL,
  wechat BOOLEAN NOT NULL,
  gifts BOOLEAN NOT NULL,
  campaigns BOOLEAN NOT NULL,
  surveys BOOLEAN NOT NULL,
  quiet_from TEXT,
  quiet_to TEXT,
  version BIGINT NOT NULL,
  CONSTRAINT preferences_key PRIMARY KEY (member_id),
  CONSTRAINT preferences_member FOREIGN KEY (member_id) REFERENCES members (member_id),
  CONSTRAINT quiet_hours_half CHECK ((quiet_from IS NULL) = (quiet_to IS NULL))
){clustered};

-- Every answer she ever gave; what holds is the latest for each consent.
CREATE TABLE consents (
  member_id TEXT NOT NULL,
  sequence BIGINT NOT NULL,
  consent TEXT NOT NULL,
  version TEXT NOT NULL,
  granted BOOLEAN NOT NULL,
  answered_at BIGINT NOT NULL,
  source TEXT NOT NULL,
  CONSTRAINT consents_key PRIMARY KEY (member_id, sequence),
  CONSTRAINT consents_member FOREIGN KEY (member_id) REFERENCES members (member_id)
){clustered};

-- `points` as earned, `reversed` of them taken back by refunds (waived ones included), `posted_at` null while pending.
CREATE TABLE purchases (
  member_id TEXT NOT NULL,
  purchase_id TEXT NOT NULL,
  sequence BIGINT NOT NULL,
  receipt_no TEXT NOT NULL,
  paid_at BIGINT NOT NULL,
  purchased_on TEXT NOT NULL,
  paid BIGINT NOT NULL,
  refunded BIGINT NOT NULL,
  items BIGINT,
  lines TEXT,
  points BIGINT NOT NULL,
  reversed BIGINT NOT NULL,
  posts_on TEXT NOT NULL,
  expires_on TEXT,
  posted_at BIGINT,
  CONSTRAINT purchases_key PRIMARY KEY (member_id, purchase_id),
  CONSTRAINT purchases_member FOREIGN KEY (member_id) REFERENCES members (member_id),
  CONSTRAINT paid_negative CHECK (paid >= 0),
  CONSTRAINT refunded_too_much CHECK (refunded BETWEEN 0 AND paid),
  CONSTRAINT reversed_too_much CHECK (reversed BETWEEN 0 AND points)
){clustered};
-- The posting job's way in; holds nothing but what is pending.
CREATE INDEX purchases_due ON purchases (posts_on, member_id) WHERE posted_at IS NULL;

CREATE TABLE refunds (
  member_id TEXT NOT NULL,
  refund_id TEXT NOT NULL,
  purchase_id TEXT NOT NULL,
  refund_no TEXT NOT NULL,
  amount BIGINT NOT NULL,
  refunded_at BIGINT NOT NULL,
  refunded_on TEXT NOT NULL,
  reversed BIGINT NOT NULL,
  waived BIGINT NOT NULL,
  CONSTRAINT refunds_key PRIMARY KEY (member_id, refund_id),
  CONSTRAINT refunds_purchase FOREIGN KEY (member_id, purchase_id) REFERENCES purchases (member_id, purchase_id),
  CONSTRAINT refund_not_positive CHECK (amount > 0),
  CONSTRAINT refund_negative CHECK (reversed >= 0 AND waived >= 0)
){clustered};

-- Append-only: no statement of this crate changes or removes a row. A purchase's entry has the purchase's identifier, so
-- that posting twice is impossible.
CREATE TABLE entries (
  member_id TEXT NOT NULL,
  sequence BIGINT NOT NULL,
  entry_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  points BIGINT NOT NULL,
  written_at BIGINT NOT NULL,
  counts_on TEXT NOT NULL,
  balance_after BIGINT NOT NULL,
  cause_kind TEXT NOT NULL,
  cause_id TEXT NOT NULL,
  cause_label TEXT NOT NULL,
  CONSTRAINT entries_key PRIMARY KEY (member_id, sequence),
  CONSTRAINT entry_taken UNIQUE (member_id, entry_id),
  CONSTRAINT entries_member FOREIGN KEY (member_id) REFERENCES members (member_id),
  CONSTRAINT balance_after_negative CHECK (balance_after >= 0)
){clustered};

CREATE TABLE lots (
  member_id TEXT NOT NULL,
  lot_id TEXT NOT NULL,
  earned_on TEXT NOT NULL,
  expires_on TEXT,
  points BIGINT NOT NULL,
  remaining BIGINT NOT NULL,
  held BIGINT NOT NULL,
  notified_at BIGINT,
  notified_channel TEXT,
  CONSTRAINT lots_key PRIMARY KEY (member_id, lot_id),
  CONSTRAINT lots_member FOREIGN KEY (member_id) REFERENCES members (member_id),
  CONSTRAINT lot_overdrawn CHECK (remaining BETWEEN 0 AND points AND held BETWEEN 0 AND remaining)
){clustered};
