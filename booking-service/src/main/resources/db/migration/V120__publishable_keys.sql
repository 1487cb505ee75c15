-- Keys that stand in a site's pages for everybody to read: each for one venue and some origins. Found by their ids alone.
create table publishable_key (
  id uuid primary key,
  venue_id text not null references venue (venue_id) on delete cascade,
  origins text[] not null,
  maker text not null,
  created_at timestamptz not null,
  version bigint not null
);
create index publishable_key_of_venue on publishable_key (venue_id);
