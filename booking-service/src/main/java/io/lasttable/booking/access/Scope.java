package io.lasttable.booking.access;

/** What a token may allow. */
public enum Scope {
    VENUES_WRITE("venues:write"),
    RESERVATIONS_WRITE("reservations:write"),
    /** To book, hold and wait as one guest: nothing is listed, and nobody else's is changed. */
    RESERVATIONS_BOOK("reservations:book"),
    RESERVATIONS_READ("reservations:read"),
    RESERVATIONS_OVERRIDE("reservations:override"),
    GUESTS_READ("guests:read"),
    GUESTS_WRITE("guests:write"),
    GUESTS_ERASE("guests:erase"),
    WEBHOOKS_READ("webhooks:read"),
    WEBHOOKS_WRITE("webhooks:write");

    private final String claim;

    Scope(String claim) {
        this.claim = claim;
    }

    public String claim() {
        return claim;
    }
}
