-- Built beside what goes on; nothing waits for them. An external id is of one only at a venue.
create unique index concurrently if not exists reservation_by_external_id on reservation (venue_id, external_id) where external_id is not null;
create unique index concurrently if not exists waitlist_by_external_id on waitlist (venue_id, external_id) where external_id is not null;
create index concurrently if not exists reservation_by_update on reservation (venue_id, updated_at, id);
