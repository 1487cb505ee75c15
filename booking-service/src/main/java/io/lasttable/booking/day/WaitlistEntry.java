package io.lasttable.booking.day;

import io.lasttable.booking.venue.VenueId;
import java.time.Instant;
import java.time.LocalTime;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * A party that waits.
 *
 * @param version rises with every change of this entry, from 1
 * @param closesAt when the last start that it waits for can no longer be booked
 * @param offer the last one made; it can be taken while the status is offered
 * @param ticket what its place in line goes by, lowest first; drawn when it is stored
 * @param createdAt absent of one from before this was kept
 */
public record WaitlistEntry(
        UUID id,
        VenueId venueId,
        WaitlistWish wish,
        Guest guest,
        WaitlistStatus status,
        long version,
        Instant closesAt,
        Optional<Offer> offer,
        Labels labels,
        Optional<Instant> createdAt,
        OptionalLong ticket) {

    /** The hold that was made for the entry. */
    public record Offer(UUID reservationId, LocalTime time, Instant startsAt, Instant expiresAt) {

        static Offer of(Reservation hold) {
            return new Offer(
                    hold.id(), hold.time(), hold.startsAt(), hold.expiresAt().orElseThrow());
        }
    }

    public DayKey day() {
        return new DayKey(venueId, wish.date());
    }

    boolean isOffered(UUID reservationId) {
        return status == WaitlistStatus.OFFERED
                && offer.filter(made -> made.reservationId().equals(reservationId))
                        .isPresent();
    }

    WaitlistEntry offered(Offer made) {
        return changed(WaitlistStatus.OFFERED, closesAt, Optional.of(made));
    }

    WaitlistEntry closingAt(Instant closing) {
        return changed(status, closing, offer);
    }

    WaitlistEntry become(WaitlistStatus next) {
        return changed(next, closesAt, offer);
    }

    private WaitlistEntry changed(WaitlistStatus next, Instant closing, Optional<Offer> made) {
        return new WaitlistEntry(id, venueId, wish, guest, next, version + 1, closing, made, labels, createdAt, ticket);
    }

    WaitlistEntry labelled(Labels other) {
        return new WaitlistEntry(
                id, venueId, wish, guest, status, version + 1, closesAt, offer, other, createdAt, ticket);
    }

    /** At another place; that somebody else has taken one or left is no change of the entry. */
    WaitlistEntry at(long place) {
        return new WaitlistEntry(
                id, venueId, wish, guest, status, version, closesAt, offer, labels, createdAt, OptionalLong.of(place));
    }
}
