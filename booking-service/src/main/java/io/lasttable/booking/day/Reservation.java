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
        Labels labels) {

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
        return changedIn(newDayVersion)
                .status(next)
                .expiresAt(next == Status.HELD ? expiresAt : Optional.empty())
                .done();
    }

    Reservation confirmedFor(Optional<Guest> whom, long newDayVersion) {
        return changedIn(newDayVersion)
                .status(Status.CONFIRMED)
                .guest(whom.or(() -> guest))
                .expiresAt(Optional.empty())
                .done();
    }

    /** Frees the rest of the turn; a party that stayed longer than planned keeps its planned end. */
    Reservation finishedAt(Instant now, long newDayVersion) {
        return changedIn(newDayVersion)
                .status(Status.FINISHED)
                .endsAt(now.isBefore(endsAt) && now.isAfter(startsAt) ? now : endsAt)
                .expiresAt(Optional.empty())
                .done();
    }

    /** Guest and note as the patch has them. */
    Reservation with(ReservationPatch patch, long newDayVersion) {
        return patched(patch, newDayVersion).done();
    }

    /** As {@link #with}, at other tables or another time. */
    Reservation moved(ReservationPatch patch, Placement placement, long newDayVersion) {
        Wish wish = patch.wish(this);
        return patched(patch, newDayVersion)
                .on(wish.date(), wish.time())
                .forParty(wish.partySize())
                .placed(placement)
                .done();
    }

    private ReservationDraft patched(ReservationPatch patch, long newDayVersion) {
        return changedIn(newDayVersion).guest(patch.guest(this)).note(patch.note(this));
    }

    private ReservationDraft changedIn(long newDayVersion) {
        return ReservationDraft.of(this).versions(version + 1, newDayVersion);
    }
}
