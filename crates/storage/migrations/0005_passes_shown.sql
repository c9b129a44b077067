-- Which pass was shown to whom of the staff, and when last: who hands a gift over has seen the pass of her who gets it.
-- `times_ready` is the number of the code that was good then; a reservation that is put aside anew has another pass.
CREATE TABLE passes_shown (
  member_id TEXT NOT NULL,
  reservation_id TEXT NOT NULL,
  user_name TEXT NOT NULL,
  times_ready BIGINT NOT NULL,
  shown_at BIGINT NOT NULL,
  CONSTRAINT passes_shown_key PRIMARY KEY (member_id, reservation_id, user_name),
  CONSTRAINT passes_shown_reservation FOREIGN KEY (member_id, reservation_id)
    REFERENCES reservations (member_id, reservation_id)
){clustered};
