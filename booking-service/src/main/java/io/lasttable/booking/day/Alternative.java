package io.lasttable.booking.day;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Optional;

/**
 * Something else that the same party could still have.
 *
 * @param area when it is offered in place of the area asked for
 * @param left tables or combinations left for the party, at least 1
 */
public record Alternative(LocalDate date, LocalTime time, Optional<String> area, int left) {}
