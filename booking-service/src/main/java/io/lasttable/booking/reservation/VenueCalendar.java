package io.lasttable.booking.reservation;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lasttable.booking.database.OffLoop;
import io.lasttable.booking.day.Status;
import io.lasttable.booking.daybook.Found;
import io.lasttable.booking.daybook.Ledger;
import io.lasttable.booking.daybook.ReservationSearch;
import io.lasttable.booking.daybook.ReservationSearch.By;
import io.lasttable.booking.daybook.ReservationSearch.Place;
import io.lasttable.booking.http.EntityTags;
import io.lasttable.booking.venue.Venue;
import io.lasttable.booking.venue.VenueId;
import io.lasttable.booking.venue.Venues;
import io.lasttable.edge.DatabaseClock;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The reservations of a venue's last week and all to come as a calendar, whoever is let at it and by what. */
@ApplicationScoped
public class VenueCalendar {

    private static final int DAYS_BACK = 7;
    private static final int MOST_EVENTS = 5_000;
    private static final EnumSet<Status> SHOWN =
            EnumSet.of(Status.HELD, Status.CONFIRMED, Status.SEATED, Status.FINISHED);

    private final Ledger ledger;
    private final Venues venues;

    VenueCalendar(Ledger ledger, Venues venues) {
        this.ledger = ledger;
        this.venues = venues;
    }

    /**
     * What is in it.
     *
     * @param name of this calendar, behind the venue's
     * @param area whose tables' reservations are in it; absent for all
     * @param guests whether names and notes are
     */
    public record Shown(Optional<String> name, Optional<String> area, boolean guests) {

        public static final Shown ALL = new Shown(Optional.empty(), Optional.empty(), true);

        private boolean has(Found found) {
            return area.isEmpty() || area.equals(found.reservation().area());
        }
    }

    /**
     * The calendar, or 304 when it is as the caller has it; fails when there is no such venue.
     *
     * @param from the first date; a week ago when absent
     * @param address where the calendar is read, for the link to the rest of a long one
     */
    public Uni<Response> answer(
            VenueId venueId, Optional<LocalDate> from, Shown shown, String address, String ifNoneMatch) {
        return venues.get(venueId)
                .chain(venue -> reservations(venue, from)
                        .chain(found -> OffLoop.compute(
                                () -> EntityTags.unlessKnown(ifNoneMatch, answer(venue, shown, found, address)))));
    }

    /** One more than are shown, to know whether there are more. */
    private Uni<List<Found>> reservations(Venue venue, Optional<LocalDate> first) {
        LocalDate from =
                first.orElseGet(() -> venue.today(DatabaseClock.UTC.instant()).minusDays(DAYS_BACK));
        return ledger.find(new ReservationSearch(
                venue.id(), new By.Dates(), SHOWN, ReservationSearch.LAST, Place.before(from), MOST_EVENTS + 1));
    }

    /** Whole dates only, so that the next part begins with one. */
    private static Response answer(Venue venue, Shown shown, List<Found> found, String address) {
        Optional<LocalDate> goesOn = found.size() > MOST_EVENTS
                ? Optional.of(found.get(MOST_EVENTS).reservation().date())
                : Optional.empty();
        List<Found> inIt = found.stream()
                .filter(each -> goesOn.filter(date -> !each.reservation().date().isBefore(date))
                        .isEmpty())
                .filter(shown::has)
                .toList();
        String text = StaffCalendar.of(venue, shown, inIt, goesOn);
        Response.ResponseBuilder response = Response.ok(text).header("ETag", tag(text));
        return goesOn.map(date -> response.header("Link", "<" + address + "?from=" + date + ">; rel=\"next\""))
                .orElse(response)
                .build();
    }

    private static String tag(String text) {
        return '"' + UUID.nameUUIDFromBytes(text.getBytes(UTF_8)).toString() + '"';
    }
}
