package io.lasttable.booking.day;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What the loser of a race could still have: another area at the same time, then other times, nearest first. */
final class Alternatives {

    private static final int AT_MOST = 5;

    private final DayPlan plan;
    private final Seating seating;
    private final Bookability bookability;

    Alternatives(DayPlan plan, Seating seating, Bookability bookability) {
        this.plan = plan;
        this.seating = seating;
        this.bookability = bookability;
    }

    List<Alternative> to(Wish wish, Slot wanted) {
        Wish free = new Wish(wish.date(), wish.time(), wish.partySize(), wish.area(), List.of(), false);
        List<Alternative> found = new ArrayList<>();
        if (wish.area().isPresent()) {
            elsewhere(free, wanted).ifPresent(found::add);
        }
        plan.grid().slots().stream()
                .filter(slot -> !slot.startsAt().equals(wanted.startsAt()))
                .filter(slot -> !bookability.isTooLate(slot) && !bookability.isShut(slot, wish))
                .sorted(Comparator.comparing((Slot slot) -> distance(slot, wanted))
                        .thenComparing(Slot::startsAt))
                .map(slot -> new Alternative(wish.date(), slot.time(), Optional.empty(), seating.left(free, slot)))
                .filter(alternative -> alternative.left() > 0)
                .limit(AT_MOST - found.size())
                .forEach(found::add);
        return List.copyOf(found);
    }

    private Optional<Alternative> elsewhere(Wish wish, Slot slot) {
        List<Optional<String>> areas = seating.candidates(wish.anywhere(), slot).stream()
                .map(TableSet::area)
                .filter(Optional::isPresent)
                .distinct()
                .toList();
        return areas.stream()
                .filter(area -> !area.equals(wish.area()))
                .map(area -> in(area, wish, slot))
                .filter(alternative -> alternative.left() > 0)
                .findFirst();
    }

    private Alternative in(Optional<String> area, Wish wish, Slot slot) {
        Wish there = new Wish(wish.date(), wish.time(), wish.partySize(), area, List.of(), false);
        return new Alternative(wish.date(), slot.time(), area, seating.left(there, slot));
    }

    private static Duration distance(Slot slot, Slot wanted) {
        return Duration.between(slot.startsAt(), wanted.startsAt()).abs();
    }
}
