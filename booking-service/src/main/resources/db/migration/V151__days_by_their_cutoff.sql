-- Built beside what goes on; nothing waits for it. One that an earlier try has left half built is of no use. A booking writes the
-- cut-off that was there, so its row stays where it is.
drop index concurrently if exists day_by_cutoff;
create index concurrently day_by_cutoff on day (closes_at) where closes_at is not null;
