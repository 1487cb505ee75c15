-- One index in place of two that each event was written to. Nobody asks the outbox for a venue, and while it was all but empty the plan
-- to remove what has been published could settle on that key, all of which is then read for each removal.
set local lock_timeout = '3s'; -- behind a long reader everybody would queue; the next try comes by itself
alter table outbox drop constraint outbox_pkey, add constraint outbox_pkey primary key using index outbox_order;
drop index outbox_in_order;
-- A table that is all but empty keeps its pages: to make it shorter would lock it, and of a short one all is read rather than the index,
-- by plans that are kept when it grows again.
alter table outbox set (vacuum_truncate = false);
