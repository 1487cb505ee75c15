package io.lasttable.booking.access;

/**
 * Who sends the current request.
 *
 * @param id subject or client of the token; of a guest, what the link of their own is for, or the publishable key
 */
public record Caller(Kind kind, String id) {

    /** A person or a machine with a bearer token, a guest by the link of their own, or one with a publishable key's token. */
    public enum Kind {
        PERSON,
        MACHINE,
        GUEST,
        GUEST_OF_KEY
    }
}
