-- Events that Kafka refused for what they are, out of the way of the others; docs/operations/relay.md says how to send them again.
create table outbox_refused (
  venue_id text not null,
  event_id uuid not null,
  topic text not null,
  key text not null,
  type text not null,
  subject text not null,
  time timestamptz not null,
  payload text,
  traceparent text,
  reason text not null,
  refused_at timestamptz not null default now(),
  primary key (venue_id, event_id)
);
