-- When somebody joined, which nobody knows of those of before.
set local lock_timeout = '3s'; -- behind a long reader everybody would queue; the next try comes by itself
alter table waitlist add column created_at timestamptz;
