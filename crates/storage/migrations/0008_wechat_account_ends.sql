-- What ends a binding beside signing out: its number is somebody else's now, or nobody has used it for long.
CREATE INDEX wechat_accounts_by_phone ON wechat_accounts (phone);
CREATE INDEX wechat_accounts_by_use ON wechat_accounts (used_at);
