package io.lasttable.booking.day;

import io.lasttable.booking.venue.VenueId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A party's reservation; made by {@link ReservationDraft}.
 *
 * @param endsAt when its tables are free again; earlier than planned once the party has finished
 * @param version rises with every change of this reservation, from 1
 * @param dayVersion the version of its day that this change made
 * @param expiresAt while held: from then on the tables are anyone's
 * @param choice what was asked for beyond date, time and size
 * @param former what a restore gives back, when something can be taken back
 * @param times since when it has been what
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
        Optional<Instant> expiresAt,
        Choice choice,
        Optional<Former> former,
        Labels labels,
        Times times) {

    public Reservation {
        tables = List.copyOf(tables);
    }

    public DayKey day() {
        return new DayKey(venueId, date);
    }

    public Stay stay() {
        return new Stay(id, date, tables, startsAt, endsAt, partySize, expiresAt);
    }

    Reservation become(Status next, Instant now, long newDayVersion) {
        return turned(next, now, newDayVersion).done();
    }

    private ReservationDraft turned(Status next, Instant now, long newDayVersion) {
        boolean takesBack = next != Status.EXPIRED && status != Status.HELD;
        return changedIn(newDayVersion)
                .status(next)
                .times(times.reaching(next, now))
                .expiresAt(next == Status.HELD ? expiresAt : Optional.empty())
                .former(takesBack ? Optional.of(new Former(status, endsAt)) : Optional.empty());
    }

    Reservation confirmedFor(Optional<Guest> whom, Instant now, long newDayVersion) {
        return changedIn(newDayVersion)
                .status(Status.CONFIRMED)
                .times(times.reaching(Status.CONFIRMED, now))
                .guest(whom.or(() -> guest))
                .expiresAt(Optional.empty())
                .done();
    }

    /** Frees the rest of the turn; a party that stayed longer than planned keeps its planned end. */
    Reservation finishedAt(Instant now, long newDayVersion) {
        return turned(Status.FINISHED, now, newDayVersion)
                .endsAt(now.isBefore(endsAt) && now.isAfter(startsAt) ? now : endsAt)
                .done();
    }

    /** As it was before it was seated, finished, missed or cancelled. */
    Reservation restoredTo(Former was, long newDayVersion) {
        return changedIn(newDayVersion)
                .status(was.status())
                .times(times.takingBack(status))
                .endsAt(status == Status.FINISHED ? was.endsAt() : endsAt)
                .former(Optional.empty())
                .done();
    }

    /** Whether both say the same of it, however often it was changed. */
    boolean isSameAs(Reservation other) {
        return ReservationDraft.of(other).versions(version, dayVersion).done().equals(this);
    }

    ReservationDraft changedIn(long newDayVersion) {
        return ReservationDraft.of(this).versions(version + 1, newDayVersion);
    }
}
