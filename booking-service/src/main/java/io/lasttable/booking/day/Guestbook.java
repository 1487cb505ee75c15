package io.lasttable.booking.day;

import io.lasttable.booking.day.Decision.Accepted;
import io.lasttable.booking.day.Refusal.ComesAlready;
import io.lasttable.booking.venue.SameGuest;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Who is to come, for a venue that does not have the same guest twice at a time. The same guest has the same telephone number or
 * the same address, however that is spelt; a name makes nobody the same.
 */
final class Guestbook {

    private final Day day;
    private final Map<UUID, Guest> guests;
    private final Instant now;

    /** @param guests of the day's reservations, those that the day itself knows may be missing */
    Guestbook(Day day, Map<UUID, Guest> guests, Instant now) {
        this.day = day;
        this.guests = guests;
        this.now = now;
    }

    private SameGuest policy() {
        return day.plan().venue().sameGuest();
    }

    /** The change, unless its guest is to come at that time already and the venue will not have that. */
    Decision admit(ReservationChange change) {
        Optional<OtherVisit> other = other(change.after());
        return other.isPresent() && policy() == SameGuest.REFUSE ? new ComesAlready() : new Accepted(change, other);
    }

    private Optional<OtherVisit> other(Reservation reservation) {
        return policy() == SameGuest.ALLOW || reservation.guest().isEmpty()
                ? Optional.empty()
                : stay(reservation.guest().get(), reservation.id(), reservation.startsAt(), reservation.endsAt());
    }

    private Optional<OtherVisit> stay(Guest guest, UUID except, Instant from, Instant until) {
        return day.occupancy()
                .own()
                .filter(stay -> !stay.reservationId().equals(except) && stay.overlaps(from, until))
                .filter(stay -> !stay.isExpired(now))
                .filter(stay -> of(stay).filter(guest::isSameAs).isPresent())
                .map(stay -> OtherVisit.of(
                        stay,
                        LocalTime.ofInstant(stay.startsAt(), day.plan().venue().timeZone())))
                .findFirst();
    }

    private Optional<Guest> of(Stay stay) {
        return day.reservation(stay.reservationId())
                .flatMap(Reservation::guest)
                .or(() -> Optional.ofNullable(guests.get(stay.reservationId())));
    }

    /** Where a guest who wants to wait is to come, or waits, already. */
    Optional<OtherVisit> other(Guest guest, WaitlistWish wish) {
        if (policy() == SameGuest.ALLOW) {
            return Optional.empty();
        }
        List<Slot> starts =
                day.plan().grid().slots().stream().filter(wish::includes).toList();
        Optional<OtherVisit> waits = day.open()
                .filter(entry -> guest.isSameAs(entry.guest()))
                .filter(entry -> starts.stream().anyMatch(entry.wish()::includes))
                .map(OtherVisit::of)
                .findFirst();
        return waits.or(() -> starts.stream()
                .flatMap(slot -> slot.turnTime(wish.partySize()).stream()
                        .flatMap(
                                turn -> stay(
                                        guest,
                                        guest.ref(),
                                        slot.startsAt(),
                                        slot.startsAt().plus(turn))
                                        .stream()))
                .findFirst());
    }
}
