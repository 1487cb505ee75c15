-- An erased guest has no name.
alter table guest alter column name drop not null;
create index guest_by_email on guest (lower(email)) where email is not null;
create index guest_by_phone on guest (regexp_replace(phone, '[^0-9]', '', 'g')) where phone is not null;

-- Days that guests cannot book any more, or not yet again: over, or beyond the end of a booking window that was shortened.
alter table day add column closed boolean not null default false;
create index day_open on day (date) where not closed;

-- A record without a value takes its key out of a compacted topic.
alter table outbox alter column payload drop not null;
