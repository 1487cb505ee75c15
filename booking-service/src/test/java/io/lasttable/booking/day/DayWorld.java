package io.lasttable.booking.day;

import io.lasttable.booking.day.Command.Book;
import io.lasttable.booking.day.Command.Confirm;
import io.lasttable.booking.day.Command.Turn;
import io.lasttable.booking.day.Decision.Accepted;
import io.lasttable.booking.venue.Venue;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;

/** One day that lives through commands as it does under its lock, at a clock that the test moves. */
public final class DayWorld {

    public static final LocalDate SATURDAY = LocalDate.of(2026, 11, 28);
    public static final Guest GUEST = new Guest(new UUID(0, 1), Optional.of("Ada"), Optional.empty(), Optional.empty());

    /** Seated at most two hours early, a no-show from the start on. */
    static final Rules RULES = new Rules(Duration.ofMinutes(10), 12, Duration.ofHours(2), Duration.ZERO);

    public Day day;
    public Instant now = Instant.parse("2026-11-24T12:00:00Z");
    private long ids;

    public DayWorld(VenueBuilder venue) {
        this(venue.build());
    }

    DayWorld(Venue venue) {
        day = Day.load(1, new DayPlan(venue, SATURDAY), List.of(), List.of());
    }

    public Decision book(String time, int partySize) {
        return book(wish(time, partySize), Optional.empty());
    }

    public Decision hold(String time, int partySize, int seconds) {
        return book(wish(time, partySize), Optional.of(Duration.ofSeconds(seconds)));
    }

    public Decision book(Wish wish, Optional<Duration> hold) {
        Optional<Guest> guest = hold.isPresent() ? Optional.empty() : Optional.of(GUEST);
        return run(new Book(new UUID(1, ids++), wish, guest, Optional.empty(), Optional.empty(), hold));
    }

    public Decision confirm(UUID id) {
        return run(new Confirm(id, Optional.of(GUEST), OptionalLong.empty()));
    }

    public Decision turn(UUID id, Status to) {
        return run(new Turn(id, to, OptionalLong.empty()));
    }

    public Decision run(Command command) {
        Decision decision = day.decide(command, RULES, now);
        if (decision instanceof Accepted accepted) {
            day = day.after(day.displacedBy(accepted, now))
                    .after(accepted.change())
                    .committed();
        }
        return decision;
    }

    /** What the patch changes of it. */
    Decision amend(Reservation reservation, ReservationPatch patch) {
        return run(new Command.Amend(reservation.id(), patch, OptionalLong.empty()));
    }

    Decision restore(UUID id) {
        return run(new Command.Restore(id, OptionalLong.empty()));
    }

    static ReservationPatch ofSize(int partySize) {
        return patch(Optional.empty(), Optional.of(partySize), Optional.empty(), List.of(), Optional.empty());
    }

    static ReservationPatch toTime(String time) {
        return patch(Optional.of(time), Optional.empty(), Optional.empty(), List.of(), Optional.empty());
    }

    static ReservationPatch toTables(String... tables) {
        return patch(Optional.empty(), Optional.empty(), Optional.empty(), List.of(tables), Optional.empty());
    }

    static ReservationPatch until(String instant) {
        return patch(
                Optional.empty(), Optional.empty(), Optional.empty(), List.of(), Optional.of(Instant.parse(instant)));
    }

    private static ReservationPatch patch(
            Optional<String> time,
            Optional<Integer> size,
            Optional<String> area,
            List<String> tables,
            Optional<Instant> endsAt) {
        return new ReservationPatch(
                Optional.empty(),
                time.map(LocalTime::parse),
                size,
                new ReservationPatch.Field<>(false, area),
                new ReservationPatch.Field<>(false, Optional.of(tables).filter(some -> !some.isEmpty())),
                endsAt,
                Optional.empty(),
                new ReservationPatch.Field<>(false, Optional.empty()),
                LabelsPatch.NONE,
                Set.of());
    }

    static ReservationPatch patch(LocalDate date, LocalTime time, int partySize) {
        ReservationPatch.Field<String> asItIs = new ReservationPatch.Field<>(false, Optional.empty());
        return new ReservationPatch(
                Optional.of(date),
                Optional.of(time),
                Optional.of(partySize),
                asItIs,
                new ReservationPatch.Field<>(false, Optional.empty()),
                Optional.empty(),
                Optional.empty(),
                asItIs,
                LabelsPatch.NONE,
                Set.of());
    }

    public static Wish wish(String time, int partySize) {
        return Wish.of(SATURDAY, LocalTime.parse(time), partySize);
    }

    public static Reservation won(Decision decision) {
        return ((Accepted) decision).change().after();
    }
}
