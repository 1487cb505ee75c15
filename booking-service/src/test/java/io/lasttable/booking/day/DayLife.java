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
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Two days that live through what is done to them, and beside them what the changes alone tell, from which a model counts as naively
 * as can be. What is done is drawn from {@link Choices}.
 */
final class DayLife {

    private static final Rules RULES = DayWorld.RULES;
    private static final LocalDate[] DATES = {DayWorld.SATURDAY, DayWorld.SATURDAY.plusDays(1)};

    final Map<UUID, Reservation> told = new HashMap<>();
    final NaiveLine line = new NaiveLine();
    private final boolean late;
    final Duration notice;
    SortedMap<LocalDate, Day> days = new TreeMap<>();
    Venue venue;
    Instant now;
    private Choices random;
    private long ids;

    DayLife(Choices choices) {
        random = choices;
        now = Instant.parse(random.nextBoolean() ? "2026-11-24T12:00:00Z" : "2026-11-28T16:30:00Z");
        late = random.nextInt(3) == 2;
        notice = random.nextInt(3) == 2 ? Duration.ofHours(2) : Duration.ZERO;
        VenueBuilder building = rules(building());
        int tables = 1 + random.nextInt(3);
        for (int table = 0; table < tables; table++) {
            building.withTable("T" + table, 1, 2 + random.nextInt(3), table == 1 ? "terrace" : "main");
        }
        if (tables > 1) {
            building.withCombination(4, 6, "T0", "T1");
        }
        venue = random.nextBoolean() ? building.pacedAt(5).build() : building.build();
        List<Block> blocks = someBlocks();
        for (LocalDate date : DATES) {
            days.put(
                    date,
                    Day.load(1, new DayPlan(venue, date), List.of(), List.of()).closedBy(blocks));
        }
    }

    private VenueBuilder building() {
        return (late ? aVenue().seating("20:00", "01:30", 30) : aVenue()).noticeOf(notice);
    }

    /** Time between parties, a cut-off, and a late service that seats elsewhere: each in some lives only. */
    private VenueBuilder rules(VenueBuilder building) {
        building.madeReadyIn(Duration.ofMinutes(15L * Math.max(0, random.nextInt(5) - 2)));
        if (random.nextInt(3) == 2) {
            building.closingAt(List.of("14:00", "18:00", "20:15").get(random.nextInt(3)));
        }
        if (random.nextInt(3) == 2) {
            building.fromThenOnIn(late ? "22:00" : "20:30", random.nextBoolean() ? "main" : "terrace");
        }
        return building;
    }

    /** What is done to it, by the number of its name in {@link #KINDS}. */
    static final List<String> KINDS = List.of(
            "book", "hold", "walk in", "confirm", "move", "edit", "turn", "restore", "join", "leave", "relist",
            "accept");

    void pass(Choices choices) {
        random = choices;
        now = now.plusSeconds(random.nextInt(1800));
    }

    /** One request, alone: what becomes of it is what the model says. */
    void ask(int kind, Choices choices) {
        random = choices;
        remember(step());
        Command command = command(kind);
        Optional<Boolean> possible = new NaiveRules(this).isPossible(command);
        Map<LocalDate, List<UUID>> order = order(command, possible.orElse(false));
        DayStep step = step(Request.of(command));
        Decision decision = step.decisions().get(0);
        boolean granted = decision instanceof Granted || decision instanceof Decision.Unchanged;
        possible.ifPresent(
                expected -> assertThat(granted).as("%s: %s", command, decision).isEqualTo(expected));
        remember(step);
        order.forEach((date, ids) -> {
            assertThat(line.waiting(date)).as("stored").isEqualTo(ids);
            assertThat(days.get(date).waiting()).extracting(WaitlistEntry::id).isEqualTo(ids);
        });
    }

    /** In what order those who wait stand once somebody has another place. */
    private Map<LocalDate, List<UUID>> order(Command command, boolean possible) {
        return possible && command instanceof Command.Relist relist
                ? line.entry(relist.id())
                        .map(entry -> Map.of(
                                entry.wish().date(),
                                line.reordered(entry, relist.position().getAsInt())))
                        .orElseThrow()
                : Map.of();
    }

    /** Several in one step. */
    void askTogether(Choices choices) {
        random = choices;
        List<Request> requests = new ArrayList<>();
        for (int n = random.nextInt(4); n >= 0; n--) {
            requests.add(Request.of(command(random.nextInt(KINDS.size()))));
        }
        remember(step(requests.toArray(Request[]::new)));
    }

    private DayStep step(Request... requests) {
        DayStep step = DayStep.of(days, List.of(requests), Map.of(), RULES, now);
        days = step.days();
        return step;
    }

    void assertPromises() {
        assertNoTableTwice();
        assertEverybodySitsWhereTheVenueSays();
        assertNobodyWaitsForWhatIsFree();
        assertEveryOfferIsAHold();
        assertDocumentsCountWhatIsFree();
    }

    private Command command(int kind) {
        UUID id = new UUID(9, ids++);
        LocalDate date = DATES[random.nextInt(2)];
        return switch (KINDS.get(kind)) {
            case "book" -> book(id, date, Optional.empty(), false);
            case "hold" -> book(id, date, Optional.of(Duration.ofSeconds(60 + random.nextInt(600))), false);
            case "walk in" -> book(id, date, Optional.empty(), true);
            case "confirm" -> new Command.Confirm(aReservation(), Optional.of(DayWorld.GUEST), OptionalLong.empty());
            case "move" ->
                new Command.Amend(
                        aReservation(), DayWorld.patch(date, time(), 1 + random.nextInt(4)), OptionalLong.empty());
            case "edit" -> new Command.Amend(aReservation(), smallPatch(), OptionalLong.empty());
            case "restore" -> new Command.Restore(aReservation(), OptionalLong.empty());
            case "turn" ->
                new Command.Turn(
                        aReservation(),
                        List.of(Status.CANCELLED, Status.SEATED, Status.FINISHED, Status.NO_SHOW)
                                .get(random.nextInt(4)),
                        OptionalLong.empty());
            case "join" -> join(id, date);
            case "leave" -> new Command.Leave(anEntry());
            case "relist" ->
                new Command.Relist(
                        anEntry(), LabelsPatch.NONE, OptionalInt.of(1 + random.nextInt(5)), OptionalLong.empty());
            default -> accept(anEntry());
        };
    }

    private Command book(UUID id, LocalDate date, Optional<Duration> hold, boolean walkIn) {
        LocalTime time = time();
        Set<Limit> limits = someLimits();
        Optional<Instant> end = days.get(date)
                .plan()
                .grid()
                .at(time)
                .map(slot -> slot.startsAt().plusSeconds(60L * (10 + random.nextInt(240))))
                .filter(any -> limits.contains(Limit.LENGTH) && random.nextBoolean());
        Wish wish = new Wish(date, time, 1 + random.nextInt(4), anArea(), someTables(), walkIn, limits, end);
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
        for (int some = random.nextInt(5); some > 2; some--) {
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
                LabelsPatch.NONE,
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
        UUID hold = line.entry(entry)
                .flatMap(WaitlistEntry::offer)
                .map(WaitlistEntry.Offer::reservationId)
                .orElse(entry);
        return new Command.Accept(entry, hold);
    }

    private LocalTime time() {
        return (late ? LocalTime.of(20, 0) : LocalTime.of(18, 30)).plusMinutes(30L * random.nextInt(late ? 12 : 8));
    }

    private UUID aReservation() {
        List<UUID> known = told.keySet().stream().sorted().toList();
        return known.isEmpty() ? new UUID(8, 8) : known.get(random.nextInt(known.size()));
    }

    private UUID anEntry() {
        List<UUID> joined = line.joined();
        return joined.isEmpty() ? new UUID(7, 7) : joined.get(random.nextInt(joined.size()));
    }

    private List<Block> someBlocks() {
        List<Block> blocks = new ArrayList<>();
        for (int some = random.nextInt(6); some > 3; some--) {
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
    void republish(Choices choices) {
        random = choices;
        remember(step());
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
            days = step.days();
            venue = next;
            remember(step);
        }
    }

    private Day by(DayPlan plan, Day day) {
        return Day.load(day.version(), plan, day.occupancy().stays(), List.copyOf(told.values()), line.of(plan.date()));
    }

    private Venue another() {
        String zone = List.of("Europe/Paris", "Europe/Brussels", "Europe/London", "America/New_York")
                .get(random.nextInt(4));
        VenueBuilder building = rules(building().in(zone));
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
                    assertThat(r.tables()).allMatch(id -> NaiveDay.isSeatedAt(days.get(r.date()), r.startsAt(), id));
                });
    }

    private void remember(DayStep step) {
        for (ReservationChange change : step.reservationChanges()) {
            Reservation before = told.put(change.after().id(), change.after());
            assertThat(Optional.ofNullable(before)).isEqualTo(change.before());
            assertThat(change.after().version()).isEqualTo(before == null ? 1 : before.version() + 1);
        }
        line.remember(step);
        line.storeIn(days);
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
                                entry.wish().includes(slot) && !slot.startsAt().isBefore(now.plus(notice)))
                        .filter(slot -> entry.closesAt().isAfter(now))
                        .filter(slot ->
                                !NaiveDay.isShut(day, slot, entry.createdAt().orElseThrow()))
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
        long offered = line.all()
                .filter(entry -> entry.status() == WaitlistStatus.OFFERED)
                .peek(entry -> {
                    Reservation hold = told.get(entry.offer().orElseThrow().reservationId());
                    assertThat(hold.status()).isEqualTo(Status.HELD);
                    assertThat(hold.guest()).contains(entry.guest());
                    assertThat(days.get(hold.date())
                                    .plan()
                                    .grid()
                                    .at(hold.time())
                                    .filter(entry.wish()::includes))
                            .isPresent();
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
