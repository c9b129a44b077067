-- What the servers of one database share: keys that are drawn once and never leave it.

CREATE TABLE secrets (
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  CONSTRAINT secrets_key PRIMARY KEY (name)
){clustered};

-- When a code was last sent to a number.
CREATE INDEX challenges_by_phone ON challenges (phone, created_at);

-- A refund names its purchase; whose it was is not known before.
CREATE INDEX receipts_by_purchase ON receipts (purchase_id);
