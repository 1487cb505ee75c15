package io.lasttable.booking.day;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.UUID;
import java.util.stream.Stream;

/** Who waits, as the changes alone tell it; each draws a ticket when it is stored, as from the database. */
final class NaiveLine {

    private final Map<UUID, WaitlistEntry> entries = new HashMap<>();
    private final List<UUID> joined = new ArrayList<>();

    List<UUID> joined() {
        return joined;
    }

    Optional<WaitlistEntry> entry(UUID id) {
        return Optional.ofNullable(entries.get(id));
    }

    Stream<WaitlistEntry> all() {
        return entries.values().stream();
    }

    /** In the order of the line. */
    List<WaitlistEntry> of(LocalDate date) {
        return all().filter(entry -> entry.wish().date().equals(date))
                .sorted(Comparator.comparing(entry -> entry.ticket().orElseThrow()))
                .toList();
    }

    List<UUID> waiting(LocalDate date) {
        return of(date).stream()
                .filter(entry -> entry.status() == WaitlistStatus.WAITING)
                .map(WaitlistEntry::id)
                .toList();
    }

    /** The line once one of those who wait is at another place. */
    List<UUID> reordered(WaitlistEntry moved, int position) {
        List<UUID> order = new ArrayList<>(waiting(moved.wish().date()));
        boolean waits = order.remove(moved.id());
        assertThat(waits).isTrue();
        order.add(Math.min(position - 1, order.size()), moved.id());
        return order;
    }

    void remember(DayStep step) {
        step.waitlistChanges().forEach(this::remember);
        step.tickets().forEach((id, ticket) -> {
            WaitlistEntry placed = entries.computeIfPresent(id, (same, entry) -> entry.at(ticket));
            assertThat(placed).isNotNull();
        });
    }

    private void remember(WaitlistChange change) {
        WaitlistEntry after = change.after();
        WaitlistEntry before = entries.get(after.id());
        assertThat(after.version()).isEqualTo(before == null ? 1 : before.version() + 1);
        assertThat(before == null || before.status().isOpen() || after.status() == WaitlistStatus.ACCEPTED)
                .as("a closed entry stays closed, unless its late offer is taken")
                .isTrue();
        if (before == null) {
            joined.add(after.id());
        }
        long ticket = before == null ? joined.size() : before.ticket().orElseThrow();
        entries.put(after.id(), after.at(ticket));
    }

    /** The days as they are read again. */
    void storeIn(SortedMap<LocalDate, Day> days) {
        days.replaceAll((date, day) -> {
            Day stored = day;
            for (WaitlistEntry entry : of(date)) {
                stored = stored.entry(entry.id()).isPresent() ? stored.after(entry) : stored;
            }
            return stored;
        });
    }
}
