-- Up to when the links that guests had to manage what is theirs were ended, by an erasure.
set local lock_timeout = '3s'; -- behind a long reader everybody would queue; the next try comes by itself
alter table reservation add column links_ended_at timestamptz;
alter table waitlist add column links_ended_at timestamptz;
