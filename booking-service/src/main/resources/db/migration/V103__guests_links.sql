-- Up to when the links that guests had to manage what is theirs were ended, by an erasure.
alter table reservation add column links_ended_at timestamptz;
alter table waitlist add column links_ended_at timestamptz;
