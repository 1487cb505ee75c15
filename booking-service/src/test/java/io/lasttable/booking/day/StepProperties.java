package io.lasttable.booking.day;

import static io.lasttable.booking.day.VenueBuilder.aVenue;
import static org.assertj.core.api.Assertions.assertThat;

import io.lasttable.booking.day.Decision.Accepted;
import io.lasttable.booking.day.Decision.Granted;
import io.lasttable.booking.venue.Venue;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Two days live through random steps: bookings, holds, moves within and between them, every change of state, a waitlist, time
 * passing. After each step the days are compared with what the changes alone tell, by counting as naively as can be.
 */
class StepProperties {

    private static final int STEPS = 50;
    private static final Rules RULES = new Rules(Duration.ofMinutes(10), 12);
    private static final LocalDate[] DATES = {DayWorld.SATURDAY, DayWorld.SATURDAY.plusDays(1)};

    private final Map<UUID, Reservation> told = new HashMap<>();
    private final Map<UUID, WaitlistEntry> line = new HashMap<>();
    private final List<UUID> joined = new ArrayList<>();
    private SortedMap<LocalDate, Day> days = new TreeMap<>();
    private Instant now;
    private Random random;
    private long ids;

    @Property(tries = 120)
    void everyStepKeepsWhatTheDayPromises(@ForAll long seed) {
        begin(seed);
        for (int i = 0; i < STEPS; i++) {
            now = now.plusSeconds(random.nextInt(240));
            List<Request> requests = new ArrayList<>();
            for (int n = random.nextInt(4); n >= 0; n--) {
                requests.add(Request.of(command()));
            }
            DayStep step = DayStep.of(days, requests, Map.of(), RULES, now);
            remember(step);
            days = step.days();
            assertNoTableTwice();
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
            boolean granted = step.decisions().get(0) instanceof Granted;
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
        now = Instant.parse("2026-11-24T12:00:00Z");
        told.clear();
        line.clear();
        joined.clear();
        ids = 0;
        VenueBuilder building = aVenue();
        int tables = 1 + random.nextInt(3);
        for (int table = 0; table < tables; table++) {
            building.withTable("T" + table, 1, 2 + random.nextInt(3));
        }
        if (tables > 1) {
            building.withCombination(4, 6, "T0", "T1");
        }
        Venue venue = random.nextBoolean() ? building.pacedAt(5).build() : building.build();
        days = new TreeMap<>();
        for (LocalDate date : DATES) {
            days.put(date, Day.load(1, new DayPlan(venue, date), List.of(), List.of()));
        }
    }

    private Command command() {
        UUID id = new UUID(9, ids++);
        LocalDate date = DATES[random.nextInt(2)];
        return switch (random.nextInt(9)) {
            case 0, 1 -> book(id, date, Optional.empty());
            case 2 -> book(id, date, Optional.of(Duration.ofSeconds(60 + random.nextInt(600))));
            case 3 -> new Command.Confirm(aReservation(), Optional.of(DayWorld.GUEST), OptionalLong.empty());
            case 4 ->
                new Command.Amend(
                        aReservation(), DayWorld.patch(date, time(), 1 + random.nextInt(4)), OptionalLong.empty());
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
        Wish wish = new Wish(date, time(), 1 + random.nextInt(4), Optional.empty(), List.of(), false);
        return new Command.Book(
                id,
                wish,
                hold.isPresent() ? Optional.empty() : Optional.of(DayWorld.GUEST),
                Optional.empty(),
                Optional.empty(),
                hold);
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
            return Optional.of(
                    reservation != null && reservation.status().next().contains(turn.to()));
        }
        if (command instanceof Command.Amend amend) {
            return Optional.of(mayAmend(amend));
        }
        return Optional.empty();
    }

    private boolean mayAmend(Command.Amend amend) {
        Reservation before = told.get(amend.id());
        if (before == null) {
            return false;
        }
        if (!amend.patch().moves(before)) {
            return before.status().occupies();
        }
        boolean offered = line.values().stream().anyMatch(entry -> entry.isOffered(before.id()));
        return before.status().mayMove() && !offered && room(amend.patch().wish(before), Optional.of(before.id()));
    }

    private boolean room(Wish wish, Optional<UUID> except) {
        Day day = days.get(wish.date());
        Day others = except.map(id -> Day.load(
                        1,
                        day.plan(),
                        day.occupancy().stays().stream()
                                .filter(stay -> !stay.reservationId().equals(id))
                                .toList(),
                        List.of()))
                .orElse(day);
        return NaiveDay.left(others, wish.time().toString(), wish.partySize(), now) > 0;
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
                        .filter(slot -> entry.wish().includes(slot.time()))
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
                    assertThat(entry.wish().includes(hold.time())).isTrue();
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
