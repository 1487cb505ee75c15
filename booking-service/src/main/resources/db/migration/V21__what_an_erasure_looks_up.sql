-- Built beside what goes on; nothing waits for them.
create index concurrently if not exists idempotency_receipt_by_email on idempotency_receipt (email_hash) where email_hash is not null;
create index concurrently if not exists idempotency_receipt_by_phone on idempotency_receipt (phone_hash) where phone_hash is not null;
create index concurrently if not exists reservation_by_guest on reservation (venue_id, guest_ref) where guest_ref is not null;
create index concurrently if not exists waitlist_by_guest on waitlist (venue_id, guest_ref);
