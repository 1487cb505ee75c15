-- Who waits for a table of a day, in the order of position: it is drawn after the day's lock is won.
create table waitlist (
  venue_id text not null,
  id uuid not null,
  position bigint generated always as identity,
  date date not null,
  from_time time not null,
  to_time time not null,
  party_size int not null,
  area text,
  status text not null,
  guest_ref uuid not null,
  version bigint not null,
  closes_at timestamptz not null,
  offer_reservation uuid,
  offer_time time,
  offer_starts_at timestamptz,
  offer_expires_at timestamptz,
  primary key (venue_id, id)
);
create index waitlist_by_id on waitlist (id);
create index waitlist_open on waitlist (venue_id, date) where status in ('waiting', 'offered');
create index waitlist_closing on waitlist (closes_at) where status = 'waiting';

-- What the sweep looks for: holds by the instant at which they run out.
create index reservation_hold_expiry on reservation (expires_at) where status = 'held';

-- The order of the pages of a venue's reservations.
create index reservation_pages on reservation (venue_id, date, starts_at, id);

-- Ends the transaction when the exclusion constraint kept one of its tables from it, so that the writes of a step and its
-- COMMIT can be sent together.
create function require_tables_won(won bigint, wanted bigint) returns void language plpgsql as $$
begin
  if won <> wanted then
    raise exception 'a table was taken beside the lock of its day' using errcode = 'LT001';
  end if;
end
$$;
