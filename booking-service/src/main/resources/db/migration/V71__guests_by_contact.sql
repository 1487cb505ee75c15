-- Built beside what goes on; nothing waits for it. An erasure looks everywhere, a host in one venue.
create index concurrently if not exists guest_by_email_key on guest (email_key, venue_id) where email_key is not null;
