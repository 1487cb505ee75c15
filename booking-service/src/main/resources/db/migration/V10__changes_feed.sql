-- Reservation and waitlist changes per venue, numbered without gaps by the relay in the statement that empties the outbox.
create table change (
  venue_id text not null,
  seq bigint not null,
  event_id uuid not null,
  type text not null,
  subject text not null,
  time timestamptz not null,
  payload text not null,
  recorded_at timestamptz not null default now(),
  primary key (venue_id, seq)
);
create index change_by_age on change (recorded_at);

-- The number of the newest change of a venue. Its row lock makes numbers visible in their order.
create table change_head (
  venue_id text primary key,
  seq bigint not null
);

alter table outbox add column traceparent text;
