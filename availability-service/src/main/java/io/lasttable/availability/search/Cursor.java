package io.lasttable.availability.search;

import io.lasttable.availability.venue.VenueId;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The place after the last venue of a page, in the order of the search. It names a place in the order, not a count, so
 * venues that come or go before it move nothing; {@code fingerprint} ties it to its search.
 */
record Cursor(double distance, int minutesAway, String venueId, int fingerprint) {

    static final Cursor START = new Cursor(-1, -1, "", 0);

    static Cursor parse(String text, int expected) {
        String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
        String[] parts = plain.split(" ", -1);
        if (parts.length != 4 || Integer.parseInt(parts[3]) != expected) {
            throw new IllegalArgumentException("a cursor of another search");
        }
        double distance = Double.longBitsToDouble(Long.parseLong(parts[0]));
        int minutesAway = Integer.parseInt(parts[1]);
        if (!(distance >= 0 && distance < Double.POSITIVE_INFINITY) || minutesAway < 0) {
            throw new IllegalArgumentException("no place in an order");
        }
        return new Cursor(distance, minutesAway, new VenueId(parts[2]).value(), expected);
    }

    String text() {
        String plain = Double.doubleToLongBits(distance) + " " + minutesAway + " " + venueId + " " + fingerprint;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }
}
