-- Who did what to a reservation. How it was made stands in its own row, so that a booking writes no second one; what became of it
-- later has a row each. Rows of before have neither: nobody kept it.
set local lock_timeout = '3s'; -- behind a long reader everybody would queue; the next try comes by itself
alter table reservation
  add column created_at timestamptz,
  add column times jsonb,
  add column made jsonb;

create table reservation_history (
  venue_id text not null,
  reservation_id uuid not null,
  version bigint not null,
  at timestamptz not null,
  change jsonb not null,
  primary key (venue_id, reservation_id, version)
);
