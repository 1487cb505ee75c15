-- What callers' own systems call a reservation or a waitlist entry, and keep with it; and when a reservation became as it is, which
-- nobody knows of rows of before: 1970.
alter table reservation add column external_id text, add column metadata jsonb,
  add column updated_at timestamptz not null default '1970-01-01Z';
alter table reservation alter column updated_at set default now();
alter table waitlist add column external_id text, add column metadata jsonb;
