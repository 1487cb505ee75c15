package io.lasttable.booking.daybook;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.lasttable.booking.day.Labels;
import io.lasttable.booking.day.WaitlistEntry;
import io.lasttable.booking.day.WaitlistStatus;
import java.util.Map;
import java.util.Optional;

/**
 * A waitlist entry as JSON. Without personal data it is what Kafka and the holders of watch tokens get
 * (contract/schemas/waitlist.v1.schema.json), with it what those get who may read reservations.
 *
 * @param guestRef without personal data
 * @param guest with personal data, as is what the caller's own system keeps with it
 * @param offer while it can be taken
 * @param closesAt when the last start that it waits for can no longer be booked
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record WaitlistEntryView(
        String id,
        String venueId,
        String date,
        String from,
        String to,
        int partySize,
        Optional<String> area,
        String status,
        Optional<String> guestRef,
        Optional<GuestView> guest,
        Optional<String> externalId,
        Optional<Map<String, String>> metadata,
        long version,
        Optional<OfferView> offer,
        String closesAt,
        Optional<String> watchToken) {

    /** The hold that was made for the entry. */
    public record OfferView(String reservationId, String time, String startsAt, String expiresAt) {

        static OfferView of(WaitlistEntry.Offer offer) {
            return new OfferView(
                    offer.reservationId().toString(),
                    offer.time().toString(),
                    offer.startsAt().toString(),
                    offer.expiresAt().toString());
        }
    }

    /** Without personal data. */
    public static WaitlistEntryView publicly(WaitlistEntry entry) {
        return of(entry, Optional.of(entry.guest().ref().toString()), Optional.empty(), Labels.NONE, Optional.empty());
    }

    /** Without personal data, for those who may change the entry. */
    public static WaitlistEntryView withoutGuest(WaitlistEntry entry, String watchToken) {
        Optional<String> ref = Optional.of(entry.guest().ref().toString());
        return of(entry, ref, Optional.empty(), entry.labels().nameOnly(), Optional.of(watchToken));
    }

    /** With personal data. */
    public static WaitlistEntryView of(WaitlistEntry entry, String watchToken) {
        return of(
                entry,
                Optional.empty(),
                Optional.of(GuestView.of(entry.guest())),
                entry.labels(),
                Optional.of(watchToken));
    }

    private static WaitlistEntryView of(
            WaitlistEntry entry,
            Optional<String> guestRef,
            Optional<GuestView> guest,
            Labels labels,
            Optional<String> watchToken) {
        return new WaitlistEntryView(
                entry.id().toString(),
                entry.venueId().value(),
                entry.wish().date().toString(),
                entry.wish().from().toString(),
                entry.wish().to().toString(),
                entry.wish().partySize(),
                entry.wish().area(),
                entry.status().label(),
                guestRef,
                guest,
                labels.externalId(),
                Optional.of(labels.metadata()).filter(kept -> !kept.isEmpty()),
                entry.version(),
                entry.offer()
                        .filter(offer -> entry.status() == WaitlistStatus.OFFERED)
                        .map(OfferView::of),
                entry.closesAt().toString(),
                watchToken);
    }
}
