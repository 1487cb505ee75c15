package io.lasttable.booking.venue;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A venue as its owner published it; immutable, a replacement has the next {@code version}.
 *
 * @param group that it shares its guests' profiles with
 * @param turnBuffer how long a table is made ready between two parties
 * @param phone for guests, E.164
 */
public record Venue(
        VenueId id,
        long version,
        String name,
        ZoneId timeZone,
        Optional<String> city,
        Optional<Location> location,
        List<String> cuisines,
        List<Table> tables,
        List<Combination> combinations,
        List<ServicePeriod> servicePeriods,
        List<SpecialDay> specialDays,
        BookingWindow bookingWindow,
        List<Season> seasons,
        List<Schedule> schedules,
        SameGuest sameGuest,
        GuestChanges guestChanges,
        Optional<String> group,
        Duration turnBuffer,
        Optional<String> phone) {

    public Venue {
        cuisines = List.copyOf(cuisines);
        tables = List.copyOf(tables);
        combinations = List.copyOf(combinations);
        servicePeriods = List.copyOf(servicePeriods);
        specialDays = List.copyOf(specialDays);
        seasons = List.copyOf(seasons);
        schedules = List.copyOf(schedules);
    }

    public Venue withVersion(long next) {
        return new Venue(
                id,
                next,
                name,
                timeZone,
                city,
                location,
                cuisines,
                tables,
                combinations,
                servicePeriods,
                specialDays,
                bookingWindow,
                seasons,
                schedules,
                sameGuest,
                guestChanges,
                group,
                turnBuffer,
                phone);
    }

    /**
     * The service periods of a date: those of the special day when there is one, else those of the first season that has the
     * date, else those that the newest schedule by then has for the weekday.
     */
    public List<ServicePeriod> servicePeriods(LocalDate date) {
        return specialDays.stream()
                .filter(special -> special.date().equals(date))
                .findFirst()
                .map(special -> special.closed() ? List.<ServicePeriod>of() : special.servicePeriods())
                .or(() -> seasons.stream()
                        .filter(season -> season.has(date))
                        .findFirst()
                        .map(season -> season.closed() ? List.of() : season.on(date)))
                .orElseGet(() -> weekly(date).stream()
                        .filter(period -> period.days().contains(date.getDayOfWeek()))
                        .toList());
    }

    /** When a service takes no more bookings on its own date, by the venue's clock. */
    public Optional<LocalTime> sameDayCutoff(ServicePeriod period) {
        return period.sameDayCutoff().or(bookingWindow::sameDayCutoff);
    }

    private List<ServicePeriod> weekly(LocalDate date) {
        return schedules.stream()
                .filter(schedule -> !schedule.from().isAfter(date))
                .max(Comparator.comparing(Schedule::from))
                .map(Schedule::servicePeriods)
                .orElse(servicePeriods);
    }

    /** Those of all dates. */
    public Stream<ServicePeriod> allServicePeriods() {
        return Stream.of(
                        Stream.of(servicePeriods),
                        specialDays.stream().map(SpecialDay::servicePeriods),
                        seasons.stream().map(Season::servicePeriods),
                        schedules.stream().map(Schedule::servicePeriods))
                .flatMap(lists -> lists)
                .flatMap(List::stream);
    }

    /** Whether every date is the same as in another version, but for its service periods and whether it is in the window. */
    public boolean hasSameHouse(Venue other) {
        return timeZone.equals(other.timeZone)
                && seating().equals(other.seating())
                && combinations.equals(other.combinations)
                && turnBuffer.equals(other.turnBuffer)
                && bookingWindow.sameDayCutoff().equals(other.bookingWindow.sameDayCutoff())
                && bookingWindow.minNotice().equals(other.bookingWindow.minNotice());
    }

    /** Whether some date ends what it offers before its services do. */
    public boolean cutsOff() {
        return bookingWindow.sameDayCutoff().isPresent()
                || allServicePeriods().anyMatch(period -> period.sameDayCutoff().isPresent());
    }

    private List<Table> seating() {
        return tables.stream().map(Table::seating).toList();
    }

    /** Everything a party can be given, single tables first, both in floor-plan order. */
    public Stream<TableOption> tableOptions() {
        return Stream.concat(tables.stream(), combinations.stream());
    }

    public int largestParty() {
        return tableOptions().mapToInt(TableOption::maxCovers).max().orElse(0);
    }

    public LocalDate today(Instant now) {
        return LocalDate.ofInstant(now, timeZone);
    }

    /** The last date that guests may book today. */
    public LocalDate lastBookableDate(Instant now) {
        return today(now).plusDays(bookingWindow.maxDaysAhead());
    }

    public Optional<Table> table(String tableId) {
        return tables.stream().filter(table -> table.id().equals(tableId)).findFirst();
    }
}
