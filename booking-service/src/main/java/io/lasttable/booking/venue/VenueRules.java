package io.lasttable.booking.venue;

import io.lasttable.booking.json.Mistakes;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The rules between fields of a venue whose fields are well-formed one by one. */
final class VenueRules {

    /** Whether periods must say on which weekdays they run, may, or run whatever they say. */
    private enum Weekdays {
        NEEDED,
        OPTIONAL,
        IGNORED
    }

    private VenueRules() {}

    static void check(Venue venue, Mistakes mistakes) {
        if (venue.tables().isEmpty()) {
            mistakes.add("/tables", "at least one table is needed");
        }
        checkTables(venue, mistakes);
        checkCombinations(venue, mistakes);
        checkPeriods(venue, venue.servicePeriods(), "/servicePeriods", Weekdays.NEEDED, mistakes);
        checkSpecialDays(venue, mistakes);
        checkSeasons(venue, mistakes);
        checkSchedules(venue, mistakes);
    }

    private static void checkTables(Venue venue, Mistakes mistakes) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < venue.tables().size(); i++) {
            Table table = venue.tables().get(i);
            String at = "/tables/" + i;
            if (!seen.add(table.id())) {
                mistakes.add(at + "/id", "another table has the id " + table.id());
            }
            checkCovers(table, at, mistakes);
        }
    }

    private static void checkCombinations(Venue venue, Mistakes mistakes) {
        Set<Set<String>> seen = new HashSet<>();
        for (int i = 0; i < venue.combinations().size(); i++) {
            Combination combination = venue.combinations().get(i);
            String at = "/combinations/" + i;
            checkCovers(combination, at, mistakes);
            if (!seen.add(Set.copyOf(combination.tables()))) {
                mistakes.add(at + "/tables", "another combination has the same tables");
            }
            checkChairs(venue, combination, at, mistakes);
            if (combination.tables().size() < 2
                    || new HashSet<>(combination.tables()).size()
                            != combination.tables().size()) {
                mistakes.add(at + "/tables", "must name at least two different tables");
            }
            for (int t = 0; t < combination.tables().size(); t++) {
                if (venue.table(combination.tables().get(t)).isEmpty()) {
                    mistakes.add(
                            at + "/tables/" + t,
                            "no table has the id " + combination.tables().get(t));
                }
            }
        }
    }

    /** Tables that are pushed together may lose chairs, but gain none. */
    private static void checkChairs(Venue venue, Combination combination, String at, Mistakes mistakes) {
        int chairs = combination.tables().stream()
                .distinct()
                .flatMap(id -> venue.table(id).stream())
                .mapToInt(Table::maxCovers)
                .sum();
        boolean known =
                combination.tables().stream().allMatch(id -> venue.table(id).isPresent());
        if (known && combination.maxCovers() > chairs) {
            mistakes.add(at + "/maxCovers", "must be at most " + chairs + ", what its tables seat one by one");
        }
    }

    private static void checkCovers(TableOption option, String at, Mistakes mistakes) {
        if (option.minCovers() > option.maxCovers()) {
            mistakes.add(at + "/minCovers", "must be at most maxCovers, " + option.maxCovers());
        }
    }

    private static void checkPeriods(
            Venue venue, List<ServicePeriod> periods, String at, Weekdays weekdays, Mistakes mistakes) {
        for (int i = 0; i < periods.size(); i++) {
            ServicePeriod period = periods.get(i);
            if (weekdays == Weekdays.NEEDED && period.days().isEmpty()) {
                mistakes.add(at + "/" + i + "/days", "must name at least one weekday");
            }
            checkTurnTimes(period.turnTimes(), at + "/" + i + "/turnTimes", mistakes);
            checkFloorPlan(venue, period.floorPlan(), at + "/" + i + "/floorPlan", mistakes);
            for (int j = 0; j < i; j++) {
                ServicePeriod other = periods.get(j);
                boolean sameDay = weekdays == Weekdays.IGNORED
                        || period.days().isEmpty()
                        || other.days().isEmpty()
                        || other.days().stream().anyMatch(period.days()::contains);
                if (sameDay && period.overlaps(other)) {
                    mistakes.add(at + "/" + i, "overlaps the period " + other.name());
                }
            }
        }
    }

    private static void checkFloorPlan(Venue venue, FloorPlan plan, String at, Mistakes mistakes) {
        for (int i = 0; i < plan.areas().size(); i++) {
            Optional<String> area = Optional.of(plan.areas().get(i));
            if (venue.tables().stream().noneMatch(table -> table.area().equals(area))) {
                mistakes.add(at + "/areas/" + i, "no table is in the area " + area.get());
            }
        }
        for (int i = 0; i < plan.tables().size(); i++) {
            if (venue.table(plan.tables().get(i)).isEmpty()) {
                mistakes.add(
                        at + "/tables/" + i,
                        "no table has the id " + plan.tables().get(i));
            }
        }
    }

    private static void checkTurnTimes(List<TurnTime> turns, String at, Mistakes mistakes) {
        if (turns.isEmpty()) {
            mistakes.add(at, "at least one turn time is needed");
        }
        for (int i = 1; i < turns.size(); i++) {
            if (turns.get(i).upToPartySize() <= turns.get(i - 1).upToPartySize()) {
                mistakes.add(at + "/" + i + "/upToPartySize", "must rise from entry to entry");
            }
        }
    }

    private static void checkSpecialDays(Venue venue, Mistakes mistakes) {
        Set<Object> seen = new HashSet<>();
        for (int i = 0; i < venue.specialDays().size(); i++) {
            SpecialDay special = venue.specialDays().get(i);
            String at = "/specialDays/" + i;
            if (!seen.add(special.date())) {
                mistakes.add(at + "/date", "another special day has this date");
            }
            if (special.closed() && !special.servicePeriods().isEmpty()) {
                mistakes.add(at + "/servicePeriods", "a closed day has none");
            }
            checkPeriods(venue, special.servicePeriods(), at + "/servicePeriods", Weekdays.IGNORED, mistakes);
        }
    }

    private static void checkSeasons(Venue venue, Mistakes mistakes) {
        for (int i = 0; i < venue.seasons().size(); i++) {
            Season season = venue.seasons().get(i);
            String at = "/seasons/" + i;
            if (season.lastDate().isBefore(season.firstDate())
                    || !season.lastDate().isBefore(season.firstDate().plusYears(1))) {
                mistakes.add(at + "/lastDate", "must be firstDate or later, and less than a year later");
            }
            if (season.closed() && !season.servicePeriods().isEmpty()) {
                mistakes.add(at + "/servicePeriods", "a closed season has none");
            }
            checkPeriods(venue, season.servicePeriods(), at + "/servicePeriods", Weekdays.OPTIONAL, mistakes);
        }
    }

    private static void checkSchedules(Venue venue, Mistakes mistakes) {
        Set<Object> seen = new HashSet<>();
        for (int i = 0; i < venue.schedules().size(); i++) {
            Schedule schedule = venue.schedules().get(i);
            String at = "/schedules/" + i;
            if (!seen.add(schedule.from())) {
                mistakes.add(at + "/from", "another schedule takes effect on this date");
            }
            checkPeriods(venue, schedule.servicePeriods(), at + "/servicePeriods", Weekdays.NEEDED, mistakes);
        }
    }
}
