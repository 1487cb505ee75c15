package io.lasttable.booking.day;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Tables found for a party, from its start until the end of its turn. */
public record Placement(List<String> tables, Instant startsAt, Instant endsAt, Optional<String> area) {}
