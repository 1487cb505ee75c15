package io.lasttable.booking.venue;

import java.util.regex.Pattern;

/** A venue's name in URLs and keys: 1 to 63 characters of {@code a-z}, {@code 0-9} and {@code -}. */
public record VenueId(String value) {

    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    public VenueId {
        if (!isValid(value)) {
            throw new IllegalArgumentException("not a venue id: 1 to 63 of a-z, 0-9 and -, not starting with -");
        }
    }

    public static boolean isValid(String value) {
        return value != null && FORM.matcher(value).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
