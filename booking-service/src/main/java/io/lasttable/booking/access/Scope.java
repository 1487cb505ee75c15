package io.lasttable.booking.access;

/** What a token may allow. */
public enum Scope {
    VENUES_WRITE("venues:write"),
    RESERVATIONS_WRITE("reservations:write"),
    RESERVATIONS_READ("reservations:read"),
    RESERVATIONS_OVERRIDE("reservations:override"),
    GUESTS_READ("guests:read"),
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
