package io.lasttable.booking.day;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** What someone wants of a day. */
public sealed interface Command {

    /** The reservation it makes or changes. */
    UUID id();

    /** A table for a party: confirmed at once, or with {@code hold} kept for that long. */
    record Book(
            UUID id,
            Wish wish,
            Optional<Guest> guest,
            Optional<String> note,
            Optional<String> channel,
            Optional<Duration> hold)
            implements Command {}

    /** A hold becomes a reservation. */
    record Confirm(UUID id, Guest guest) implements Command {}

    /** Another time, party size, area, guest or note on the same day; the old tables are kept until new ones are won. */
    record Amend(UUID id, Wish wish, Optional<Guest> guest, Optional<String> note, OptionalLong ifVersion)
            implements Command {}

    /** Cancel, seat, finish or mark as no-show: {@code to} is where the reservation goes. */
    record Turn(UUID id, Status to, OptionalLong ifVersion) implements Command {}
}
