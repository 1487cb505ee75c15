-- Built beside what goes on; nothing waits for it.
create index concurrently if not exists waitlist_pages on waitlist (venue_id, date, position);
