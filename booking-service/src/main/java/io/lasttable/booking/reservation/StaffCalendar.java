package io.lasttable.booking.reservation;

import biweekly.Biweekly;
import biweekly.ICalendar;
import biweekly.component.VEvent;
import biweekly.property.Status;
import io.lasttable.booking.day.Guest;
import io.lasttable.booking.day.Reservation;
import io.lasttable.booking.venue.Venue;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;

/** Reservations as an iCalendar (RFC 5545). Holds are tentative; the sequence rises with each change, so that calendars update. */
final class StaffCalendar {

    private static final Duration REFRESH = Duration.ofMinutes(15);

    private StaffCalendar() {}

    static String of(Venue venue, List<Reservation> reservations, Instant now) {
        ICalendar calendar = new ICalendar();
        calendar.setProductId("-//Lasttable//Booking//EN");
        calendar.setName(venue.name());
        calendar.setRefreshInterval(biweekly.util.Duration.builder()
                .minutes((int) REFRESH.toMinutes())
                .build());
        reservations.forEach(reservation -> calendar.addEvent(event(venue, reservation, now)));
        return Biweekly.write(calendar).go();
    }

    private static VEvent event(Venue venue, Reservation reservation, Instant now) {
        VEvent event = new VEvent();
        event.setUid(reservation.id() + "@" + venue.id());
        event.setDateTimeStamp(Date.from(now));
        event.setDateStart(Date.from(reservation.startsAt()));
        event.setDateEnd(Date.from(reservation.endsAt()));
        event.setSequence((int) Math.min(reservation.version(), Integer.MAX_VALUE));
        event.setSummary(summary(reservation));
        event.setLocation(venue.name() + ", " + String.join(" + ", reservation.tables()));
        event.setStatus(
                reservation.status() == io.lasttable.booking.day.Status.HELD ? Status.tentative() : Status.confirmed());
        reservation.note().ifPresent(event::setDescription);
        return event;
    }

    private static String summary(Reservation reservation) {
        String who = reservation
                .guest()
                .flatMap(Guest::name)
                .orElse(reservation.status().label());
        return reservation.partySize() + " × " + who + " (" + String.join(" + ", reservation.tables()) + ")";
    }
}
