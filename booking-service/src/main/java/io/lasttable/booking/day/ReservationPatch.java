package io.lasttable.booking.day;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A merge patch of a reservation (RFC 7396): what is named changes, what is removed goes, what is absent stays.
 *
 * @param area of the tables; removed means anywhere
 * @param tables the staff's choice; removed leaves the tables to the tightest fit from now on
 * @param endsAt of a party that is seated, or of any other where {@link Limit#LENGTH} is overridden
 * @param overrides what does not bind it
 */
public record ReservationPatch(
        Optional<LocalDate> date,
        Optional<LocalTime> time,
        Optional<Integer> partySize,
        Field<String> area,
        Field<List<String>> tables,
        Optional<Instant> endsAt,
        Optional<GuestPatch> guest,
        Field<String> note,
        LabelsPatch labels,
        Set<Limit> overrides) {

    public ReservationPatch {
        overrides = Set.copyOf(overrides);
    }

    /** A field that may be removed. */
    public record Field<T>(boolean removed, Optional<T> value) {

        boolean isNamed() {
            return removed || value.isPresent();
        }

        Optional<T> over(Optional<T> before) {
            return removed ? Optional.empty() : value.or(() -> before);
        }
    }

    /** @param newRef of the guest, where there was none */
    public record GuestPatch(UUID newRef, Optional<String> name, Field<String> email, Field<String> phone) {

        /** Keeps the guest's reference, so that all news stays about the same one. */
        private Guest over(Optional<Guest> before) {
            Guest was = before.orElseGet(() -> new Guest(newRef, Optional.empty(), Optional.empty(), Optional.empty()));
            return new Guest(was.ref(), name.or(was::name), email.over(was.email()), phone.over(was.phone()));
        }
    }

    /** What the reservation asks for with the patch: of an area only what somebody has asked for, now or before. */
    Wish wish(Reservation before) {
        return new Wish(
                date.orElse(before.date()),
                time.orElse(before.time()),
                partySize.orElse(before.partySize()),
                area.over(before.choice().area()),
                tables.value().orElse(List.of()),
                false,
                overrides,
                endsAt.filter(end -> overrides.contains(Limit.LENGTH)));
    }

    Optional<Guest> guest(Reservation before) {
        return guest.map(patch -> patch.over(before.guest())).or(before::guest);
    }

    Optional<String> note(Reservation before) {
        return note.over(before.note());
    }

    /** Whether it is about nothing but what callers' own systems keep: that changes nothing of the reservation itself. */
    boolean isOfLabelsOnly() {
        return labels.isNamed()
                && date.isEmpty()
                && time.isEmpty()
                && partySize.isEmpty()
                && !area.isNamed()
                && !tables.isNamed()
                && endsAt.isEmpty()
                && guest.isEmpty()
                && !note.isNamed();
    }

    /** Whether it asks for another start. */
    boolean restarts(Reservation before) {
        return date.filter(other -> !other.equals(before.date())).isPresent()
                || time.filter(other -> !other.equals(before.time())).isPresent();
    }

    boolean asksForAnotherArea(Reservation before) {
        return !area.over(before.choice().area()).equals(before.choice().area());
    }

    boolean endsOtherwise(Reservation before) {
        return endsAt.filter(end -> !end.equals(before.endsAt())).isPresent();
    }

    /** Whether it asks for anything but what the reservation already has of a table. */
    boolean moves(Reservation before) {
        return restarts(before)
                || endsOtherwise(before)
                || partySize.filter(size -> size != before.partySize()).isPresent()
                || area.value()
                        .filter(named -> !before.area().equals(area.value()))
                        .isPresent()
                || tables.value().filter(named -> !sameTables(named, before)).isPresent();
    }

    private static boolean sameTables(List<String> named, Reservation before) {
        return Set.copyOf(named).equals(Set.copyOf(before.tables()));
    }
}
