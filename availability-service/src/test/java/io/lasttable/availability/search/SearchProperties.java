package io.lasttable.availability.search;

import static io.lasttable.availability.world.DayEvent.aDay;
import static io.lasttable.availability.world.VenueEvent.aVenue;
import static org.assertj.core.api.Assertions.assertThat;

import io.lasttable.availability.day.PartySize;
import io.lasttable.availability.freshness.AsOf;
import io.lasttable.availability.projection.Projected;
import io.lasttable.availability.search.NaiveSearch.NaiveSlot;
import io.lasttable.availability.search.NaiveSearch.NaiveVenue;
import io.lasttable.availability.venue.Position;
import io.lasttable.availability.venue.SearchKey;
import io.lasttable.availability.world.Database;
import io.lasttable.availability.world.DayEvent;
import io.lasttable.availability.world.VenueEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** A search, page after page, equals a naive one over the same venues: in every zone, around midnight, where clocks change. */
class SearchProperties {

    private static final AsOf FRESH = new AsOf(System.nanoTime(), Duration.ofHours(1));
    private static final Duration WINDOW = Duration.ofHours(3);
    private static final Instant PUBLISHED = Instant.parse("2027-03-01T00:00:00Z");

    /** Around these dates the clocks change in one of the zones, by whole and half hours, at two and at midnight. */
    private static final List<LocalDate> DATES = List.of(
            LocalDate.of(2027, 3, 14), LocalDate.of(2027, 3, 28), LocalDate.of(2027, 4, 4), LocalDate.of(2027, 4, 30));

    private static final List<String> ZONES = List.of(
            "Europe/Paris",
            "America/New_York",
            "Australia/Lord_Howe",
            "Pacific/Chatham",
            "Africa/Cairo",
            "America/Nuuk",
            "Pacific/Kiritimati",
            "Pacific/Midway",
            "Asia/Kolkata");

    private static Database database;
    private static long venuesFound;

    @BeforeContainer
    static void startDatabase() {
        database = new Database();
    }

    @AfterContainer
    static void stopDatabase() {
        database.close();
        assertThat(venuesFound)
                .as("the worlds are such that searches find something")
                .isGreaterThan(100);
    }

    @Property(tries = 150)
    void pagesOfASearchEqualANaiveOne(@ForAll Random random, @ForAll @IntRange(min = 1, max = 5) int limit) {
        assertThat(database.execute("TRUNCATE day, venue")).isEmpty();
        LocalDate date = DATES.get(random.nextInt(DATES.size()));
        List<NaiveVenue> world =
                IntStream.range(0, 12).mapToObj(n -> venue(n, date, random)).toList();
        Projected.into(database, events(world), days(world), PUBLISHED);
        Instant now = date.atTime(random.nextInt(24), random.nextInt(60))
                .minusHours(20)
                .atZone(ZoneId.of("UTC"))
                .toInstant();
        for (int search = 0; search < 5; search++) {
            SearchRequest wanted = wanted(date, limit, random);
            assertThat(pages(wanted, now)).isEqualTo(NaiveSearch.of(world, wanted, WINDOW, now));
        }
    }

    private static List<String> pages(SearchRequest first, Instant now) {
        Search search = new Search(database.pool(), WINDOW, Duration.ofSeconds(30));
        List<String> all = new ArrayList<>();
        Optional<String> cursor = Optional.of("");
        for (int page = 0; cursor.isPresent(); page++) {
            assertThat(page).as("pages").isLessThan(50);
            Found found =
                    search.find(after(first, cursor.get()), now, FRESH).await().indefinitely();
            assertThat(found.venues()).hasSizeLessThanOrEqualTo(first.limit());
            found.venues().forEach(venue -> all.add(NaiveSearch.text(venue)));
            venuesFound += found.venues().size();
            cursor = Optional.ofNullable(found.nextCursor());
        }
        return all;
    }

    private static SearchRequest after(SearchRequest first, String cursor) {
        return new SearchRequest(
                first.date(),
                first.time(),
                first.party(),
                first.near(),
                first.radiusKm(),
                first.city(),
                first.cuisine(),
                first.limit(),
                cursor.isEmpty() ? Optional.empty() : Optional.of(Cursor.parse(cursor, first.fingerprint())));
    }

    private static SearchRequest wanted(LocalDate date, int limit, Random random) {
        boolean near = random.nextBoolean();
        return new SearchRequest(
                date.plusDays(random.nextInt(3) - 1),
                LocalTime.of(random.nextInt(24), 15 * random.nextInt(4)),
                new PartySize(1 + random.nextInt(4)),
                near ? Optional.of(new Position(10, 179.999)) : Optional.empty(),
                1 + random.nextInt(40),
                near && random.nextBoolean() ? Optional.empty() : Optional.of(SearchKey.of("ville")),
                random.nextInt(3) == 0 ? Optional.of(SearchKey.of("THAI")) : Optional.empty(),
                limit,
                Optional.empty());
    }

    /** On a grid across the date line, so that several share a place and none lies on the rim of a whole radius. */
    private static NaiveVenue venue(int number, LocalDate date, Random random) {
        VenueEvent event = aVenue("v" + number)
                .in(random.nextInt(4) == 0 ? "Elsewhere" : "Ville", ZONES.get(random.nextInt(ZONES.size())))
                .at(10 + random.nextInt(4) * 0.0507, random.nextBoolean() ? 179.95 : -179.95)
                .cooking(random.nextBoolean() ? "Thai" : "French");
        List<NaiveSlot> slots = new ArrayList<>();
        for (int day = -2; day <= 2; day++) {
            slots.addAll(slots(event, date.plusDays(day), random));
        }
        return new NaiveVenue(event, slots);
    }

    private static List<NaiveSlot> slots(VenueEvent venue, LocalDate date, Random random) {
        int first = random.nextInt(24 * 4);
        int count = random.nextInt(12);
        return IntStream.range(first, Math.min(first + count, 32 * 4))
                .mapToObj(quarter -> NaiveSlot.at(venue, date, quarter * 15, random))
                .flatMap(Optional::stream)
                .toList();
    }

    private static List<VenueEvent> events(List<NaiveVenue> world) {
        return world.stream().map(NaiveVenue::event).toList();
    }

    private static List<DayEvent> days(List<NaiveVenue> world) {
        List<DayEvent> days = new ArrayList<>();
        for (NaiveVenue venue : world) {
            venue.slots().stream().map(NaiveSlot::date).distinct().forEach(date -> {
                DayEvent day = aDay(venue.event().venueId(), date.toString());
                for (NaiveSlot slot : venue.slots()) {
                    if (slot.date().equals(date)) {
                        day = day.slot(slot.local().toLocalTime().toString(), slot.start(), slot.leftJson());
                    }
                }
                days.add(day);
            });
        }
        return days;
    }
}
