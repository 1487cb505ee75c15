-- Built beside what goes on; nothing waits for them. Pages of some statuses, and what a venue has open, read by the nightly roll.
create index concurrently if not exists reservation_pages_of_status on reservation (venue_id, status, date, starts_at, id);
create index concurrently if not exists day_open_of_venue on day (venue_id, date) where not closed;
drop index concurrently if exists day_open;
