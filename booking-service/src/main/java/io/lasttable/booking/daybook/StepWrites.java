package io.lasttable.booking.daybook;

import io.lasttable.booking.database.Write;
import io.lasttable.booking.day.Day;
import io.lasttable.booking.day.DayDocument;
import io.lasttable.booking.day.DayPlan;
import io.lasttable.booking.day.DayStep;
import io.lasttable.booking.day.Decision.Granted;
import io.lasttable.booking.day.Guest;
import io.lasttable.booking.day.ReservationChange;
import io.lasttable.booking.day.Stay;
import io.lasttable.booking.outbox.Outbox;
import io.lasttable.booking.venue.VenueId;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a step writes: reservations, waitlist, versions, notes to neighbours, receipts and events. */
final class StepWrites {

    private final DayPlans plans;
    private final Receipts receipts;
    private final Outbox outbox;

    StepWrites(DayPlans plans, Receipts receipts, Outbox outbox) {
        this.plans = plans;
        this.receipts = receipts;
        this.outbox = outbox;
    }

    /**
     * The statements in the order in which they are sent, nearly always one: all that write different rows are joined. Tables
     * that change hands are vacated before, and places in line are changed, since what is joined sees nothing of one another.
     *
     * @param asked what the step has decided, in the order of its decisions
     * @param states of the step's days as it leaves them
     */
    List<Write> of(VenueId venue, DayStep step, List<Asked> asked, Map<LocalDate, DayDocument> states, Instant now) {
        List<Write> writes = before(venue, step);
        List<Write> joined = rows(venue, step, now);
        addUnlessEmpty(joined, answers(step, asked), receipts::save);
        joined.add(outbox.write(DayEvents.of(step, states, now)));
        writes.add(Write.joined(joined));
        return writes;
    }

    private static List<Write> before(VenueId venue, DayStep step) {
        List<Write> writes = new ArrayList<>();
        Set<UUID> changed = step.reservationChanges().stream()
                .filter(change -> change.before().isPresent())
                .map(change -> change.after().id())
                .collect(Collectors.toSet());
        addUnlessEmpty(writes, changed, ids -> OccupancyTable.vacate(venue, ids));
        addUnlessEmpty(writes, endingLinks(step), changes -> ReservationTable.endLinks(venue, changes));
        if (!step.tickets().isEmpty()) {
            writes.add(WaitlistTable.reorder(venue, step.tickets()));
        }
        return writes;
    }

    private static List<ReservationChange> endingLinks(DayStep step) {
        return step.reservationChanges().stream()
                .filter(change -> change.handsOver() || change.fillsIn())
                .toList();
    }

    /** Reservations and waitlist alone, of a step that knows all days of the venue, whose versions are written apart. */
    static List<Write> ofPeople(VenueId venue, DayStep step, Instant now) {
        List<Write> writes = before(venue, step);
        addUnlessEmpty(writes, people(venue, step, now), Write::joined);
        return writes;
    }

    private static List<Write> people(VenueId venue, DayStep step, Instant now) {
        List<Write> writes = new ArrayList<>();
        addUnlessEmpty(writes, guests(step), guests -> GuestTable.save(venue, guests));
        addUnlessEmpty(writes, step.changedReservations(), changed -> ReservationTable.save(changed, made(step)));
        addUnlessEmpty(writes, later(step), changes -> HistoryTable.save(changes, now));
        OccupancyTable.occupy(step.changedReservations()).ifPresent(writes::add);
        addUnlessEmpty(writes, step.changedEntries(), WaitlistTable::save);
        return writes;
    }

    List<Write> rows(VenueId venue, DayStep step, Instant now) {
        List<Write> writes = people(venue, step, now);
        addUnlessEmpty(writes, echoes(step), dates -> DayEchoTable.leave(venue, dates));
        step.changedDays().forEach(day -> writes.add(DayTable.saveVersion(venue, day, now)));
        return writes;
    }

    private static Map<UUID, JsonObject> made(DayStep step) {
        return step.reservationChanges().stream()
                .filter(change -> change.before().isEmpty())
                .collect(Collectors.toMap(change -> change.after().id(), HistoryTable::told));
    }

    private static List<ReservationChange> later(DayStep step) {
        return step.reservationChanges().stream()
                .filter(change -> change.before().isPresent())
                .toList();
    }

    private static <T extends Collection<?>> void addUnlessEmpty(
            List<Write> writes, T rows, java.util.function.Function<T, Write> write) {
        if (!rows.isEmpty()) {
            writes.add(write.apply(rows));
        }
    }

    /** Guests are written only where the step brought them, so that one who has been erased meanwhile does not come back. */
    private static Collection<Guest> guests(DayStep step) {
        Map<UUID, Guest> brought = new LinkedHashMap<>();
        step.waitlistChanges().stream()
                .filter(change -> change.after().version() == 1)
                .forEach(change ->
                        brought.put(change.after().guest().ref(), change.after().guest()));
        step.reservationChanges().stream()
                .filter(ReservationChange::bringsGuest)
                .flatMap(change -> change.after().guest().stream())
                .forEach(guest -> brought.put(guest.ref(), guest));
        return brought.values();
    }

    private static List<Receipts.Answered> answers(DayStep step, List<Asked> asked) {
        List<Receipts.Answered> answers = new ArrayList<>();
        for (int i = 0; i < asked.size(); i++) {
            if (step.decisions().get(i) instanceof Granted granted) {
                Asked each = asked.get(i);
                each.receipt()
                        .ifPresent(receipt -> answers.add(new Receipts.Answered(
                                receipt, granted, each.answer().apply(granted))));
            }
        }
        return answers;
    }

    /** Neighbouring dates whose tables the step has taken or freed; none of most, since most services end before midnight. */
    private List<LocalDate> echoes(DayStep step) {
        Set<LocalDate> published =
                step.changedDays().stream().map(Day::plan).map(DayPlan::date).collect(Collectors.toSet());
        return step.stays()
                .flatMap(stay -> neighbours(step, stay))
                .filter(date -> !published.contains(date))
                .distinct()
                .sorted()
                .toList();
    }

    private Stream<LocalDate> neighbours(DayStep step, Stay stay) {
        DayPlan own = step.days().get(step.days().firstKey()).plan();
        LocalDate first = stay.date().minusDays(own.reach());
        return first.datesUntil(stay.date().plusDays(own.reach() + 1L))
                .filter(date -> !date.equals(stay.date()))
                .filter(date -> plans.sameVenueOn(own, date).isReachedBy(stay));
    }
}
