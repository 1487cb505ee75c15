package io.lasttable.booking.day;

import io.lasttable.booking.day.Command.Amend;
import io.lasttable.booking.day.Command.Book;
import io.lasttable.booking.day.Command.Confirm;
import io.lasttable.booking.day.Command.Turn;
import io.lasttable.booking.day.Decision.Accepted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The day, the one idea that everything hangs on: a version, and who keeps which table when.
 *
 * <p>Immutable and pure. Under the day's lock: {@link #decide} answers one command, {@link #after} is the day with its change;
 * several commands are decided one after the other on the same version, then {@link #expireHolds} clears what ran out, and
 * {@link #document} is the state that is published. Invariant: no two stays of a table overlap, unless the earlier one is
 * an expired hold, which then leaves in the same step.
 */
public final class Day {

    private final long version;
    private final DayPlan plan;
    private final Occupancy occupancy;
    private final Map<UUID, Reservation> reservations;

    private Day(long version, DayPlan plan, Occupancy occupancy, Map<UUID, Reservation> reservations) {
        this.version = version;
        this.plan = plan;
        this.occupancy = occupancy;
        this.reservations = reservations;
    }

    /**
     * @param version of the last commit
     * @param stays of this date, and of its neighbours as far as they reach into it
     * @param reservations those that commands may name, and every hold of the day
     */
    public static Day load(long version, DayPlan plan, List<Stay> stays, List<Reservation> reservations) {
        Map<UUID, Reservation> byId = new HashMap<>();
        reservations.forEach(reservation -> byId.put(reservation.id(), reservation));
        return new Day(version, plan, new Occupancy(plan.floor(), plan.date(), stays), byId);
    }

    public DayPlan plan() {
        return plan;
    }

    public long version() {
        return version;
    }

    long nextVersion() {
        return version + 1;
    }

    Occupancy occupancy() {
        return occupancy;
    }

    Optional<Reservation> reservation(UUID id) {
        return Optional.ofNullable(reservations.get(id));
    }

    public Decision decide(Command command, Instant now) {
        Decider decider = new Decider(this, now);
        if (command instanceof Book book) {
            return decider.book(book);
        }
        if (command instanceof Confirm confirm) {
            return decider.confirm(confirm);
        }
        if (command instanceof Amend amend) {
            return decider.amend(amend);
        }
        return decider.turn((Turn) command);
    }

    /** Expired holds that an accepted seat displaces: they leave in the same commit, before it. */
    public List<Change> displacedBy(Accepted accepted, Instant now) {
        Stay taking = accepted.change().after().stay();
        return occupancy.stays().stream()
                .filter(stay -> !stay.reservationId().equals(taking.reservationId()))
                .filter(stay -> stay.isExpired(now) && stay.overlaps(taking.startsAt(), taking.until()))
                .filter(stay -> stay.tables().stream().anyMatch(taking.tables()::contains))
                .map(this::expire)
                .toList();
    }

    /** Every hold of this day that has run out by {@code now}. */
    public List<Change> expireHolds(Instant now) {
        return occupancy
                .own()
                .filter(stay -> stay.isExpired(now))
                .map(this::expire)
                .toList();
    }

    private Change expire(Stay stay) {
        Reservation hold = reservations.get(stay.reservationId());
        return Change.became(hold, hold.become(Status.EXPIRED, nextVersion()));
    }

    /** The day once a change has happened; the version stays that of the last commit. */
    public Day after(Change change) {
        Reservation changed = change.after();
        Map<UUID, Reservation> known = new HashMap<>(reservations);
        known.put(changed.id(), changed);
        Occupancy rest = occupancy.without(changed.id());
        boolean here = changed.status().occupies() && changed.date().equals(plan.date());
        return new Day(version, plan, here ? rest.with(changed.stay()) : rest, known);
    }

    public Day after(List<Change> changes) {
        Day day = this;
        for (Change change : changes) {
            day = day.after(change);
        }
        return day;
    }

    /** The day that the next commit makes. */
    public Day committed() {
        return new Day(nextVersion(), plan, occupancy, reservations);
    }

    /** The same day under another schedule. */
    public Day replanned(DayPlan other) {
        return new Day(version, other, new Occupancy(other.floor(), other.date(), occupancy.stays()), reservations);
    }

    /** Its state for everyone. */
    public DayDocument document(Instant now) {
        return DayDocument.of(this, now);
    }

    /** The day's own reservations that its schedule can no longer seat where they are. */
    public List<UUID> stranded() {
        List<UUID> stranded = new ArrayList<>();
        occupancy
                .own()
                .filter(stay -> !isPossible(stay))
                .map(Stay::reservationId)
                .forEach(stranded::add);
        return List.copyOf(stranded);
    }

    private boolean isPossible(Stay stay) {
        boolean tables = stay.tables().stream().allMatch(id -> plan.floor().indexOf(id) >= 0);
        boolean slot = plan.grid().slots().stream()
                .anyMatch(each -> each.startsAt().equals(stay.startsAt())
                        && each.turnTime(stay.partySize()).isPresent());
        return tables && slot;
    }
}
