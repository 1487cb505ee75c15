-- Webhooks belong to a client and not to a venue, so these tables are sharded, if at all, by webhook_id.
create table webhook (
  id uuid primary key,
  maker text not null,
  url text not null,
  -- Absent: every type, every venue.
  types text[],
  venues text[],
  include_guest boolean not null,
  status text not null,
  pause_reason text,
  paused_at timestamptz,
  failing_since timestamptz,
  created_at timestamptz not null,
  version bigint not null
);
create index webhook_by_maker on webhook (maker);

-- At most two of a webhook are good at a time; the older one has an end.
create table webhook_secret (
  id uuid primary key,
  webhook_id uuid not null references webhook on delete cascade,
  secret text not null,
  created_at timestamptz not null,
  expires_at timestamptz
);
create index webhook_secret_of on webhook_secret (webhook_id);

-- How far the changes feed of a venue has been taken over into deliveries.
create table webhook_cursor (
  webhook_id uuid not null references webhook on delete cascade,
  venue_id text not null,
  seq bigint not null,
  primary key (webhook_id, venue_id)
);

-- What is to be delivered, and the log of what was. The payload is without personal data, as it is in the feed.
create table webhook_delivery (
  webhook_id uuid not null references webhook on delete cascade,
  event_id uuid not null,
  venue_id text not null,
  seq bigint not null,
  type text not null,
  subject text not null,
  time timestamptz not null,
  payload text not null,
  status text not null default 'pending',
  attempts int not null default 0,
  created_at timestamptz not null default now(),
  next_attempt_at timestamptz not null default now(),
  first_attempt_at timestamptz,
  attempted_at timestamptz,
  attempted_url text,
  duration_ms bigint,
  answer_status int,
  answer_text text,
  error text,
  primary key (webhook_id, event_id)
);
create index webhook_delivery_lanes on webhook_delivery (webhook_id, venue_id, subject, seq) where status = 'pending';
create index webhook_delivery_log on webhook_delivery (webhook_id, created_at, event_id);
create index webhook_delivery_by_age on webhook_delivery (created_at) where status <> 'pending';

-- Who delivers to a webhook; a new owner has the next epoch.
create table webhook_lease (
  webhook_id uuid primary key references webhook on delete cascade,
  owner text not null,
  epoch bigint not null,
  expires_at timestamptz not null
);
