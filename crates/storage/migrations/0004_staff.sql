-- The staff's world, which shares nothing with the members': accounts, sessions, and a record of what was done. And what is
-- to be sent to members, written in the transaction that gives the reason for it.

-- `totp_secret` is base32. Whoever reads this table can make codes, but still needs the password: only its hash is here.
-- `totp_step` is the newest step of the authenticator that was used: each code is good once.
CREATE TABLE staff (
  user_name TEXT NOT NULL,
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  counter_id TEXT,
  password_hash TEXT NOT NULL,
  totp_secret TEXT NOT NULL,
  totp_step BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  CONSTRAINT staff_taken PRIMARY KEY (user_name),
  CONSTRAINT staff_works_somewhere CHECK ((role = 'counter') = (counter_id IS NOT NULL)),
  CONSTRAINT staff_counter FOREIGN KEY (counter_id) REFERENCES counters (counter_id)
){clustered};

CREATE TABLE staff_sessions (
  token_hash TEXT NOT NULL,
  user_name TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  used_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  CONSTRAINT staff_session_taken PRIMARY KEY (token_hash),
  CONSTRAINT staff_sessions_staff FOREIGN KEY (user_name) REFERENCES staff (user_name)
){clustered};
CREATE INDEX staff_sessions_by_user ON staff_sessions (user_name);
CREATE INDEX staff_sessions_by_expiry ON staff_sessions (expires_at);

-- Append-only: no statement of this crate changes or removes a row. `user_name` is null for what the server noticed by itself.
CREATE TABLE staff_audit (
  entry_id TEXT NOT NULL,
  noted_at BIGINT NOT NULL,
  user_name TEXT,
  action TEXT NOT NULL,
  counter_id TEXT,
  about TEXT,
  detail TEXT NOT NULL,
  alert BOOLEAN NOT NULL,
  CONSTRAINT staff_audit_key PRIMARY KEY (entry_id)
){clustered};
CREATE INDEX staff_audit_by_time ON staff_audit (noted_at, entry_id);
CREATE INDEX staff_audit_alerts ON staff_audit (noted_at, entry_id) WHERE alert;

-- One row a message. It waits until `next_try_at` (her quiet hours first, then the pauses between tries), and is not sent any
-- more from `good_until` on or once it was overtaken: then it would no longer be true.
CREATE TABLE messages (
  member_id TEXT NOT NULL,
  message_id TEXT NOT NULL,
  channel TEXT NOT NULL,
  purpose TEXT NOT NULL,
  about TEXT,
  words TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  not_before BIGINT NOT NULL,
  good_until BIGINT NOT NULL,
  next_try_at BIGINT NOT NULL,
  attempts BIGINT NOT NULL,
  sent_at BIGINT,
  overtaken_at BIGINT,
  last_error TEXT,
  CONSTRAINT messages_key PRIMARY KEY (member_id, message_id),
  CONSTRAINT messages_member FOREIGN KEY (member_id) REFERENCES members (member_id)
){clustered};
-- The sender's way in; holds nothing but what is still to be sent.
CREATE INDEX messages_due ON messages (next_try_at, member_id) WHERE sent_at IS NULL AND overtaken_at IS NULL;
