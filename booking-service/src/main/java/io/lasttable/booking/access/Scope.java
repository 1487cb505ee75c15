package io.lasttable.booking.access;

/** The scopes of the design's section 7. */
public enum Scope {
    VENUES_WRITE("venues:write"),
    RESERVATIONS_WRITE("reservations:write"),
    RESERVATIONS_READ("reservations:read"),
    GUESTS_ERASE("guests:erase"),
    GUESTS_READ("guests:read"),
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
