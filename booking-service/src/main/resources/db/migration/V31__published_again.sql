-- What is published once more is news for Kafka and none for the changes feed, which has it.
alter table outbox add column in_feed boolean not null default true;

-- How far a republication of all venues has come, so that one that was stopped goes on from there.
create table republication (
  one boolean primary key default true check (one),
  through text not null
);
