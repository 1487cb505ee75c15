-- The last version of a venue that was deleted: one that is made under its id again goes on from there, since readers keep the highest.
create table venue_gone (
  venue_id text primary key,
  version bigint not null
);
