-- How many watermarks the shard has told, counted here before each is sent: Kafka never knows of more than the database does, unless the
-- database has gone back.
alter table shard_lease add column told bigint not null default 0;
