package io.lasttable.booking.access;

/**
 * Who sends the current request.
 *
 * @param id subject or client of the token; of a guest, what the link of their own is for
 */
public record Caller(Kind kind, String id) {

    /** A person or a machine with a bearer token, or a guest by the link of their own. */
    public enum Kind {
        PERSON,
        MACHINE,
        GUEST
    }
}
