package io.lasttable.booking.reservation;

import io.lasttable.booking.access.Access;
import io.lasttable.booking.day.Command;
import io.lasttable.booking.day.Guest;
import io.lasttable.booking.day.Labels;
import io.lasttable.booking.day.Limit;
import io.lasttable.booking.day.Wish;
import io.lasttable.booking.problem.Problem;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What a caller asked to book or hold, once it has been read without a mistake.
 *
 * @param date absent only for a walk-in: the service that is running
 * @param time absent for a walk-in: now
 * @param hold how long to hold; absent to book
 * @param holdAlternative whether a loser wants the first alternative held
 * @param overrides limits that do not bind it
 * @param endsAt in place of the turn time
 */
record BookingOrder(
        Optional<LocalDate> date,
        Optional<LocalTime> time,
        int partySize,
        Optional<String> area,
        List<String> tables,
        Optional<Guest> guest,
        Optional<String> note,
        Optional<String> channel,
        Optional<Duration> hold,
        boolean holdAlternative,
        Labels labels,
        Set<Limit> overrides,
        Optional<Instant> endsAt) {

    /** The channel that makes a booking a walk-in: seated at once, at the present minute, without notice or pacing. */
    static final String WALK_IN = "walk-in";

    /** Throws 403 when a guest asks for what is the house's: a walk-in, certain tables, names and notes of its systems. */
    void check(Access access) {
        if (access.booksAsGuest() && (isWalkIn() || !tables.isEmpty() || !labels.equals(Labels.NONE))) {
            throw Problem.of(
                    Problem.Type.FORBIDDEN,
                    "Who books as a guest chooses no tables and no walk-in, and sends neither externalId nor metadata.");
        }
    }

    boolean isWalkIn() {
        return channel.filter(WALK_IN::equals).isPresent();
    }

    Command.Book on(LocalDate serviceDate) {
        return on(serviceDate, UUID.randomUUID());
    }

    /** @param id of the reservation that it makes */
    Command.Book on(LocalDate serviceDate, UUID id) {
        LocalTime start = time.orElse(LocalTime.MIDNIGHT);
        Wish wish = new Wish(serviceDate, start, partySize, area, tables, isWalkIn(), overrides, endsAt);
        return new Command.Book(id, wish, guest, note, channel, hold, labels);
    }
}
