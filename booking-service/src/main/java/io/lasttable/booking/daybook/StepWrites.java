package io.lasttable.booking.daybook;

import io.lasttable.booking.database.Write;
import io.lasttable.booking.day.Day;
import io.lasttable.booking.day.DayDocument;
import io.lasttable.booking.day.DayKey;
import io.lasttable.booking.day.DayPlan;
import io.lasttable.booking.day.DayStep;
import io.lasttable.booking.day.Decision.Granted;
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
import java.util.function.Function;
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
     * What is to be carried out of one group.
     *
     * @param asked what the step has decided, in the order of its decisions
     * @param states of the step's days as it leaves them
     */
    record Done(VenueId venue, DayStep step, List<Asked> asked, Map<LocalDate, DayDocument> states) {

        private <T> Stream<T> of(Function<DayStep, ? extends Collection<T>> part) {
            return part.apply(step).stream();
        }
    }

    /**
     * The statements in the order in which they are sent, nearly always one: all that write different rows are joined. Tables
     * that change hands are vacated before, and places in line are changed, since what is joined sees nothing of one another.
     *
     * @param all of different days
     */
    List<Write> of(List<Done> all, Instant now) {
        List<Write> writes = new ArrayList<>();
        all.forEach(done -> writes.addAll(before(done.venue(), done.step())));
        List<Write> joined = people(all, now);
        addUnlessEmpty(joined, each(all, this::echoes), DayEchoTable::leave);
        all.forEach(done ->
                done.step().changedDays().forEach(day -> joined.add(DayTable.saveVersion(done.venue(), day, now))));
        addUnlessEmpty(joined, each(all, StepWrites::answers), receipts::save);
        joined.add(outbox.write(each(all, done -> DayEvents.of(done.step(), done.states(), now).stream())));
        writes.add(Write.joined(joined));
        return writes;
    }

    private static <T> List<T> each(List<Done> all, Function<Done, Stream<T>> part) {
        return all.stream().flatMap(part).toList();
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
        addUnlessEmpty(writes, people(List.of(new Done(venue, step, List.of(), Map.of())), now), Write::joined);
        return writes;
    }

    private static List<Write> people(List<Done> all, Instant now) {
        List<Write> writes = new ArrayList<>();
        addUnlessEmpty(writes, guests(all), GuestTable::save);
        addUnlessEmpty(writes, each(all, StepWrites::reservations), ReservationTable::save);
        addUnlessEmpty(writes, each(all, StepWrites::later), changes -> HistoryTable.save(changes, now));
        OccupancyTable.occupy(each(all, done -> done.of(DayStep::changedReservations)))
                .ifPresent(writes::add);
        addUnlessEmpty(writes, each(all, done -> done.of(DayStep::changedEntries)), WaitlistTable::save);
        return writes;
    }

    /** Each with how it came to be, where the step has made it. */
    private static Stream<JsonObject> reservations(Done done) {
        Map<UUID, JsonObject> made = done.step().reservationChanges().stream()
                .filter(change -> change.before().isEmpty())
                .collect(Collectors.toMap(change -> change.after().id(), HistoryTable::told));
        return done.of(DayStep::changedReservations)
                .map(reservation -> ReservationTable.row(reservation, made.get(reservation.id())));
    }

    private static Stream<ReservationChange> later(Done done) {
        return done.of(DayStep::reservationChanges)
                .filter(change -> change.before().isPresent());
    }

    private static <T extends Collection<?>> void addUnlessEmpty(List<Write> writes, T rows, Function<T, Write> write) {
        if (!rows.isEmpty()) {
            writes.add(write.apply(rows));
        }
    }

    /** Guests are written only where a step brought them, so that one who has been erased meanwhile does not come back; each once. */
    private static Collection<JsonObject> guests(List<Done> all) {
        Map<List<String>, JsonObject> brought = new LinkedHashMap<>();
        all.forEach(done -> Stream.concat(
                        done.of(DayStep::waitlistChanges)
                                .filter(change -> change.after().version() == 1)
                                .map(change -> change.after().guest()),
                        done.of(DayStep::reservationChanges)
                                .filter(ReservationChange::bringsGuest)
                                .flatMap(change -> change.after().guest().stream()))
                .forEach(guest -> brought.put(
                        List.of(done.venue().value(), guest.ref().toString()), GuestTable.row(done.venue(), guest))));
        return brought.values();
    }

    private static Stream<Receipts.Answered> answers(Done done) {
        List<Receipts.Answered> answers = new ArrayList<>();
        for (int i = 0; i < done.asked().size(); i++) {
            if (done.step().decisions().get(i) instanceof Granted granted) {
                Asked each = done.asked().get(i);
                each.receipt()
                        .ifPresent(receipt -> answers.add(new Receipts.Answered(
                                receipt, granted, each.answer().apply(granted))));
            }
        }
        return answers.stream();
    }

    /** Neighbouring dates whose tables a step has taken or freed; none of most, since most services end before midnight. */
    private Stream<DayKey> echoes(Done done) {
        DayStep step = done.step();
        Set<LocalDate> published =
                step.changedDays().stream().map(Day::plan).map(DayPlan::date).collect(Collectors.toSet());
        return step.stays()
                .flatMap(stay -> neighbours(step, stay))
                .filter(date -> !published.contains(date))
                .distinct()
                .sorted()
                .map(date -> new DayKey(done.venue(), date));
    }

    private Stream<LocalDate> neighbours(DayStep step, Stay stay) {
        DayPlan own = step.days().get(step.days().firstKey()).plan();
        LocalDate first = stay.date().minusDays(own.reach());
        return first.datesUntil(stay.date().plusDays(own.reach() + 1L))
                .filter(date -> !date.equals(stay.date()))
                .filter(date -> plans.sameVenueOn(own, date).isReachedBy(stay));
    }
}
