package io.lasttable.booking.day;

/**
 * Tells whether a later request is the same one: the same JSON, in whatever order its members come.
 *
 * @param value as it is stored
 * @param asSent of the very characters of the body, as releases stored it that knew no order; their answers are kept for a day after an
 *     upgrade
 */
public record Fingerprint(String value, String asSent) {

    public boolean isOf(Fingerprint stored) {
        return stored.value.equals(value) || stored.value.equals(asSent);
    }

    /** As it was stored. */
    public static Fingerprint stored(String value) {
        return new Fingerprint(value, value);
    }
}
