-- Every key carries venue_id, so that the schema can be sharded by venue.
create extension if not exists btree_gist;

create table venue (
  venue_id text primary key,
  version bigint not null,
  document jsonb not null
);

-- The row whose lock guards every decision about a day.
create table day (
  venue_id text not null,
  date date not null,
  version bigint not null,
  primary key (venue_id, date)
);

create table guest (
  venue_id text not null,
  ref uuid not null,
  name text not null,
  email text,
  phone text,
  primary key (venue_id, ref)
);

create table reservation (
  venue_id text not null,
  id uuid not null,
  date date not null,
  time time not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  party_size int not null,
  tables text[] not null,
  area text,
  status text not null,
  guest_ref uuid,
  note text,
  channel text,
  version bigint not null,
  day_version bigint not null,
  expires_at timestamptz,
  primary key (venue_id, id)
);
create index reservation_by_id on reservation (id);
create index reservation_active on reservation (venue_id, date) where status in ('held', 'confirmed', 'seated');

-- One row per table of an active reservation. The last line of defence: no table twice at any instant, whatever the code
-- above believes. Rows are inserted with ON CONFLICT DO NOTHING in table order; a plain INSERT deadlocks under a race.
create table occupancy (
  venue_id text not null,
  reservation_id uuid not null,
  table_id text not null,
  during tstzrange not null,
  primary key (venue_id, reservation_id, table_id),
  exclude using gist (venue_id with =, table_id with =, during with &&)
);

-- Events that wait for Kafka. Ids are drawn after the day's lock is won, so within a day id order is version order.
create table outbox (
  id bigint generated always as identity,
  venue_id text not null,
  shard int not null,
  event_id uuid not null,
  topic text not null,
  key text not null,
  type text not null,
  subject text not null,
  time timestamptz not null,
  payload text not null,
  primary key (venue_id, id)
);
create index outbox_in_order on outbox (shard, id);

-- Who relays a shard of the outbox; a new owner has the next epoch.
create table shard_lease (
  shard int primary key,
  owner text not null,
  epoch bigint not null,
  expires_at timestamptz not null
);
