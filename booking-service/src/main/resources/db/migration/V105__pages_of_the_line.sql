-- Built beside what goes on; nothing waits for it. One that an earlier try has left half built is of no use.
drop index concurrently if exists waitlist_pages;
create index concurrently waitlist_pages on waitlist (venue_id, date, position);
