-- The version since which the reservation is another guest's: links that were given before are not theirs.
set local lock_timeout = '3s'; -- behind a long reader everybody would queue; the next try comes by itself
alter table reservation add column links_from bigint;
