package io.lasttable.booking.venue;

import io.lasttable.booking.problem.Problem;

/** The venue that a path names. */
public final class VenuePath {

    private VenuePath() {}

    /** Throws {@code unknown-venue} for what no venue can be called. */
    public static VenueId id(String segment) {
        if (!VenueId.isValid(segment)) {
            throw Problem.of(Problem.Type.UNKNOWN_VENUE, "There is no such venue.");
        }
        return new VenueId(segment);
    }
}
