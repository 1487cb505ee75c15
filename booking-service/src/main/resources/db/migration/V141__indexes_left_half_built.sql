-- An index that is built beside what goes on is left behind invalid when its migration is cut off, and "if not exists" then took it for built.
-- Those of before go, and are built again; one that is valid, or an operator's own, stays. Cut off itself, this begins anew in the same way.
do $$
declare
  half_built text;
begin
  for half_built in
    select i.indexrelid::regclass::text from pg_index i
    where not i.indisvalid and i.indexrelid::regclass::text in (
      'idempotency_receipt_by_email', 'idempotency_receipt_by_phone', 'reservation_by_guest', 'waitlist_by_guest', 'reservation_pages_of_status',
      'day_open_of_venue', 'guest_by_email_key', 'reservation_by_external_id', 'waitlist_by_external_id', 'reservation_by_update', 'waitlist_pages')
  loop
    set local lock_timeout = '3s'; -- behind a long reader everybody would queue; the next try comes by itself
    execute 'drop index ' || half_built;
  end loop;
end
$$;
create index concurrently if not exists idempotency_receipt_by_email on idempotency_receipt (email_hash) where email_hash is not null;
create index concurrently if not exists idempotency_receipt_by_phone on idempotency_receipt (phone_hash) where phone_hash is not null;
create index concurrently if not exists reservation_by_guest on reservation (venue_id, guest_ref) where guest_ref is not null;
create index concurrently if not exists waitlist_by_guest on waitlist (venue_id, guest_ref);
create index concurrently if not exists reservation_pages_of_status on reservation (venue_id, status, date, starts_at, id);
create index concurrently if not exists day_open_of_venue on day (venue_id, date) where not closed;
create index concurrently if not exists guest_by_email_key on guest (email_key, venue_id) where email_key is not null;
create unique index concurrently if not exists reservation_by_external_id on reservation (venue_id, external_id) where external_id is not null;
create unique index concurrently if not exists waitlist_by_external_id on waitlist (venue_id, external_id) where external_id is not null;
create index concurrently if not exists reservation_by_update on reservation (venue_id, updated_at, id);
create index concurrently if not exists waitlist_pages on waitlist (venue_id, date, position);
