package io.lasttable.booking.day;

import static io.lasttable.booking.day.VenueBuilder.aVenue;
import static org.assertj.core.api.Assertions.assertThat;

import io.lasttable.booking.day.Decision.Accepted;
import io.lasttable.booking.day.Decision.Granted;
import io.lasttable.booking.day.ReservationPatch.Field;
import io.lasttable.booking.venue.Venue;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Two days live through random steps: bookings, holds, moves within and between them, every change of state, a waitlist, time
 * passing. After each step the days are compared with what the changes alone tell, by counting as naively as can be.
 */
class StepProperties {

    private static final int STEPS = 50;
    private static final Rules RULES = DayWorld.RULES;
    private static final LocalDate[] DATES = {DayWorld.SATURDAY, DayWorld.SATURDAY.plusDays(1)};

    private final Map<UUID, Reservation> told = new HashMap<>();
    private final Map<UUID, WaitlistEntry> line = new HashMap<>();
    private final List<UUID> joined = new ArrayList<>();
    private SortedMap<LocalDate, Day> days = new TreeMap<>();
    private Venue venue;
    private Instant now;
    private Random random;
    private long ids;

    @Property(tries = 120)
    void everyStepKeepsWhatTheDayPromises(@ForAll long seed) {
        begin(seed);
        for (int i = 0; i < STEPS; i++) {
            now = now.plusSeconds(random.nextInt(240));
            if (random.nextInt(8) == 0) {
                republish();
            }
            List<Request> requests = new ArrayList<>();
            for (int n = random.nextInt(4); n >= 0; n--) {
                requests.add(Request.of(command()));
            }
            DayStep step = DayStep.of(days, requests, Map.of(), RULES, now);
            remember(step);
            days = step.days();
            assertNoTableTwice();
            assertEverybodySitsWhereTheVenueSays();
            assertNobodyWaitsForWhatIsFree();
            assertEveryOfferIsAHold();
            assertDocumentsCountWhatIsFree();
        }
    }

    /** Found by the property: a seat displaced an expired hold whose table had just been offered to somebody in line. */
    @Example
    void whatADisplacedHoldFreesIsOfferedBeforeTheSeatIsGiven() {
        everyStepKeepsWhatTheDayPromises(20447143641215L);
    }

    @Property(tries = 120)
    void aSingleRequestWinsExactlyWhenTheNaiveCountSaysSo(@ForAll long seed) {
        begin(seed);
        for (int i = 0; i < STEPS; i++) {
            now = now.plusSeconds(random.nextInt(240));
            remember(step());
            Command command = command();
            Optional<Boolean> possible = isPossible(command);
            DayStep step = step(Request.of(command));
            boolean granted = step.decisions().get(0) instanceof Granted
                    || step.decisions().get(0) instanceof Decision.Unchanged;
            possible.ifPresent(expected -> assertThat(granted)
                    .as("%s: %s", command, step.decisions().get(0))
                    .isEqualTo(expected));
            remember(step);
        }
    }

    private DayStep step(Request... requests) {
        DayStep step = DayStep.of(days, List.of(requests), Map.of(), RULES, now);
        days = step.days();
        return step;
    }

    private void begin(long seed) {
        random = new Random(seed);
        now = Instant.parse(random.nextBoolean() ? "2026-11-24T12:00:00Z" : "2026-11-28T16:30:00Z");
        told.clear();
        line.clear();
        joined.clear();
        ids = 0;
        VenueBuilder building = aVenue();
        int tables = 1 + random.nextInt(3);
        for (int table = 0; table < tables; table++) {
            building.withTable("T" + table, 1, 2 + random.nextInt(3), table == 1 ? "terrace" : "main");
        }
        if (tables > 1) {
            building.withCombination(4, 6, "T0", "T1");
        }
        venue = random.nextBoolean() ? building.pacedAt(5).build() : building.build();
        days = new TreeMap<>();
        for (LocalDate date : DATES) {
            days.put(
                    date,
                    Day.load(1, new DayPlan(venue, date), List.of(), List.of()).closedBy(someBlocks()));
        }
    }

    private Command command() {
        UUID id = new UUID(9, ids++);
        LocalDate date = DATES[random.nextInt(2)];
        return switch (random.nextInt(12)) {
            case 0, 1 -> book(id, date, Optional.empty());
            case 2 -> book(id, date, Optional.of(Duration.ofSeconds(60 + random.nextInt(600))));
            case 3 -> new Command.Confirm(aReservation(), Optional.of(DayWorld.GUEST), OptionalLong.empty());
            case 4 ->
                new Command.Amend(
                        aReservation(), DayWorld.patch(date, time(), 1 + random.nextInt(4)), OptionalLong.empty());
            case 8, 9 -> new Command.Amend(aReservation(), smallPatch(), OptionalLong.empty());
            case 10 -> new Command.Restore(aReservation(), OptionalLong.empty());
            case 5 ->
                new Command.Turn(
                        aReservation(),
                        List.of(Status.CANCELLED, Status.SEATED, Status.FINISHED, Status.NO_SHOW)
                                .get(random.nextInt(4)),
                        OptionalLong.empty());
            case 6 -> join(id, date);
            case 7 -> new Command.Leave(anEntry());
            default -> accept(anEntry());
        };
    }

    private Command book(UUID id, LocalDate date, Optional<Duration> hold) {
        LocalTime time = time();
        Set<Limit> limits = someLimits();
        Optional<Instant> end = days.get(date)
                .plan()
                .grid()
                .at(time)
                .map(slot -> slot.startsAt().plusSeconds(60L * (10 + random.nextInt(240))))
                .filter(any -> limits.contains(Limit.LENGTH) && random.nextBoolean());
        Wish wish = new Wish(date, time, 1 + random.nextInt(4), anArea(), someTables(), false, limits, end);
        return new Command.Book(
                id,
                wish,
                hold.isPresent() ? Optional.empty() : Optional.of(DayWorld.GUEST),
                Optional.empty(),
                Optional.empty(),
                hold);
    }

    private Optional<String> anArea() {
        return Optional.of(random.nextBoolean() ? "main" : "terrace").filter(area -> random.nextInt(4) == 0);
    }

    private Set<Limit> someLimits() {
        Set<Limit> limits = EnumSet.noneOf(Limit.class);
        while (random.nextInt(4) == 0) {
            limits.add(Limit.values()[random.nextInt(Limit.values().length)]);
        }
        return limits;
    }

    private List<String> someTables() {
        return random.nextInt(4) > 0
                ? List.of()
                : List.of("T" + random.nextInt(venue.tables().size()));
    }

    /** Another size, area, tables or end; the start stays. */
    private ReservationPatch smallPatch() {
        Field<String> area = new Field<>(false, anArea());
        Field<List<String>> tables =
                new Field<>(random.nextInt(6) == 0, Optional.of(someTables()).filter(some -> !some.isEmpty()));
        return new ReservationPatch(
                Optional.empty(),
                Optional.empty(),
                Optional.of(1 + random.nextInt(4)).filter(size -> random.nextBoolean()),
                area,
                tables.removed() ? new Field<>(true, Optional.empty()) : tables,
                Optional.of(now.plusSeconds(60L * random.nextInt(200))).filter(end -> random.nextInt(3) == 0),
                Optional.empty(),
                new Field<>(false, Optional.empty()),
                someLimits());
    }

    private Command join(UUID id, LocalDate date) {
        LocalTime from = time();
        LocalTime to = from.plusMinutes(30L * random.nextInt(3));
        WaitlistWish wish = new WaitlistWish(date, from, to, 1 + random.nextInt(3), Optional.empty());
        Guest guest = new Guest(id, Optional.of("Waiting"), Optional.empty(), Optional.empty());
        return new Command.Join(id, wish, guest);
    }

    private Command accept(UUID entry) {
        UUID hold = Optional.ofNullable(line.get(entry))
                .flatMap(WaitlistEntry::offer)
                .map(WaitlistEntry.Offer::reservationId)
                .orElse(entry);
        return new Command.Accept(entry, hold);
    }

    private LocalTime time() {
        return LocalTime.of(18, 30).plusMinutes(30L * random.nextInt(8));
    }

    private UUID aReservation() {
        List<UUID> known = told.keySet().stream().sorted().toList();
        return known.isEmpty() ? new UUID(8, 8) : known.get(random.nextInt(known.size()));
    }

    private UUID anEntry() {
        return joined.isEmpty() ? new UUID(7, 7) : joined.get(random.nextInt(joined.size()));
    }

    /** What the naive model knows for sure about one request; empty where it does not judge. */
    private Optional<Boolean> isPossible(Command command) {
        if (command instanceof Command.Book book) {
            return Optional.of(room(book.wish(), Optional.empty()));
        }
        if (command instanceof Command.Turn turn) {
            Reservation reservation = told.get(turn.id());
            return Optional.of(reservation != null
                    && reservation.status().next().contains(turn.to())
                    && !now.isBefore(firstTime(reservation, turn.to())));
        }
        if (command instanceof Command.Amend amend) {
            return Optional.of(mayAmend(amend));
        }
        if (command instanceof Command.Restore restore) {
            return Optional.of(mayRestore(told.get(restore.id())));
        }
        return Optional.empty();
    }

    private static Instant firstTime(Reservation reservation, Status to) {
        return switch (to) {
            case SEATED, FINISHED -> reservation.startsAt().minus(RULES.seatEarly());
            case NO_SHOW -> reservation.startsAt();
            default -> Instant.MIN;
        };
    }

    private boolean mayRestore(Reservation reservation) {
        if (reservation == null || reservation.former().isEmpty()) {
            return false;
        }
        Instant end = reservation.status() == Status.FINISHED
                ? reservation.former().get().endsAt()
                : reservation.endsAt();
        Wish wish = wish(reservation).at(reservation.tables());
        Day others = NaiveDay.without(days.get(reservation.date()), reservation.id());
        return NaiveDay.free(NaiveDay.opened(others), wish, reservation.startsAt(), end, now) > 0;
    }

    private static Wish wish(Reservation reservation) {
        return Wish.of(reservation.date(), reservation.time(), reservation.partySize());
    }

    private boolean mayAmend(Command.Amend amend) {
        Reservation before = told.get(amend.id());
        ReservationPatch patch = amend.patch();
        if (before == null || !before.status().occupies()) {
            return false;
        }
        boolean seated = before.status() == Status.SEATED;
        boolean mayEndOtherwise = seated || patch.overrides().contains(Limit.LENGTH);
        if (seated && patch.restarts(before) || !mayEndOtherwise && patch.endsOtherwise(before)) {
            return false;
        }
        if (!patch.moves(before)) {
            return true;
        }
        boolean offered = line.values().stream().anyMatch(entry -> entry.isOffered(before.id()));
        return !offered
                && (patch.restarts(before)
                        ? mayHave(patch, before, wish -> room(wish, Optional.of(before.id())))
                        : mayHave(patch, before, wish -> mayKeep(patch, before, wish)));
    }

    /** At the tables that it has, if staff chose them or it sits there and they seat the party, or anywhere else that it asks for. */
    private boolean mayHave(ReservationPatch patch, Reservation before, Predicate<Wish> free) {
        Wish wish = patch.wish(before);
        boolean own = wish.tables().isEmpty()
                && (before.status() == Status.SEATED
                        || before.choice().tables() && !patch.tables().removed())
                && (patch.area().value().isEmpty() || patch.area().value().equals(before.area()))
                && (wish.partySize() <= before.partySize()
                        || wish.partySize() <= NaiveDay.covers(venue, before.tables()));
        boolean elsewhere = !own || before.status() != Status.SEATED;
        return own && free.test(wish.at(before.tables())) || elsewhere && free.test(wish);
    }

    private boolean mayKeep(ReservationPatch patch, Reservation before, Wish wish) {
        boolean seated = before.status() == Status.SEATED;
        Day others = NaiveDay.without(days.get(before.date()), before.id());
        Instant end = patch.endsAt().orElse(before.endsAt());
        if (patch.endsOtherwise(before) && (!end.isAfter(now) || !end.isAfter(before.startsAt()))) {
            return false;
        }
        if (!seated && !patch.endsOtherwise(before) && wish.partySize() != before.partySize()) {
            Slot slot = others.plan().grid().at(before.time()).orElseThrow();
            end = before.startsAt().plus(slot.turnTime(wish.partySize()).orElseThrow());
        }
        boolean paced = seated || wish.partySize() <= before.partySize() || NaiveDay.isPaced(others, wish, now);
        return paced && NaiveDay.free(others, wish, before.startsAt(), end, now, before.tables()) > 0;
    }

    private boolean room(Wish wish, Optional<UUID> except) {
        Day day = days.get(wish.date());
        Instant start = day.plan().grid().at(wish.time()).orElseThrow().startsAt();
        Day others = except.map(id -> NaiveDay.without(day, id)).orElse(day);
        Instant last = wish.overrides(Limit.NOTICE) ? now.minusSeconds(30 * 60 - 1) : now;
        boolean ends = wish.endsAt().isEmpty()
                || wish.endsAt().get().isAfter(start) && wish.endsAt().get().isAfter(now);
        return !start.isBefore(last) && ends && NaiveDay.left(others, wish, now) > 0;
    }

    private List<Block> someBlocks() {
        List<Block> blocks = new ArrayList<>();
        while (random.nextInt(3) == 0) {
            LocalTime from = time();
            boolean ofTables = random.nextInt(3) == 0;
            blocks.add(new Block(
                    "b" + blocks.size(),
                    DATES[random.nextInt(2)],
                    DATES[1],
                    Optional.of(new Block.Hours(from, from.plusMinutes(30L * (1 + random.nextInt(4)))))
                            .filter(hours -> random.nextInt(4) > 0),
                    ofTables ? Optional.empty() : anArea(),
                    ofTables ? List.of("T" + random.nextInt(venue.tables().size())) : List.of(),
                    Block.Closes.values()[random.nextInt(2)],
                    Optional.of("a reason")));
        }
        return blocks;
    }

    /** Another version of the venue: it strands somebody and is refused, or everybody stays and the line is first. */
    private void republish() {
        Venue next = another();
        Map<LocalDate, ScheduleChange> changes = new TreeMap<>();
        List<Block> blocks = someBlocks();
        days.forEach((date, day) -> {
            Day after = by(new DayPlan(next, date), day).closedBy(blocks);
            boolean blockedOtherwise = !after.blocks().equals(day.blocks());
            changes.put(date, new ScheduleChange(Optional.of(day), after, blockedOtherwise));
        });
        if (changes.values().stream().allMatch(change -> change.stranded(now).isEmpty())) {
            DayStep step = ScheduleChange.step(changes, RULES, now);
            remember(step);
            days = step.days();
            venue = next;
        }
    }

    private Day by(DayPlan plan, Day day) {
        List<WaitlistEntry> entries = joined.stream()
                .map(line::get)
                .filter(entry -> entry.wish().date().equals(plan.date()))
                .toList();
        return Day.load(day.version(), plan, day.occupancy().stays(), List.copyOf(told.values()), entries);
    }

    private Venue another() {
        String zone = List.of("Europe/Paris", "Europe/Brussels", "Europe/London", "America/New_York")
                .get(random.nextInt(4));
        VenueBuilder building = aVenue().in(zone);
        venue.tables()
                .forEach(table -> building.withTable(
                        table.id(),
                        1,
                        random.nextInt(4) > 0 ? table.maxCovers() : 1 + random.nextInt(4),
                        table.area().orElseThrow()));
        if (venue.tables().size() > 1 && random.nextInt(4) > 0) {
            building.withCombination(2, 2, "T0", "T1");
        }
        return building.pacedAt(3 + random.nextInt(6)).build();
    }

    private void assertEverybodySitsWhereTheVenueSays() {
        told.values().stream()
                .filter(r -> r.status().occupies() && r.endsAt().isAfter(now))
                .forEach(r -> {
                    assertThat(NaiveDay.readsItsTime(venue, r)).as("%s", r).isTrue();
                    assertThat(r.tables()).allMatch(id -> venue.table(id).isPresent());
                });
    }

    private void remember(DayStep step) {
        for (ReservationChange change : step.reservationChanges()) {
            Reservation before = told.put(change.after().id(), change.after());
            assertThat(Optional.ofNullable(before)).isEqualTo(change.before());
            assertThat(change.after().version()).isEqualTo(before == null ? 1 : before.version() + 1);
        }
        for (WaitlistChange change : step.waitlistChanges()) {
            WaitlistEntry before = line.put(change.after().id(), change.after());
            assertThat(change.after().version()).isEqualTo(before == null ? 1 : before.version() + 1);
            if (before == null) {
                joined.add(change.after().id());
            }
            assertThat(before == null
                            || before.status().isOpen()
                            || change.after().status() == WaitlistStatus.ACCEPTED)
                    .as("a closed entry stays closed, unless its late offer is taken")
                    .isTrue();
        }
        for (Decision decision : step.decisions()) {
            if (decision instanceof Accepted accepted) {
                assertThat(step.reservationChanges()).contains(accepted.change());
            }
        }
    }

    private void assertNoTableTwice() {
        List<Reservation> here =
                told.values().stream().filter(r -> r.status().occupies()).toList();
        for (Reservation one : here) {
            for (Reservation other : here) {
                if (!one.id().equals(other.id()) && one.stay().overlaps(other.startsAt(), other.endsAt())) {
                    assertThat(one.tables()).doesNotContainAnyElementsOf(other.tables());
                }
            }
        }
    }

    private void assertNobodyWaitsForWhatIsFree() {
        for (Day day : days.values()) {
            for (WaitlistEntry entry : day.waiting()) {
                day.plan().grid().slots().stream()
                        .filter(slot ->
                                entry.wish().includes(slot) && !slot.startsAt().isBefore(now))
                        .filter(slot -> entry.closesAt().isAfter(now))
                        .forEach(slot -> assertThat(NaiveDay.left(
                                        day,
                                        slot.time().toString(),
                                        entry.wish().partySize(),
                                        Instant.EPOCH))
                                .as("%s waits for %s", entry, slot.time())
                                .isZero());
            }
        }
    }

    private void assertEveryOfferIsAHold() {
        long offered = line.values().stream()
                .filter(entry -> entry.status() == WaitlistStatus.OFFERED)
                .peek(entry -> {
                    Reservation hold = told.get(entry.offer().orElseThrow().reservationId());
                    assertThat(hold.status()).isEqualTo(Status.HELD);
                    assertThat(hold.guest()).contains(entry.guest());
                    assertThat(hold.time())
                            .isBetween(entry.wish().from(), entry.wish().to());
                })
                .count();
        long holds = told.values().stream()
                .filter(r -> r.status() == Status.HELD && r.channel().equals(Optional.of("waitlist")))
                .count();
        assertThat(offered).isEqualTo(holds);
    }

    private void assertDocumentsCountWhatIsFree() {
        for (Day day : days.values()) {
            for (DayDocument.SlotState state : day.document(now).slots()) {
                String time = state.slot().time().toString();
                for (int party = 1; party <= day.plan().venue().largestParty(); party++) {
                    assertThat(state.left()[party])
                            .as("%s for %s", time, party)
                            .isEqualTo(NaiveDay.left(day, time, party, now));
                }
            }
        }
    }
}
