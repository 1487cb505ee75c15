-- The index of the pages begins with it.
drop index concurrently if exists waitlist_of_day;
