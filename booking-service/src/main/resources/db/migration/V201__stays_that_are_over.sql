-- The roll forgets who kept which table once a date is over. What was over before it did so goes here. Only who changes such a stay
-- in this moment waits for it.
delete from occupancy where upper(during) < now() - interval '4 days';
