-- With the venue in it, as every key has it, so that a database which is spread by venue takes it. Built beside what goes on; nothing waits for it. One that an earlier try has left half built is of no use.
drop index concurrently if exists outbox_order;
create unique index concurrently outbox_order on outbox (shard, id, venue_id);
