-- The answers of granted requests by the caller's key, written in the transaction that granted them.
create table idempotency_receipt (
  venue_id text not null,
  key text not null,
  fingerprint text not null,
  content text not null,
  subject text,
  created_at timestamptz not null default now(),
  primary key (venue_id, key)
);
create index idempotency_receipt_by_age on idempotency_receipt (created_at);
create index idempotency_receipt_by_subject on idempotency_receipt (venue_id, subject);
