-- When what the day offers changes by itself: its next same-day cut-off, which is told as it passes.
set local lock_timeout = '3s'; -- behind a long reader everybody would queue; the next try comes by itself
alter table day add column closes_at timestamptz;
