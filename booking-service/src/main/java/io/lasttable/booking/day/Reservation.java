package io.lasttable.booking.day;

import io.lasttable.booking.venue.VenueId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A party's reservation.
 *
 * @param endsAt when its tables are free again; earlier than planned once the party has finished
 * @param version rises with every change of this reservation, from 1
 * @param dayVersion the version of its day that this change made
 * @param expiresAt while held: from then on the tables are anyone's
 */
public record Reservation(
        UUID id,
        VenueId venueId,
        LocalDate date,
        LocalTime time,
        Instant startsAt,
        Instant endsAt,
        int partySize,
        List<String> tables,
        Optional<String> area,
        Status status,
        Optional<Guest> guest,
        Optional<String> note,
        Optional<String> channel,
        long version,
        long dayVersion,
        Optional<Instant> expiresAt) {

    public Reservation {
        tables = List.copyOf(tables);
    }

    public DayKey day() {
        return new DayKey(venueId, date);
    }

    public Stay stay() {
        return new Stay(id, date, tables, startsAt, endsAt, partySize, expiresAt);
    }

    Reservation become(Status next, long newDayVersion) {
        return change(next, endsAt, guest, next == Status.HELD ? expiresAt : Optional.empty(), newDayVersion);
    }

    Reservation confirmedFor(Optional<Guest> whom, long newDayVersion) {
        return change(Status.CONFIRMED, endsAt, whom.or(() -> guest), Optional.empty(), newDayVersion);
    }

    /** Frees the rest of the turn; a party that stayed longer than planned keeps its planned end. */
    Reservation finishedAt(Instant now, long newDayVersion) {
        Instant end = now.isBefore(endsAt) && now.isAfter(startsAt) ? now : endsAt;
        return change(Status.FINISHED, end, guest, Optional.empty(), newDayVersion);
    }

    Reservation at(Seat seat, Wish wish, Optional<Guest> whom, Optional<String> newNote, long newDayVersion) {
        return new Reservation(
                id,
                venueId,
                wish.date(),
                wish.time(),
                seat.startsAt(),
                seat.endsAt(),
                wish.partySize(),
                seat.tables(),
                seat.area(),
                status,
                whom.or(() -> guest),
                newNote,
                channel,
                version + 1,
                newDayVersion,
                expiresAt);
    }

    Reservation with(Optional<Guest> whom, Optional<String> newNote, long newDayVersion) {
        return change(status, endsAt, whom.or(() -> guest), newNote, expiresAt, newDayVersion);
    }

    private Reservation change(
            Status next, Instant end, Optional<Guest> whom, Optional<Instant> expiry, long newDayVersion) {
        return change(next, end, whom, note, expiry, newDayVersion);
    }

    private Reservation change(
            Status next,
            Instant end,
            Optional<Guest> whom,
            Optional<String> newNote,
            Optional<Instant> expiry,
            long newDayVersion) {
        return new Reservation(
                id,
                venueId,
                date,
                time,
                startsAt,
                end,
                partySize,
                tables,
                area,
                next,
                whom,
                newNote,
                channel,
                version + 1,
                newDayVersion,
                expiry);
    }
}
