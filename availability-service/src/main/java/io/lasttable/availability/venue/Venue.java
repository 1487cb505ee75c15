package io.lasttable.availability.venue;

import java.time.ZoneId;
import java.util.List;
import java.util.Objects;

/** What this side keeps of a published venue. City and position are null when the venue names none. */
public record Venue(
        VenueId id, long version, String name, ZoneId zone, String city, Position position, List<String> cuisines) {

    public Venue {
        Objects.requireNonNull(id);
        Objects.requireNonNull(name);
        Objects.requireNonNull(zone);
        cuisines = List.copyOf(cuisines);
        if (version < 1) {
            throw new IllegalArgumentException("version " + version + " is below 1");
        }
    }
}
