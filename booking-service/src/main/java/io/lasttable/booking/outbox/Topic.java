package io.lasttable.booking.outbox;

/** The topics of the event contract; their names are configuration. */
public enum Topic {
    VENUES,
    DAYS,
    RESERVATIONS
}
