-- When somebody joined, which nobody knows of those of before.
alter table waitlist add column created_at timestamptz;
