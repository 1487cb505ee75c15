package io.lasttable.booking.daybook;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.lasttable.booking.day.Guest;
import io.lasttable.booking.day.Labels;
import io.lasttable.booking.day.Reservation;
import java.time.Instant;
import java.util.LinkedHashMap;
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
 * @param createdAt absent of one from before this was kept
 * @param statusTimes by status, when it last became so
 * @param previous what it was, in the news of a move or change
 * @param leftDay in the news of a move to another date
 * @param actor in the news: the kind of who made the change, {@code staff}, {@code client}, {@code guest} or {@code system}
 * @param cause in the news: why
 * @param guestChanges for guests: by what they may do themselves, until when
 * @param calendarUrl for guests: where calendar programs read when it is; an address that shows that and changes nothing
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
        Optional<String> manageToken,
        Optional<String> expiresAt,
        Optional<String> createdAt,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> statusTimes,
        Optional<Previous> previous,
        Optional<LeftDay> leftDay,
        Optional<String> actor,
        Optional<String> cause,
        Optional<Map<String, String>> guestChanges,
        Optional<String> calendarUrl) {

    /** Without personal data. */
    public static ReservationView publicly(Reservation reservation) {
        return publicly(reservation, News.NONE);
    }

    static ReservationView publicly(Reservation r, News news) {
        Optional<String> ref = r.guest().map(Guest::ref).map(UUID::toString);
        return of(r, ref, Optional.empty(), Optional.empty(), Labels.NONE, Links.NONE, news);
    }

    /** With personal data. */
    public static ReservationView of(Reservation r, Links links) {
        Optional<GuestView> guest = r.guest().map(GuestView::of);
        return of(r, Optional.empty(), guest, r.note(), r.labels(), links, News.NONE);
    }

    /** As the guest has it: all of it, but for what the house's own systems keep with it. */
    public static ReservationView own(Reservation r, Links links) {
        Optional<GuestView> guest = r.guest().map(GuestView::of);
        return of(r, Optional.empty(), guest, r.note(), Labels.NONE, links, News.NONE);
    }

    /** With so much personal data only. */
    public static ReservationView of(Reservation r, Links links, Optional<GuestView> guest, Optional<String> note) {
        Optional<String> ref = r.guest().map(Guest::ref).map(UUID::toString);
        return of(r, ref, guest, note, r.labels().nameOnly(), links, News.NONE);
    }

    private static ReservationView of(
            Reservation r,
            Optional<String> guestRef,
            Optional<GuestView> guest,
            Optional<String> note,
            Labels labels,
            Links links,
            News news) {
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
                links.watch(),
                links.manage(),
                r.expiresAt().map(Instant::toString),
                r.times().createdAt().map(Instant::toString),
                statusTimes(r),
                news.previous(),
                news.left(),
                news.actor(),
                news.cause(),
                links.guestChanges(),
                links.calendar());
    }

    private static Map<String, String> statusTimes(Reservation r) {
        Map<String, String> times = new LinkedHashMap<>();
        r.times().reached().forEach((status, at) -> times.put(status.label(), at.toString()));
        return times;
    }
}
