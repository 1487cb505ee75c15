package io.lasttable.booking.daybook;

import io.lasttable.booking.day.Block;
import io.lasttable.booking.day.DayPlan;
import io.lasttable.booking.day.Reservation;
import io.lasttable.booking.day.WaitlistEntry;
import io.lasttable.booking.venue.VenueId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;

/**
 * All that many days at once need to know, read while their locks are held: who keeps tables, by date, since a day is met by the
 * stays of its neighbours too; what is blocked; and who waits, where that matters.
 */
final class Present {

    private final List<Reservation> all;
    private final Map<LocalDate, List<Reservation>> reservations;
    private final List<Block> blocks;
    private final Map<LocalDate, List<WaitlistEntry>> line;

    private Present(List<Reservation> all, List<Block> blocks, List<WaitlistEntry> line) {
        this.all = all;
        this.reservations = all.stream().collect(Collectors.groupingBy(Reservation::date));
        this.blocks = blocks;
        this.line = line.stream()
                .collect(Collectors.groupingBy(entry -> entry.wish().date()));
    }

    /** From the first date to the last. */
    static Uni<Present> on(SqlConnection transaction, VenueId venue, LocalDate first, LocalDate last) {
        LocalDate near = last.equals(DayTable.LAST) ? last : last.plusDays(DayPlan.FARTHEST);
        return ReservationTable.activeBetween(transaction, venue, first.minusDays(DayPlan.FARTHEST), near)
                .chain(active -> BlockTable.between(transaction, venue, first, last)
                        .map(blocks -> new Present(active, blocks, List.of())));
    }

    /** As {@link #on}, and with those who wait on these dates. */
    static Uni<Present> withLine(
            SqlConnection transaction,
            VenueId venue,
            SortedMap<LocalDate, DayTable.State> dates,
            LocalDate first,
            LocalDate last) {
        return on(transaction, venue, first, last)
                .chain(present -> WaitlistTable.load(transaction, venue, dates.keySet())
                        .map(line -> new Present(present.all, present.blocks, line)));
    }

    List<Reservation> all() {
        return all;
    }

    List<Block> blocks() {
        return blocks;
    }

    /** Those that hold on a date, as its row has them. */
    Set<Block> blocks(LocalDate date) {
        return blocks.stream().flatMap(block -> block.on(date).stream()).collect(Collectors.toSet());
    }

    List<Reservation> near(LocalDate date) {
        return date.minusDays(DayPlan.FARTHEST)
                .datesUntil(date.plusDays(DayPlan.FARTHEST + 1))
                .flatMap(each -> reservations.getOrDefault(each, List.of()).stream())
                .toList();
    }

    List<WaitlistEntry> waiting(LocalDate date) {
        return line.getOrDefault(date, List.of());
    }
}
