-- Parts of the house that take no new bookings for a while, as staff have said it, with what for.
set local lock_timeout = '3s'; -- behind a long reader everybody would queue; the next try comes by itself
create table block (
  venue_id text not null,
  id text not null,
  first_date date not null,
  last_date date not null,
  from_time time,
  until_time time,
  area text,
  tables text[] not null,
  closes text not null,
  reason text,
  primary key (venue_id, id)
);

-- What of them holds on the day, so that it is read with the lock that it is decided under.
alter table day add column blocks jsonb;
