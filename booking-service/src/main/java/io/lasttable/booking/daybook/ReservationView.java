package io.lasttable.booking.daybook;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.lasttable.booking.day.Guest;
import io.lasttable.booking.day.Labels;
import io.lasttable.booking.day.Reservation;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A reservation as JSON. Without personal data it is what Kafka and the holders of watch tokens get
 * (contract/schemas/reservation.v1.schema.json), with it what those get who may read reservations. Who may only write them gets the
 * reference, and of guest and note what they sent themselves.
 *
 * @param guestRef without personal data
 * @param guest with personal data, as are the note, and what the caller's own system keeps with it
 * @param previous what it was, in the news of a move or change
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record ReservationView(
        String id,
        String venueId,
        String date,
        String time,
        String startsAt,
        String endsAt,
        int partySize,
        List<String> tables,
        Optional<String> area,
        String status,
        Optional<String> guestRef,
        Optional<GuestView> guest,
        Optional<String> note,
        Optional<String> channel,
        Optional<String> externalId,
        Optional<Map<String, String>> metadata,
        long version,
        long dayVersion,
        Optional<String> watchToken,
        Optional<String> expiresAt,
        Optional<Previous> previous) {

    /** Without personal data. */
    public static ReservationView publicly(Reservation reservation) {
        return publicly(reservation, Optional.empty());
    }

    static ReservationView publicly(Reservation r, Optional<Previous> previous) {
        Optional<String> ref = r.guest().map(Guest::ref).map(UUID::toString);
        return of(r, ref, Optional.empty(), Optional.empty(), Labels.NONE, Optional.empty(), previous);
    }

    /** With personal data. */
    public static ReservationView of(Reservation r, String watchToken) {
        Optional<GuestView> guest = r.guest().map(GuestView::of);
        return of(r, Optional.empty(), guest, r.note(), r.labels(), Optional.of(watchToken), Optional.empty());
    }

    /** With so much personal data only. */
    public static ReservationView of(
            Reservation r, String watchToken, Optional<GuestView> guest, Optional<String> note) {
        Optional<String> ref = r.guest().map(Guest::ref).map(UUID::toString);
        return of(r, ref, guest, note, r.labels().nameOnly(), Optional.of(watchToken), Optional.empty());
    }

    private static ReservationView of(
            Reservation r,
            Optional<String> guestRef,
            Optional<GuestView> guest,
            Optional<String> note,
            Labels labels,
            Optional<String> watchToken,
            Optional<Previous> previous) {
        return new ReservationView(
                r.id().toString(),
                r.venueId().value(),
                r.date().toString(),
                r.time().toString(),
                r.startsAt().toString(),
                r.endsAt().toString(),
                r.partySize(),
                r.tables(),
                r.area(),
                r.status().label(),
                guestRef,
                guest,
                note,
                r.channel(),
                labels.externalId(),
                Optional.of(labels.metadata()).filter(kept -> !kept.isEmpty()),
                r.version(),
                r.dayVersion(),
                watchToken,
                r.expiresAt().map(Instant::toString),
                previous);
    }
}
