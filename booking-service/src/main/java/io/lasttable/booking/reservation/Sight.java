package io.lasttable.booking.reservation;

import io.lasttable.booking.access.Access;
import io.lasttable.booking.day.Guest;
import io.lasttable.booking.day.ReservationPatch;
import io.lasttable.booking.daybook.GuestView;
import java.util.Optional;

/**
 * What the answer to a command shows of the guest. Who may read reservations or guests sees all of it; who may only write
 * hears again what this very request said, so that no command reads what somebody else once entered.
 *
 * @param all whether everything is shown
 * @param own whether it is the guest who asks
 * @param house whether who asks speaks for the house, and for no single guest
 * @param links whether the guest's link is in the answer
 * @param guest what the request said of the guest
 * @param note what the request said for a note
 */
public record Sight(
        boolean all, boolean own, boolean house, boolean links, Optional<GuestView> guest, Optional<String> note) {

    /** Of a request that says nothing of the guest. */
    public static Sight of(Access access) {
        return of(access, Optional.empty(), Optional.empty());
    }

    static Sight of(Access access, Optional<Guest> said) {
        return of(access, said.map(GuestView::of), Optional.empty());
    }

    static Sight of(Access access, ReservationPatch said) {
        Optional<GuestView> guest = said.guest()
                .map(g -> new GuestView(g.name(), g.email().value(), g.phone().value()));
        return of(access, guest, said.note().value());
    }

    private static Sight of(Access access, Optional<GuestView> guest, Optional<String> note) {
        return new Sight(
                access.seesGuests(),
                access.isGuest(),
                !access.isGuest() && !access.booksAsGuest(),
                access.handsOutLinks(),
                guest,
                note);
    }
}
