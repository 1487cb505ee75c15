-- Built beside what goes on; nothing waits for it. Who waited on a date that is over; waitlist_open knows those who still do.
create index concurrently if not exists waitlist_of_day on waitlist (venue_id, date);
