package io.lasttable.booking.venue;

import java.time.Duration;

/** How long a party of at most {@code upToPartySize} keeps its table; elapsed time, not wall-clock time. */
public record TurnTime(int upToPartySize, Duration duration) {}
