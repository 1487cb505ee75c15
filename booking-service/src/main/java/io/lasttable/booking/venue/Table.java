package io.lasttable.booking.venue;

import java.util.List;
import java.util.Optional;

/** A table of the floor plan; it seats parties of {@code minCovers} to {@code maxCovers}. */
public record Table(String id, int minCovers, int maxCovers, Optional<String> area) implements TableOption {

    @Override
    public List<String> tables() {
        return List.of(id);
    }
}
