-- A rebuild makes the tables anew with LIKE in another schema and moves them here, so indexes carry the names PostgreSQL gives.
ALTER INDEX venue_city RENAME TO venue_city_key_idx;
ALTER INDEX venue_position RENAME TO venue_position_idx;

-- Days that are over are found without a look at the others.
CREATE INDEX ON day (date);

-- Who rebuilds; one row at most. A rebuild that was killed lets go when its time is over.
CREATE TABLE rebuild_lease (
    only_one boolean     PRIMARY KEY DEFAULT true CHECK (only_one),
    owner    text        NOT NULL,
    until    timestamptz NOT NULL
);
