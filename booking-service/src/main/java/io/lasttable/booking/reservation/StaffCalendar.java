package io.lasttable.booking.reservation;

import biweekly.ICalVersion;
import biweekly.ICalendar;
import biweekly.component.VEvent;
import biweekly.io.text.ICalWriter;
import biweekly.property.Status;
import com.github.mangstadt.vinnie.io.VObjectPropertyValues;
import io.lasttable.booking.day.Guest;
import io.lasttable.booking.day.Reservation;
import io.lasttable.booking.daybook.Found;
import io.lasttable.booking.venue.Venue;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Date;
import java.util.List;
import java.util.Optional;

/**
 * Reservations as an iCalendar (RFC 5545), with the names that calendar programs show (RFC 7986, and {@code X-WR-CALNAME} for
 * those that came before it). Holds are tentative; the sequence rises with each change, so that calendars update. The stamp of an event
 * is that of its last change (RFC 5545, section 3.8.7.2), so that what has not changed is the same text.
 */
final class StaffCalendar {

    static final String PRODUCT = "-//Lasttable//Booking//EN";
    private static final Duration REFRESH = Duration.ofMinutes(15);
    private static final int LONGEST_LINE = 75;

    private StaffCalendar() {}

    /** @param goesOn the date from which reservations are not in it any more; absent when it has all */
    static String of(Venue venue, VenueCalendar.Shown shown, List<Found> reservations, Optional<LocalDate> goesOn) {
        String name = shown.name().map(own -> venue.name() + ": " + own).orElse(venue.name());
        ICalendar calendar = new ICalendar();
        calendar.setProductId(PRODUCT);
        calendar.setName(name);
        say(calendar, "X-WR-CALNAME", name);
        goesOn.map(date -> "Only up to " + date + ": more reservations follow. Read on with ?from=" + date + ".")
                .ifPresent(text -> {
                    calendar.setDescription(text);
                    say(calendar, "X-WR-CALDESC", text);
                });
        calendar.setRefreshInterval(biweekly.util.Duration.builder()
                        .minutes((int) REFRESH.toMinutes())
                        .build())
                .setParameter("VALUE", "DURATION");
        reservations.forEach(
                found -> calendar.addEvent(event(venue, found.reservation(), found.updatedAt(), shown.guests())));
        return text(calendar);
    }

    static String text(ICalendar calendar) {
        return folded(written(calendar));
    }

    private static void say(ICalendar calendar, String name, String text) {
        var property = calendar.setExperimentalProperty(name, VObjectPropertyValues.escape(text));
        assert property != null;
    }

    private static String written(ICalendar calendar) {
        StringWriter text = new StringWriter();
        try (ICalWriter writer = new ICalWriter(text, ICalVersion.V2_0)) {
            writer.getVObjectWriter().getFoldedLineWriter().setLineLength(null);
            writer.write(calendar);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** RFC 5545, section 3.1: lines of at most 75 octets, none ending within a character. The library counts characters. */
    static String folded(String text) {
        StringBuilder folded = new StringBuilder(text.length() + text.length() / LONGEST_LINE * 3);
        int octets = 0;
        for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
            int c = text.codePointAt(at);
            int size = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
            boolean ends = c == '\r' || c == '\n';
            if (!ends && octets + size > LONGEST_LINE) {
                folded.append("\r\n ");
                octets = 1;
            }
            octets = ends ? 0 : octets + size;
            folded.appendCodePoint(c);
        }
        return folded.toString();
    }

    /** The same event in every calendar, and which of its versions. */
    static void identify(VEvent event, Venue venue, Reservation reservation, Instant stamp) {
        event.setUid(reservation.id() + "@" + venue.id());
        event.setDateTimeStamp(Date.from(stamp));
        event.setSequence((int) Math.min(reservation.version(), Integer.MAX_VALUE));
    }

    private static VEvent event(Venue venue, Reservation reservation, Instant changedAt, boolean guests) {
        VEvent event = new VEvent();
        identify(event, venue, reservation, changedAt);
        event.setDateStart(Date.from(reservation.startsAt()));
        event.setDateEnd(Date.from(reservation.endsAt()));
        event.setSummary(summary(reservation, guests));
        event.setLocation(venue.name() + ", " + String.join(" + ", reservation.tables()));
        event.setStatus(
                reservation.status() == io.lasttable.booking.day.Status.HELD ? Status.tentative() : Status.confirmed());
        reservation.note().filter(note -> guests).ifPresent(event::setDescription);
        return event;
    }

    private static String summary(Reservation reservation, boolean guests) {
        String who = reservation
                .guest()
                .filter(guest -> guests)
                .flatMap(Guest::name)
                .orElse(reservation.status().label());
        return reservation.partySize() + " × " + who + " (" + String.join(" + ", reservation.tables()) + ")";
    }
}
