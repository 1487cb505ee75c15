-- Each booking raises its day's version and nothing that an index holds: with room left on its page the row stays there, and no index is
-- written. Pages that are full get that room as their rows change.
alter table day set (fillfactor = 80);

-- A fifth of millions of rows, as is the default, is too long to wait for: dead rows are gone over at a fiftieth, and a page is
-- marked as seen by all, which a scan of an index alone needs, as soon.
alter table day set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.05);
alter table reservation set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.05);
alter table occupancy set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.05);
alter table guest set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.05);
alter table waitlist set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.05);
