package io.lasttable.booking.reservation;

import biweekly.ICalendar;
import biweekly.component.VEvent;
import biweekly.property.Geo;
import biweekly.property.Status;
import io.lasttable.booking.day.Reservation;
import io.lasttable.booking.venue.Venue;
import io.lasttable.booking.venue.Venues;
import io.lasttable.edge.DatabaseClock;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.Date;

/** One reservation as its guest wants it in a calendar; a later version of it takes the place of an earlier one. */
@ApplicationScoped
class GuestCalendar {

    private final Venues venues;

    GuestCalendar(Venues venues) {
        this.venues = venues;
    }

    Uni<Response> answer(Reservation reservation) {
        return venues.get(reservation.venueId())
                .map(venue -> of(venue, reservation, DatabaseClock.UTC.instant()))
                .map(text -> Response.ok(text)
                        .header("Content-Disposition", "attachment; filename=\"reservation.ics\"")
                        .build());
    }

    static String of(Venue venue, Reservation reservation, Instant now) {
        ICalendar calendar = new ICalendar();
        calendar.setProductId(StaffCalendar.PRODUCT);
        calendar.addEvent(event(venue, reservation, now));
        return StaffCalendar.text(calendar);
    }

    private static VEvent event(Venue venue, Reservation reservation, Instant now) {
        VEvent event = new VEvent();
        StaffCalendar.identify(event, venue, reservation, now);
        event.setDateStart(Date.from(reservation.startsAt()));
        event.setDateEnd(Date.from(reservation.endsAt()));
        event.setSummary(venue.name() + " (" + reservation.partySize() + ")");
        event.setLocation(venue.city().map(city -> venue.name() + ", " + city).orElse(venue.name()));
        venue.location().ifPresent(at -> event.setGeo(new Geo(at.lat(), at.lon())));
        event.setStatus(status(reservation));
        return event;
    }

    private static Status status(Reservation reservation) {
        return switch (reservation.status()) {
            case HELD -> Status.tentative();
            case CONFIRMED, SEATED, FINISHED -> Status.confirmed();
            case CANCELLED, NO_SHOW, EXPIRED -> Status.cancelled();
        };
    }
}
