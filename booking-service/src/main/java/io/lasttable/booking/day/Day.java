package io.lasttable.booking.day;

import io.lasttable.booking.day.Decision.Accepted;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The day, the one idea that everything hangs on: a version, and who keeps which table when.
 *
 * <p>Immutable and pure. Under the day's lock: {@link #decide} answers one command, {@link #after} is the day with its change;
 * several commands are decided one after the other on the same version ({@link DayStep}), {@link #expireHolds} clears what ran
 * out, and {@link #document} is the state that is published. Invariant: no two stays of a table overlap, unless the earlier one is
 * an expired hold, which then leaves in the same step.
 */
public final class Day {

    private final long version;
    private final DayPlan plan;
    private final Occupancy occupancy;
    private final Map<UUID, Reservation> reservations;
    private final Map<UUID, WaitlistEntry> line;
    private final Blocks blocks;
    private final Map<UUID, Guest> guests;

    private Day(
            long version,
            DayPlan plan,
            Occupancy occupancy,
            Map<UUID, Reservation> reservations,
            Map<UUID, WaitlistEntry> line,
            Blocks blocks,
            Map<UUID, Guest> guests) {
        this.version = version;
        this.plan = plan;
        this.occupancy = occupancy;
        this.reservations = reservations;
        this.line = line;
        this.blocks = blocks;
        this.guests = guests;
    }

    /**
     * @param version of the last commit
     * @param stays of this date, and of its neighbours; those that do not reach into the day are left aside
     * @param reservations those that commands may name, and every hold of the day
     */
    public static Day load(long version, DayPlan plan, List<Stay> stays, List<Reservation> reservations) {
        return load(version, plan, stays, reservations, List.of());
    }

    /** @param line open waitlist entries in the order in which they joined, and those that commands may name */
    public static Day load(
            long version, DayPlan plan, List<Stay> stays, List<Reservation> reservations, List<WaitlistEntry> line) {
        Map<UUID, Reservation> byId = new HashMap<>();
        reservations.forEach(reservation -> byId.put(reservation.id(), reservation));
        Map<UUID, WaitlistEntry> waiting = new LinkedHashMap<>();
        line.forEach(entry -> waiting.put(entry.id(), entry));
        List<Stay> concerning =
                stays.stream().filter(stay -> concerns(plan, stay)).toList();
        return new Day(
                version,
                plan,
                new Occupancy(plan.floor(), plan.date(), concerning),
                byId,
                waiting,
                Blocks.NONE,
                Map.of());
    }

    /** The day with those of these blocks that hold on it. */
    public Day closedBy(List<Block> all) {
        if (all.isEmpty() && blocks == Blocks.NONE) {
            return this;
        }
        List<Block> here =
                all.stream().flatMap(block -> block.on(plan.date()).stream()).toList();
        return new Day(version, plan, occupancy, reservations, line, Blocks.of(plan, here), guests);
    }

    /** The day with the guests of its reservations, for a venue that does not have the same one twice at a time. */
    public Day knowing(Map<UUID, Guest> known) {
        return known.isEmpty() ? this : new Day(version, plan, occupancy, reservations, line, blocks, known);
    }

    Guestbook guestbook(Instant now) {
        return new Guestbook(this, guests, now);
    }

    /** What holds on it, without a word of why. */
    public List<Block> blocks() {
        return blocks.all();
    }

    Blocks closed() {
        return blocks;
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

    public Optional<Reservation> reservation(UUID id) {
        return Optional.ofNullable(reservations.get(id));
    }

    Optional<WaitlistEntry> entry(UUID id) {
        return Optional.ofNullable(line.get(id));
    }

    /** The entry that this hold is offered to. */
    Optional<WaitlistEntry> offeredBy(UUID reservationId) {
        return line.values().stream()
                .filter(entry -> entry.isOffered(reservationId))
                .findFirst();
    }

    /** Those in line without an offer, first come first. */
    List<WaitlistEntry> waiting() {
        return line.values().stream()
                .filter(entry -> entry.status() == WaitlistStatus.WAITING)
                .toList();
    }

    /** The place of an entry among those who wait, from 1; empty of one that does not. */
    public OptionalInt position(WaitlistEntry entry) {
        int place = waiting().indexOf(entry);
        return place < 0 ? OptionalInt.empty() : OptionalInt.of(place + 1);
    }

    Stream<WaitlistEntry> open() {
        return line.values().stream().filter(entry -> entry.status().isOpen());
    }

    /** One command about reservations; those about the waitlist are {@link DayStep}'s, since they may change both. */
    public Decision decide(Command command, Rules rules, Instant now) {
        return new ReservationDecider(this, rules, now).decide(command);
    }

    /** Expired holds that an accepted placement displaces: they leave in the same commit, before it. */
    public List<ReservationChange> displacedBy(Accepted accepted, Instant now) {
        Stay taking = accepted.change().after().stay();
        return occupancy.stays().stream()
                .filter(stay -> !stay.reservationId().equals(taking.reservationId()))
                .filter(stay -> stay.isExpired(now) && stay.overlaps(taking.startsAt(), taking.until()))
                .filter(stay -> stay.tables().stream().anyMatch(taking.tables()::contains))
                .map(stay -> expire(stay, now))
                .toList();
    }

    /** Every hold of this day that has run out by {@code now}. */
    public List<ReservationChange> expireHolds(Instant now) {
        return occupancy
                .own()
                .filter(stay -> stay.isExpired(now))
                .map(stay -> expire(stay, now))
                .toList();
    }

    private ReservationChange expire(Stay stay, Instant now) {
        return expire(reservations.get(stay.reservationId()), now);
    }

    ReservationChange expire(Reservation hold, Instant now) {
        return ReservationChange.became(hold, hold.become(Status.EXPIRED, now, nextVersion()));
    }

    /** The day once a change has happened; the version stays that of the last commit. */
    public Day after(ReservationChange change) {
        Reservation changed = change.after();
        Map<UUID, Reservation> known = new HashMap<>(reservations);
        known.put(changed.id(), changed);
        Occupancy rest = occupancy.without(changed.id());
        boolean here = changed.status().occupies() && concerns(plan, changed.stay());
        return new Day(version, plan, here ? rest.with(changed.stay()) : rest, known, line, blocks, guests);
    }

    /** Whether a stay is the day's own, or a neighbour's that reaches into it. */
    private static boolean concerns(DayPlan plan, Stay stay) {
        return stay.date().equals(plan.date()) || stay.overlaps(plan.from(), plan.until());
    }

    /** The day once a waitlist entry has joined or changed. */
    Day after(WaitlistEntry entry) {
        Map<UUID, WaitlistEntry> changed = new LinkedHashMap<>(line);
        changed.put(entry.id(), entry);
        return new Day(version, plan, occupancy, reservations, changed, blocks, guests);
    }

    /** The day with its line in another order. */
    Day reordered(Map<UUID, Long> tickets) {
        Map<UUID, WaitlistEntry> inOrder = new LinkedHashMap<>();
        line.values().stream()
                .map(entry -> tickets.containsKey(entry.id()) ? entry.at(tickets.get(entry.id())) : entry)
                .sorted(Comparator.comparingLong(entry -> entry.ticket().orElse(Long.MAX_VALUE)))
                .forEach(entry -> inOrder.put(entry.id(), entry));
        return new Day(version, plan, occupancy, reservations, inOrder, blocks, guests);
    }

    public Day after(List<ReservationChange> changes) {
        Day day = this;
        for (ReservationChange change : changes) {
            day = day.after(change);
        }
        return day;
    }

    /** The day that the next commit makes. */
    public Day committed() {
        return new Day(nextVersion(), plan, occupancy, reservations, line, blocks, guests);
    }

    /** Its state for everyone. */
    public DayDocument document(Instant now) {
        return DayDocument.of(this, now);
    }

    /** Reservations of the day that keep tables. */
    Stream<Reservation> active() {
        return occupancy.own().flatMap(stay -> reservation(stay.reservationId()).stream());
    }
}
