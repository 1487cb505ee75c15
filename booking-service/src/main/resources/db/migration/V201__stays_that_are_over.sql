-- The roll forgets who kept which table once a date is over. What was over before it did so goes here; nobody waits for these rows.
delete from occupancy where upper(during) < now() - interval '4 days';
