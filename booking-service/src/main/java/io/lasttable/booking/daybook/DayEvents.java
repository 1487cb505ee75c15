package io.lasttable.booking.daybook;

import io.lasttable.booking.day.DayDocument;
import io.lasttable.booking.day.DayKey;
import io.lasttable.booking.day.DayStep;
import io.lasttable.booking.day.Origin;
import io.lasttable.booking.day.Reservation;
import io.lasttable.booking.day.ReservationChange;
import io.lasttable.booking.day.WaitlistChange;
import io.lasttable.booking.day.WaitlistEntry;
import io.lasttable.booking.json.Json;
import io.lasttable.booking.outbox.OutboxEvent;
import io.lasttable.booking.outbox.Topic;
import io.lasttable.booking.outbox.TraceParent;
import io.lasttable.booking.venue.VenueId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** The news of a step: the day's whole state once, and each change of a reservation, without personal data. */
final class DayEvents {

    private DayEvents() {}

    /** @param states of the step's days as it leaves them */
    static List<OutboxEvent> of(DayStep step, Map<LocalDate, DayDocument> states, Instant now) {
        String trace = trace(step);
        List<OutboxEvent> events = new ArrayList<>();
        step.changedDays().stream()
                .filter(day -> OpenDays.isPublished(day, now))
                .forEach(day ->
                        events.add(updated(states.get(day.plan().date()), now).under(trace)));
        events.addAll(ofPeople(step, trace, now));
        return events;
    }

    /** Each change of a reservation or waitlist entry. */
    static List<OutboxEvent> ofPeople(DayStep step, Instant now) {
        return ofPeople(step, trace(step), now);
    }

    private static List<OutboxEvent> ofPeople(DayStep step, String trace, Instant now) {
        List<OutboxEvent> events = new ArrayList<>();
        step.reservationChanges()
                .forEach(change ->
                        events.add(changed(change, left(step, change), now).under(trace(change.origin(), trace))));
        step.waitlistChanges().forEach(change -> events.add(changed(change, now).under(trace(change.origin(), trace))));
        return events;
    }

    private static String trace(Optional<Origin> origin, String otherwise) {
        return origin.flatMap(Origin::trace).orElse(otherwise);
    }

    /** Requests that are decided together have one trace for what they share: that of the first who has changed something. */
    private static String trace(DayStep step) {
        return Stream.concat(
                        step.reservationChanges().stream().map(ReservationChange::origin),
                        step.waitlistChanges().stream().map(WaitlistChange::origin))
                .flatMap(origin -> origin.flatMap(Origin::trace).stream())
                .findFirst()
                .orElseGet(TraceParent::current);
    }

    private static Optional<LeftDay> left(DayStep step, ReservationChange change) {
        return change.left()
                .map(date -> new LeftDay(date.toString(), step.days().get(date).version()));
    }

    /** A guest's personal data is gone; what was told of them leads to nobody. */
    static OutboxEvent erased(VenueId venue, UUID guestRef, Instant now) {
        return OutboxEvent.of(
                venue,
                Topic.RESERVATIONS,
                venue.value(),
                "io.lasttable.guest.erased",
                guestRef.toString(),
                now,
                Json.write(Map.of("venueId", venue.value(), "guestRef", guestRef.toString())));
    }

    /** The day is over: its key leaves the compacted topic. */
    static OutboxEvent closed(DayKey day, Instant now) {
        return OutboxEvent.tombstone(
                day.venueId(), Topic.DAYS, day.toString(), "io.lasttable.day.closed", day.toString(), now);
    }

    static OutboxEvent updated(DayDocument document, Instant now) {
        String key = document.key().toString();
        return OutboxEvent.of(
                document.key().venueId(), Topic.DAYS, key, "io.lasttable.day.updated", key, now, document.json());
    }

    /** A reservation as it is, once more. */
    static OutboxEvent asItIs(Reservation reservation, Instant now) {
        return changed(ReservationChange.made(reservation), Optional.empty(), now);
    }

    private static OutboxEvent changed(ReservationChange change, Optional<LeftDay> left, Instant now) {
        Reservation after = change.after();
        String type = "io.lasttable.reservation." + change.kind().label();
        return OutboxEvent.of(
                after.venueId(),
                Topic.RESERVATIONS,
                after.venueId().value(),
                type,
                after.id().toString(),
                now,
                json(change, left));
    }

    static OutboxEvent changed(WaitlistChange change, Instant now) {
        WaitlistEntry after = change.after();
        return OutboxEvent.of(
                after.venueId(),
                Topic.RESERVATIONS,
                after.venueId().value(),
                "io.lasttable.waitlist." + change.kind(),
                after.id().toString(),
                now,
                Json.write(WaitlistEntryView.publicly(change)));
    }

    private static String json(ReservationChange change, Optional<LeftDay> left) {
        boolean edited =
                change.kind() == ReservationChange.Kind.MOVED || change.kind() == ReservationChange.Kind.CHANGED;
        Optional<Previous> previous =
                change.before().filter(before -> edited).map(before -> Previous.of(before, change.after()));
        return Json.write(ReservationView.publicly(change.after(), News.of(change.origin(), previous, left)));
    }
}
