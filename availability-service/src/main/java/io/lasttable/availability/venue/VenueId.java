package io.lasttable.availability.venue;

import java.util.regex.Pattern;

/** The id a venue is published under: lower case letters, digits and hyphens, at most 63. */
public record VenueId(String value) {

    public static final String EXPECTED = "lower case letters, digits and hyphens, at most 63, for example chez-nous";
    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    public VenueId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("not a venue id: " + value);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
