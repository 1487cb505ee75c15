package io.lasttable.booking.venue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A table of the floor plan; it seats parties of {@code minCovers} to {@code maxCovers}.
 *
 * @param turnBuffer in place of the venue's
 */
public record Table(String id, int minCovers, int maxCovers, Optional<String> area, Optional<Duration> turnBuffer)
        implements TableOption {

    @Override
    public List<String> tables() {
        return List.of(id);
    }
}
