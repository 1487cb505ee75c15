-- The attempts of a delivery but the last, which stands in its own row: an event that is taken at once costs no row here.
set local lock_timeout = '3s'; -- behind a long reader everybody would queue; the next try comes by itself
alter table webhook_delivery add column signed_at timestamptz;
create table webhook_attempt (
  webhook_id uuid not null,
  event_id uuid not null,
  attempted_at timestamptz not null,
  signed_at timestamptz,
  url text not null,
  duration_ms bigint not null,
  answer_status int,
  answer_text text,
  error text,
  primary key (webhook_id, event_id, attempted_at),
  foreign key (webhook_id, event_id) references webhook_delivery on delete cascade
);
