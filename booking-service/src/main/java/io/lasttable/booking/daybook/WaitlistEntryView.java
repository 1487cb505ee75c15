package io.lasttable.booking.daybook;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.lasttable.booking.day.Labels;
import io.lasttable.booking.day.WaitlistChange;
import io.lasttable.booking.day.WaitlistEntry;
import io.lasttable.booking.day.WaitlistStatus;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A waitlist entry as JSON. Without personal data it is what Kafka and the holders of watch tokens get
 * (contract/schemas/waitlist.v1.schema.json), with it what those get who may read reservations.
 *
 * @param guestRef without personal data
 * @param guest with personal data, as is what the caller's own system keeps with it
 * @param offer while it can be taken, and in the news of what was accepted
 * @param closesAt when the last start that it waits for can no longer be booked
 * @param createdAt absent of one from before this was kept
 * @param position in the news of one that waits: its place among those of the day who wait, from 1
 * @param actor in the news: the kind of who made the change
 * @param cause in the news: why
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
        Optional<String> watchToken,
        Optional<String> manageToken,
        Optional<String> createdAt,
        Optional<Integer> position,
        Optional<String> actor,
        Optional<String> cause) {

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
        return publicly(asItIs(entry));
    }

    /** As the news of a change have it. */
    static WaitlistEntryView publicly(WaitlistChange change) {
        WaitlistEntry entry = change.after();
        Optional<String> ref = Optional.of(entry.guest().ref().toString());
        return of(entry, ref, Optional.empty(), Labels.NONE, Links.NONE, change);
    }

    /** Without personal data, for those who may change the entry. */
    public static WaitlistEntryView withoutGuest(WaitlistEntry entry, Links links) {
        Optional<String> ref = Optional.of(entry.guest().ref().toString());
        return of(entry, ref, Optional.empty(), entry.labels().nameOnly(), links, asItIs(entry));
    }

    /** As the guest has it: all of it, but for what the house's own systems keep with it. */
    public static WaitlistEntryView own(WaitlistEntry entry, Links links) {
        Optional<GuestView> guest = Optional.of(GuestView.of(entry.guest()));
        return of(entry, Optional.empty(), guest, Labels.NONE, links, asItIs(entry));
    }

    /** With personal data, in a page of the line. */
    public static WaitlistEntryView of(WaitlistPage.Listed listed, Links links) {
        WaitlistEntry entry = listed.entry();
        Optional<GuestView> guest = Optional.of(GuestView.of(entry.guest()));
        WaitlistChange change = WaitlistChange.asItIs(entry, listed.position());
        return of(entry, Optional.empty(), guest, entry.labels(), links, change);
    }

    /** As it stands, with its place in line. */
    public WaitlistEntryView at(OptionalInt place) {
        return new WaitlistEntryView(
                id,
                venueId,
                date,
                from,
                to,
                partySize,
                area,
                status,
                guestRef,
                guest,
                externalId,
                metadata,
                version,
                offer,
                closesAt,
                watchToken,
                manageToken,
                createdAt,
                place.isPresent() ? Optional.of(place.getAsInt()) : Optional.empty(),
                actor,
                cause);
    }

    /** With personal data. */
    public static WaitlistEntryView of(WaitlistEntry entry, Links links) {
        return of(
                entry,
                Optional.empty(),
                Optional.of(GuestView.of(entry.guest())),
                entry.labels(),
                links,
                asItIs(entry));
    }

    private static WaitlistChange asItIs(WaitlistEntry entry) {
        return WaitlistChange.asItIs(entry, OptionalInt.empty());
    }

    private static WaitlistEntryView of(
            WaitlistEntry entry,
            Optional<String> guestRef,
            Optional<GuestView> guest,
            Labels labels,
            Links links,
            WaitlistChange change) {
        News news = News.of(change.origin(), Optional.empty(), Optional.empty());
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
                        .filter(offer -> entry.status() == WaitlistStatus.OFFERED
                                || entry.status() == WaitlistStatus.ACCEPTED
                                        && change.origin().isPresent())
                        .map(OfferView::of),
                entry.closesAt().toString(),
                links.watch(),
                links.manage(),
                entry.createdAt().map(Instant::toString),
                change.position().isPresent() ? Optional.of(change.position().getAsInt()) : Optional.empty(),
                news.actor(),
                news.cause());
    }
}
