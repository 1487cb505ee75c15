package io.lasttable.booking.day;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A merge patch of a reservation (RFC 7396): what is named changes, what is removed goes, what is absent stays.
 *
 * @param area of the tables; removed means anywhere
 * @param tables the staff's choice; empty means the tightest fit
 */
public record ReservationPatch(
        Optional<LocalDate> date,
        Optional<LocalTime> time,
        Optional<Integer> partySize,
        Field<String> area,
        List<String> tables,
        Optional<GuestPatch> guest,
        Field<String> note) {

    /** A field that may be removed. */
    public record Field<T>(boolean removed, Optional<T> value) {

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

    /** What the reservation asks for with the patch. */
    Wish wish(Reservation before) {
        return new Wish(
                date.orElse(before.date()),
                time.orElse(before.time()),
                partySize.orElse(before.partySize()),
                area.over(before.area()),
                tables,
                false);
    }

    Optional<Guest> guest(Reservation before) {
        return guest.map(patch -> patch.over(before.guest())).or(before::guest);
    }

    Optional<String> note(Reservation before) {
        return note.over(before.note());
    }

    /** Whether it asks for anything but what the reservation already has of a table. */
    boolean moves(Reservation before) {
        return wish(before).moves(before);
    }
}
