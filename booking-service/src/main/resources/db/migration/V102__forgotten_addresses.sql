-- A guest whose name is gone has no address to be found by either: the retention left it.
update guest set email_key = null where name is null and email_key is not null;
