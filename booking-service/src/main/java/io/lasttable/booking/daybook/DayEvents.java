package io.lasttable.booking.daybook;

import io.lasttable.booking.day.DayDocument;
import io.lasttable.booking.day.DayKey;
import io.lasttable.booking.day.DayStep;
import io.lasttable.booking.day.Reservation;
import io.lasttable.booking.day.ReservationChange;
import io.lasttable.booking.day.WaitlistChange;
import io.lasttable.booking.day.WaitlistEntry;
import io.lasttable.booking.json.Json;
import io.lasttable.booking.outbox.OutboxEvent;
import io.lasttable.booking.outbox.Topic;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The news of a step: the day's whole state once, and each change of a reservation, without personal data. */
final class DayEvents {

    private DayEvents() {}

    /** @param states of the step's days as it leaves them */
    static List<OutboxEvent> of(DayStep step, Map<LocalDate, DayDocument> states, Instant now) {
        List<OutboxEvent> events = new ArrayList<>();
        step.changedDays().stream()
                .filter(day -> OpenDays.isPublished(day, now))
                .forEach(day -> events.add(updated(states.get(day.plan().date()), now)));
        events.addAll(ofPeople(step, now));
        return events;
    }

    /** Each change of a reservation or waitlist entry. */
    static List<OutboxEvent> ofPeople(DayStep step, Instant now) {
        List<OutboxEvent> events = new ArrayList<>();
        step.reservationChanges().forEach(change -> events.add(changed(change, now)));
        step.waitlistChanges().forEach(change -> events.add(changed(change, now)));
        return events;
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

    static OutboxEvent changed(ReservationChange change, Instant now) {
        Reservation after = change.after();
        String type = "io.lasttable.reservation." + change.kind().label();
        return OutboxEvent.of(
                after.venueId(),
                Topic.RESERVATIONS,
                after.venueId().value(),
                type,
                after.id().toString(),
                now,
                json(change));
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
                Json.write(WaitlistEntryView.publicly(after)));
    }

    private static String json(ReservationChange change) {
        boolean edited =
                change.kind() == ReservationChange.Kind.MOVED || change.kind() == ReservationChange.Kind.CHANGED;
        return Json.write(ReservationView.publicly(
                change.after(),
                change.before().filter(before -> edited).map(before -> Previous.of(before, change.after()))));
    }
}
