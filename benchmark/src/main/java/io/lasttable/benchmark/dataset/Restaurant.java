package io.lasttable.benchmark.dataset;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A made-up venue: where it is, its floor plan, when it takes guests, and how well it is liked.
 *
 * @param closed the weekday it rests, or null
 * @param liked 0.4 to 1.6: how much of the usual demand comes here
 */
public record Restaurant(
        String venueId,
        City city,
        double lat,
        double lon,
        String cuisine,
        FloorPlan plan,
        boolean lunch,
        boolean late,
        DayOfWeek closed,
        double liked,
        long seed) {

    static final int SMALL_PARTY = 2;
    /** Turn times in quarter hours. */
    static final int SHORT_TURN = 6;

    static final int LONG_TURN = 8;

    private static final int QUARTER = 15;
    private static final int NOON = 12 * 60;
    private static final int[] LUNCH = {NOON, 14 * 60};
    private static final int[] DINNER = {18 * 60, 22 * 60};
    private static final int LATE_LAST = 24 * 60 + 30;
    private static final List<String> CUISINES =
            List.of("italian", "french", "japanese", "indian", "mexican", "thai", "greek", "vegan");

    static Restaurant draw(int number, Random random) {
        City city = City.draw(random);
        double[] place = city.somewhere(random);
        int rank = (int) Math.min(CUISINES.size() - 1, Math.abs(random.nextGaussian()) * 3);
        return new Restaurant(
                "venue-" + number,
                city,
                place[0],
                place[1],
                CUISINES.get(rank),
                FloorPlan.draw(random),
                random.nextBoolean(),
                random.nextInt(10) == 0,
                random.nextInt(3) == 0 ? DayOfWeek.MONDAY : null,
                0.4 + random.nextDouble() * 1.2,
                random.nextLong());
    }

    /** As {@code PUT /v1/venues/{venueId}} takes it and as booking-service publishes it; the version is the first. */
    public String venueJson(int maxDaysAhead) {
        String json = """
                {"venueId":"%s","version":1,"name":"Restaurant %s","timeZone":"%s","city":"%s",\
                "location":{"lat":%.6f,"lon":%.6f},"cuisines":["%s"],"tables":%s,"combinations":%s,\
                "servicePeriods":[%s],"specialDays":[],\
                "bookingWindow":{"maxDaysAhead":%d,"minNotice":"PT30M"}}""";
        return String.format(
                Locale.ROOT,
                json,
                venueId,
                venueId.substring(venueId.indexOf('-') + 1),
                city.zone(),
                city.name(),
                lat,
                lon,
                cuisine,
                plan.tablesJson(),
                plan.combinationsJson(),
                periodsJson(),
                maxDaysAhead);
    }

    /** The day as published after its bookings; its version counts them. Fuller in the evening, at weekends, and where it is liked. */
    public String dayJson(LocalDate date) {
        Random random = new Random(seed * 31 + date.toEpochDay());
        int[] seatings = seatings(date);
        Occupancy day = filled(date, seatings, random);
        String slots = Arrays.stream(seatings)
                .mapToObj(minute -> slot(date, minute, day))
                .filter(slot -> !slot.isEmpty())
                .collect(Collectors.joining(","));
        return "{\"venueId\":\"%s\",\"date\":\"%s\",\"version\":%d,\"minNotice\":\"PT30M\",\"slots\":[%s]}"
                .formatted(venueId, date, 1 + day.bookings(), slots);
    }

    /** Start times of a date, minutes after its midnight. */
    private int[] seatings(LocalDate date) {
        if (date.getDayOfWeek() == closed) {
            return new int[0];
        }
        int lastDinner = late ? LATE_LAST : DINNER[1];
        IntStream dinner = IntStream.rangeClosed(DINNER[0] / QUARTER, lastDinner / QUARTER);
        IntStream noon = IntStream.rangeClosed(LUNCH[0] / QUARTER, LUNCH[1] / QUARTER);
        return (lunch ? IntStream.concat(noon, dinner) : dinner)
                .map(quarter -> quarter * QUARTER)
                .toArray();
    }

    private Occupancy filled(LocalDate date, int[] seatings, Random random) {
        Occupancy day = new Occupancy(plan);
        int parties = (int) (Demand.pressure(date) * liked * plan.tables().size() * 2);
        for (int n = 0; n < parties; n++) {
            int minute = Demand.minute(random);
            int party = Demand.partySize(random);
            if (Arrays.binarySearch(seatings, minute) >= 0) {
                day.book(party, quarter(minute));
            }
        }
        return day;
    }

    /** Empty when a change of the clocks skips that time. */
    private String slot(LocalDate date, int minute, Occupancy day) {
        LocalDateTime local = date.atStartOfDay().plusMinutes(minute);
        ZonedDateTime start = local.atZone(city.zone());
        return start.toLocalDateTime().equals(local)
                ? "{\"time\":\"%s\",\"startsAt\":\"%s\",\"left\":%s}"
                        .formatted(local.toLocalTime(), start.toInstant(), day.left(quarter(minute)))
                : "";
    }

    private static int quarter(int minute) {
        return (minute - NOON) / QUARTER;
    }

    private String periodsJson() {
        List<String> periods = new ArrayList<>();
        if (lunch) {
            periods.add(period("lunch", "12:00", "14:00"));
        }
        periods.add(period("dinner", "18:00", late ? "00:30" : "22:00"));
        return String.join(",", periods);
    }

    private String period(String name, String first, String last) {
        String days = Arrays.stream(DayOfWeek.values())
                .filter(day -> day != closed)
                .map(day -> '"' + day.name().substring(0, 3).toUpperCase(Locale.ROOT) + '"')
                .collect(Collectors.joining(","));
        return """
                {"name":"%s","days":[%s],"firstSeating":"%s","lastSeating":"%s","slotInterval":"PT15M",\
                "turnTimes":[{"upToPartySize":2,"duration":"PT1H30M"},{"upToPartySize":10,"duration":"PT2H"}]}""".formatted(name, days, first, last);
    }
}
