-- Built beside what goes on; nothing waits for it. One that an earlier try has left half built is of no use.
drop index concurrently if exists webhook_delivery_not_taken;
create index concurrently webhook_delivery_not_taken on webhook_delivery (webhook_id, status, created_at, event_id)
  where status <> 'delivered';
