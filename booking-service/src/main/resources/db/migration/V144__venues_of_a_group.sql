-- Built beside what goes on; nothing waits for it. One that an earlier try has left half built is of no use.
drop index concurrently if exists venue_of_group;
create index concurrently venue_of_group on venue ((document ->> 'group')) where document ->> 'group' is not null;
