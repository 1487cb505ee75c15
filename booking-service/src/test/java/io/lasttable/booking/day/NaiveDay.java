package io.lasttable.booking.day;

import io.lasttable.booking.venue.ServicePeriod;
import io.lasttable.booking.venue.Table;
import io.lasttable.booking.venue.TableOption;
import io.lasttable.booking.venue.Venue;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** Counting by trying everything: no index, no order, no cleverness. */
final class NaiveDay {

    private NaiveDay() {}

    static int left(Day day, String time, int party, Instant now) {
        return left(day, Wish.of(day.plan().date(), LocalTime.parse(time), party), now);
    }

    /** Of those at which the wish may be seated, in its area or at its tables, the free ones; none when pacing has no room. */
    static int left(Day day, Wish wish, Instant now) {
        Slot slot = day.plan().grid().at(wish.time()).orElseThrow();
        Optional<Duration> turn = slot.turnTime(wish.partySize());
        boolean shut = isShut(day, slot, now) && !wish.overrides(Limit.CUTOFF);
        return turn.isPresent() && !shut && isPaced(day, wish, now)
                ? free(
                        day,
                        wish,
                        slot.startsAt(),
                        wish.endsAt().orElse(slot.startsAt().plus(turn.get())),
                        now)
                : 0;
    }

    /** Whether the wall clock has passed the cut-off of the service that the slot is of, before the slot. */
    static boolean isShut(Day day, Slot slot, Instant now) {
        Venue venue = day.plan().venue();
        LocalDateTime wall = LocalDateTime.ofInstant(now, venue.timeZone());
        return venue.bookingWindow()
                .sameDayCutoff()
                .map(time -> day.plan().date().atTime(time))
                .filter(cutoff -> !wall.isBefore(cutoff))
                .filter(cutoff -> cutoff.isBefore(LocalDateTime.ofInstant(slot.startsAt(), venue.timeZone())))
                .isPresent();
    }

    /** Whether the service that a start belongs to, that of the last slot before, seats at a table. */
    static boolean isSeatedAt(Day day, Instant start, String table) {
        Optional<ServicePeriod> service = Optional.empty();
        for (Slot slot : day.plan().grid().slots()) {
            service = slot.startsAt().isAfter(start) ? service : Optional.of(slot.period());
        }
        Optional<Table> there = day.plan().venue().table(table);
        return there.isPresent()
                && (service.isEmpty() || service.get().floorPlan().has(there.get()));
    }

    static boolean isPaced(Day day, Wish wish, Instant now) {
        Slot slot = day.plan().grid().at(wish.time()).orElseThrow();
        int starting = stays(day, now)
                .filter(stay -> stay.date().equals(day.plan().date()))
                .filter(stay -> stay.startsAt().equals(slot.startsAt()))
                .mapToInt(Stay::partySize)
                .sum();
        return wish.overrides(Limit.PACING)
                || starting + wish.partySize()
                        <= slot.period().maxCoversPerSlot().orElse(Integer.MAX_VALUE);
    }

    static int free(Day day, Wish wish, Instant from, Instant until, Instant now) {
        return free(day, wish, from, until, now, new OwnTables(List.of(), Instant.MIN));
    }

    /** @param own tables that no block keeps from whoever has them, nor for so long that they must be made ready */
    static int free(Day day, Wish wish, Instant from, Instant until, Instant now, OwnTables own) {
        List<List<String>> options = wish.tables().isEmpty()
                ? options(day.plan().venue(), wish).map(TableOption::tables).toList()
                : List.of(wish.tables());
        return (int) options.stream()
                .filter(tables -> tables.stream().allMatch(id -> isSeatedAt(day, from, id)))
                .filter(tables -> isFree(day, tables, from, until, now, buffered(wish, tables, until, own)))
                .filter(tables -> mayUse(day, wish, tables, from, until, own.tables()))
                .count();
    }

    private static boolean buffered(Wish wish, List<String> tables, Instant until, OwnTables own) {
        boolean keeps = own.tables().containsAll(tables) && !until.isAfter(own.until());
        return !keeps && !wish.overrides(Limit.BUFFER);
    }

    private static boolean mayUse(
            Day day, Wish wish, List<String> tables, Instant from, Instant until, List<String> own) {
        return wish.overrides(Limit.BLOCK) || own.containsAll(tables) || isOpen(day, tables, from, until);
    }

    /** Minute by minute: nobody starts in a closed one, or where stays are closed is there in one. */
    static boolean isOpen(Day day, List<String> tables, Instant from, Instant until) {
        ZoneId zone = day.plan().venue().timeZone();
        for (Block block : day.blocks()) {
            boolean meant = tables.stream().anyMatch(id -> isMeant(day.plan().venue(), block, id));
            Instant last = block.closes() == Block.Closes.STARTS ? from.plusSeconds(60) : until;
            for (Instant at = from; meant && at.isBefore(last); at = at.plusSeconds(60)) {
                if (isWithin(block, day.plan().date(), at.atZone(zone).toLocalDateTime())) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean isMeant(Venue venue, Block block, String table) {
        return block.area().isEmpty() && block.tables().isEmpty()
                || block.tables().contains(table)
                || block.area().isPresent()
                        && venue.table(table).orElseThrow().area().equals(block.area());
    }

    private static boolean isWithin(Block block, LocalDate date, LocalDateTime at) {
        if (block.hours().isEmpty()) {
            return true;
        }
        LocalDateTime from = date.atTime(block.hours().get().from());
        LocalDateTime until = date.atTime(block.hours().get().until());
        LocalDateTime end = until.isBefore(from) ? until.plusDays(1) : until;
        return Stream.of(0, 1).anyMatch(days -> !at.isBefore(from.plusDays(days)) && at.isBefore(end.plusDays(days)));
    }

    private static Stream<TableOption> options(Venue venue, Wish wish) {
        return venue.tableOptions()
                .filter(seats -> seats.fits(wish.partySize()))
                .filter(seats -> wish.area().isEmpty()
                        || seats.tables().stream()
                                .allMatch(id ->
                                        venue.table(id).orElseThrow().area().equals(wish.area())));
    }

    static Day without(Day day, UUID reservation) {
        return Day.load(
                        1,
                        day.plan(),
                        day.occupancy().stays().stream()
                                .filter(stay -> !stay.reservationId().equals(reservation))
                                .toList(),
                        List.of())
                .closedBy(day.blocks());
    }

    /** As if nothing were closed, for those whom blocks do not bind. */
    static Day opened(Day day) {
        return day.closedBy(List.of());
    }

    private static Stream<Stay> stays(Day day, Instant now) {
        return day.occupancy().stays().stream()
                .filter(stay ->
                        stay.expiresAt().isEmpty() || stay.expiresAt().get().isAfter(now));
    }

    /** Nobody is there, nor anybody shortly before or after who leaves no time to make the table ready. */
    private static boolean isFree(
            Day day, List<String> tables, Instant from, Instant until, Instant now, boolean buffered) {
        Venue venue = day.plan().venue();
        return stays(day, now)
                .noneMatch(stay -> tables.stream()
                        .filter(stay.tables()::contains)
                        .anyMatch(id -> {
                            Duration ready = buffered
                                    ? venue.table(id).orElseThrow().turnBuffer().orElse(venue.turnBuffer())
                                    : Duration.ZERO;
                            return stay.startsAt().isBefore(until.plus(ready))
                                    && from.isBefore(stay.until().plus(ready));
                        }));
    }

    /** How many the tables seat: as the venue says of the table or combination, else all chairs. */
    static int covers(Venue venue, List<String> tables) {
        return venue.tableOptions()
                .filter(seats -> new HashSet<>(seats.tables()).equals(new HashSet<>(tables)))
                .mapToInt(TableOption::maxCovers)
                .findFirst()
                .orElseGet(() -> tables.stream()
                        .mapToInt(id ->
                                venue.table(id).map(table -> table.maxCovers()).orElse(-1000))
                        .sum());
    }

    /** Whether its clock on the wall shows the time that was booked, on its date or in the night after. */
    static boolean readsItsTime(Venue venue, Reservation reservation) {
        ZonedDateTime local = reservation.startsAt().atZone(venue.timeZone());
        return local.toLocalTime().equals(reservation.time())
                && (local.toLocalDate().equals(reservation.date())
                        || local.toLocalDate().minusDays(1).equals(reservation.date()));
    }

    static boolean fits(Venue venue, Reservation made) {
        return venue.tableOptions()
                .anyMatch(seats -> new HashSet<>(seats.tables()).equals(new HashSet<>(made.tables()))
                        && seats.fits(made.partySize()));
    }
}
