-- Keyed hashes of the guest's contact in a stored answer, so that an erasure finds it without reading every answer. Answers of
-- before are found by what they are about, and are gone after a day.
alter table idempotency_receipt add column email_hash text, add column phone_hash text;
