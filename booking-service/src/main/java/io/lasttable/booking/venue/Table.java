package io.lasttable.booking.venue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A table of the floor plan; it seats parties of {@code minCovers} to {@code maxCovers}.
 *
 * @param position where it is drawn, which says nothing about who can sit there
 * @param turnBuffer in place of the venue's
 */
public record Table(
        String id,
        int minCovers,
        int maxCovers,
        Optional<String> area,
        Optional<Position> position,
        Optional<Duration> turnBuffer)
        implements TableOption {

    @Override
    public List<String> tables() {
        return List.of(id);
    }

    /** What of it bears on who can be seated. */
    Table seating() {
        return new Table(id, minCovers, maxCovers, area, Optional.empty(), turnBuffer);
    }
}
