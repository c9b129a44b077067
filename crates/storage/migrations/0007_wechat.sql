-- WeChat: which account signs in with which number, and which messages may be sent to it.

-- `openid` is what WeChat calls a person towards this one mini-program; `account` is a keyed hash of it. Who only has to be
-- recognised (by a session, a consent, a quota) is known by the hash. The openid itself stands here, in the clear as phone
-- numbers do and for their reason: messages are sent to it. It opens no door, because only WeChat says whose it is, and it is
-- gone when she signs out. The row is also the lock of everything that signs in through the account.
CREATE TABLE wechat_accounts (
  account TEXT NOT NULL,
  openid TEXT NOT NULL,
  phone TEXT NOT NULL,
  bound_at BIGINT NOT NULL,
  used_at BIGINT NOT NULL,
  CONSTRAINT wechat_account_taken PRIMARY KEY (account)
){clustered};

-- An account that waits for its number to be proved: found by the hash of a token that is good once.
CREATE TABLE wechat_bindings (
  token_hash TEXT NOT NULL,
  account TEXT NOT NULL,
  openid TEXT NOT NULL,
  expires_at BIGINT NOT NULL,
  CONSTRAINT wechat_binding_taken PRIMARY KEY (token_hash)
){clustered};
CREATE INDEX wechat_bindings_by_expiry ON wechat_bindings (expires_at);

-- The account that a session came through.
ALTER TABLE sessions ADD COLUMN account TEXT;
CREATE INDEX sessions_by_account ON sessions (account) WHERE account IS NOT NULL;

-- Append-only, both: no statement of this crate changes or removes a row. An accepted consent is one message, and a message
-- needs one consent at most.
CREATE TABLE wechat_consents (
  member_id TEXT NOT NULL,
  sequence BIGINT NOT NULL,
  consent_id TEXT NOT NULL,
  account TEXT NOT NULL,
  purpose TEXT NOT NULL,
  template_id TEXT NOT NULL,
  answer TEXT NOT NULL,
  answered_at BIGINT NOT NULL,
  CONSTRAINT wechat_consents_key PRIMARY KEY (member_id, sequence),
  CONSTRAINT wechat_consents_member FOREIGN KEY (member_id) REFERENCES members (member_id),
  CONSTRAINT wechat_answer_unknown CHECK (answer IN ('accept', 'reject', 'ban', 'filter'))
){clustered};

CREATE TABLE wechat_consent_uses (
  member_id TEXT NOT NULL,
  sequence BIGINT NOT NULL,
  message_id TEXT NOT NULL,
  used_at BIGINT NOT NULL,
  CONSTRAINT wechat_consent_used PRIMARY KEY (member_id, sequence),
  CONSTRAINT wechat_message_has_one UNIQUE (member_id, message_id),
  CONSTRAINT wechat_uses_consent FOREIGN KEY (member_id, sequence) REFERENCES wechat_consents (member_id, sequence),
  CONSTRAINT wechat_uses_message FOREIGN KEY (member_id, message_id) REFERENCES messages (member_id, message_id)
){clustered};
