-- Secret addresses of a venue's calendar. Found by the hash of what is secret, which is stored nowhere.
set local lock_timeout = '3s'; -- the reference locks venue
create table calendar_link (
  id uuid primary key,
  venue_id text not null references venue (venue_id) on delete cascade,
  secret_hash text not null unique,
  name text not null,
  area text,
  guest_names boolean not null,
  maker text not null,
  created_at timestamptz not null
);
create index calendar_link_of_venue on calendar_link (venue_id, created_at);
