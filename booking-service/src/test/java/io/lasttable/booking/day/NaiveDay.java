package io.lasttable.booking.day;

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
        return turn.isPresent() && isPaced(day, wish, now)
                ? free(
                        day,
                        wish,
                        slot.startsAt(),
                        wish.endsAt().orElse(slot.startsAt().plus(turn.get())),
                        now)
                : 0;
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
        return free(day, wish, from, until, now, List.of());
    }

    /** @param own tables that no block keeps from whoever has them */
    static int free(Day day, Wish wish, Instant from, Instant until, Instant now, List<String> own) {
        List<Stay> stays = stays(day, now).toList();
        return wish.tables().isEmpty()
                ? (int) options(day.plan().venue(), wish)
                        .filter(seats -> isFree(seats.tables(), stays, from, until))
                        .filter(seats -> mayUse(day, wish, seats.tables(), from, until, own))
                        .count()
                : isFree(wish.tables(), stays, from, until) && mayUse(day, wish, wish.tables(), from, until, own)
                        ? 1
                        : 0;
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

    private static boolean isFree(List<String> tables, List<Stay> stays, Instant from, Instant until) {
        return stays.stream()
                .filter(stay -> stay.startsAt().isBefore(until) && from.isBefore(stay.until()))
                .flatMap(stay -> stay.tables().stream())
                .noneMatch(tables::contains);
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
