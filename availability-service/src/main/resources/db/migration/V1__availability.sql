-- The read side's tables: each row is the newest state that was published, nothing is computed here but columns that reads need.
CREATE EXTENSION IF NOT EXISTS cube;

CREATE TABLE venue (
    venue_id  text   PRIMARY KEY,
    version   bigint NOT NULL,
    name      text   NOT NULL,
    time_zone text   NOT NULL,
    city      text,
    city_key  text,               -- the city without case and accents
    cuisines  text[] NOT NULL,    -- as published
    cuisine_keys text[] NOT NULL,
    lat       double precision,
    lon       double precision,
    position  cube                -- the point on the sphere in metres: a GiST walk over it is in order of distance
);
CREATE INDEX venue_city ON venue (city_key);
CREATE INDEX venue_position ON venue USING gist (position);

CREATE TABLE day (
    venue_id       text     NOT NULL,
    date           date     NOT NULL,
    version        bigint   NOT NULL,
    notice_seconds integer  NOT NULL,
    offers         bigint[] NOT NULL,  -- one packed number a slot, see OfferCode
    document       text     NOT NULL,  -- the Kafka value as it came
    PRIMARY KEY (venue_id, date)
) WITH (fillfactor = 85);

-- How far the projection is, per partition: everything that Kafka held at caught_up_at is in the tables above.
CREATE TABLE progress (
    topic        text        NOT NULL,
    partition    integer     NOT NULL,
    next_offset  bigint      NOT NULL,
    caught_up_at timestamptz,
    PRIMARY KEY (topic, partition)
);
