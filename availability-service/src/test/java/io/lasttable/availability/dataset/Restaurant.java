package io.lasttable.availability.dataset;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A made-up venue: a floor plan, lunch and dinner or dinner alone, and how full it gets.
 *
 * @param tables how many tables seat up to 2, 4, 6 and 10
 */
public record Restaurant(
        String venueId,
        City city,
        double lat,
        double lon,
        String cuisine,
        List<Integer> tables,
        boolean lunch,
        long seed) {

    private static final int[] SEATS = {2, 4, 6, 10};
    private static final Duration INTERVAL = Duration.ofMinutes(15);

    static Restaurant draw(int number, Random random) {
        City city = City.draw(random);
        double[] place = city.somewhere(random);
        List<String> cuisines = List.of("italian", "french", "japanese", "indian", "mexican", "thai", "greek", "vegan");
        int rank = (int) Math.min(cuisines.size() - 1, Math.abs(random.nextGaussian()) * 3);
        List<Integer> tables =
                List.of(4 + random.nextInt(8), 3 + random.nextInt(10), random.nextInt(5), random.nextInt(2));
        String id = "venue-" + number;
        return new Restaurant(
                id, city, place[0], place[1], cuisines.get(rank), tables, random.nextBoolean(), random.nextLong());
    }

    /** As booking-service takes and publishes it (the version is the first). */
    public String venueJson() {
        return """
                {"venueId":"%s","version":1,"name":"Restaurant %s","timeZone":"%s","city":"%s","location":{"lat":%.6f,"lon":%.6f},
                 "cuisines":["%s"],"tables":[%s],"combinations":[],"servicePeriods":[%s],"specialDays":[],
                 "bookingWindow":{"maxDaysAhead":90,"minNotice":"PT30M"}}""".formatted(
                        venueId, venueId, city.zone(), city.name(), lat, lon, cuisine, tablesJson(), periodsJson());
    }

    /** A day as published after many bookings: fuller towards eight in the evening and at weekends. */
    public String dayJson(LocalDate date) {
        Random random = new Random(seed * 31 + date.toEpochDay());
        List<String> slots = new ArrayList<>();
        if (lunch) {
            slots.addAll(slots(date, LocalTime.NOON, 9, random));
        }
        slots.addAll(slots(date, LocalTime.of(18, 0), 17, random));
        return "{\"venueId\":\"%s\",\"date\":\"%s\",\"version\":%d,\"minNotice\":\"PT30M\",\"slots\":[%s]}"
                .formatted(venueId, date, 1 + random.nextInt(80), String.join(",", slots));
    }

    private List<String> slots(LocalDate date, LocalTime first, int count, Random random) {
        return IntStream.range(0, count)
                .mapToObj(n -> date.atTime(first).plus(INTERVAL.multipliedBy(n)).atZone(city.zone()))
                .map(start -> "{\"time\":\"%s\",\"startsAt\":\"%s\",\"left\":{%s}}"
                        .formatted(start.toLocalTime(), start.toInstant(), left(start, random)))
                .toList();
    }

    private String left(ZonedDateTime start, Random random) {
        double hoursFromPeak = Math.abs(start.getHour() + start.getMinute() / 60.0 - 20);
        boolean weekend = start.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) >= 0;
        double full = (weekend ? 0.98 : 0.75) * Math.exp(-hoursFromPeak * hoursFromPeak / 12);
        int[] free = new int[SEATS.length];
        for (int kind = 0; kind < SEATS.length; kind++) {
            for (int table = 0; table < tables.get(kind); table++) {
                free[kind] += random.nextDouble() > full ? 1 : 0;
            }
        }
        return IntStream.rangeClosed(1, 10)
                .mapToObj(party -> new int[] {party, seating(party, free)})
                .filter(pair -> pair[1] > 0)
                .map(pair -> "\"%d\":%d".formatted(pair[0], pair[1]))
                .collect(Collectors.joining(","));
    }

    private static int seating(int party, int[] free) {
        return IntStream.range(0, SEATS.length)
                .filter(kind -> SEATS[kind] >= party && SEATS[kind] <= 2 * party + 1)
                .map(kind -> free[kind])
                .sum();
    }

    private String tablesJson() {
        List<String> all = new ArrayList<>();
        for (int kind = 0; kind < SEATS.length; kind++) {
            for (int table = 0; table < tables.get(kind); table++) {
                all.add("{\"id\":\"T%d\",\"minCovers\":%d,\"maxCovers\":%d}"
                        .formatted(all.size() + 1, SEATS[kind] / 2, SEATS[kind]));
            }
        }
        return String.join(",", all);
    }

    private String periodsJson() {
        String dinner = period("dinner", "18:00", "22:00");
        return lunch ? period("lunch", "12:00", "14:00") + "," + dinner : dinner;
    }

    private static String period(String name, String first, String last) {
        return """
                {"name":"%s","days":["MON","TUE","WED","THU","FRI","SAT","SUN"],"firstSeating":"%s","lastSeating":"%s",
                 "slotInterval":"PT15M","turnTimes":[{"upToPartySize":2,"duration":"PT1H30M"},{"upToPartySize":10,"duration":"PT2H"}]}""".formatted(name, first, last);
    }
}
