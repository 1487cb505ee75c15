-- What was asked for beyond date, time and size, which later changes keep to; and what a reservation was before it was last seated,
-- finished, missed or cancelled, which a restore gives back.
alter table reservation
  add column asked_area text,
  add column tables_chosen boolean not null default false,
  add column former_status text,
  add column former_ends_at timestamptz;
