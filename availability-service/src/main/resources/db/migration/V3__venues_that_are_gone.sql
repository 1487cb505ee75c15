-- A venue that was deleted keeps its row: its version, since one that is made under the same id goes on from there, and where in the log of its
-- partition that stands, since a tombstone has no version.
SET LOCAL lock_timeout = '3s'; -- behind a long reader everybody would queue; the next try comes by itself
ALTER TABLE venue
    ADD COLUMN gone       boolean NOT NULL DEFAULT false,
    ADD COLUMN log_offset bigint;
