-- Points that a refund could not take back because they were held for a reservation: part of `waived` until the hold ends. They are
-- taken when it ends without the gift, and let go when she collects it.
ALTER TABLE refunds ADD COLUMN owed BIGINT NOT NULL DEFAULT 0;
