package io.lasttable.booking.venue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lasttable.booking.problem.Problem;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Schedules that change: which service periods a date has. */
class SeasonTest {

    private static final VenueId ID = new VenueId("seasons");
    private static final String PERIOD = """
            {"name":"%s","days":[%s],"firstSeating":"18:30","lastSeating":"22:00","slotInterval":"PT30M",
             "turnTimes":[{"upToPartySize":4,"duration":"PT1H30M"}]}""";
    private static final String EVERY_DAY = "\"MON\",\"TUE\",\"WED\",\"THU\",\"FRI\",\"SAT\",\"SUN\"";

    @Test
    void aSeasonIsInPlaceOfTheWeekdaysOnItsDates() {
        Venue venue = venue("\"seasons\":[{\"firstDate\":\"2026-08-03\",\"lastDate\":\"2026-08-23\",\"closed\":true}]");
        assertThat(periods(venue, "2026-08-02")).containsExactly("dinner");
        assertThat(periods(venue, "2026-08-03")).isEmpty();
        assertThat(periods(venue, "2026-08-23")).isEmpty();
        assertThat(periods(venue, "2026-08-24")).containsExactly("dinner");
        assertThat(periods(venue, "2027-08-10")).containsExactly("dinner");
    }

    @Test
    void aYearlySeasonComesBackOverTheNewYearToo() {
        Venue venue = venue("\"seasons\":[{\"firstDate\":\"2026-12-24\",\"lastDate\":\"2027-01-02\",\"yearly\":true,"
                + "\"closed\":true}]");
        assertThat(periods(venue, "2026-01-01")).as("not before it began").containsExactly("dinner");
        assertThat(periods(venue, "2026-12-31")).isEmpty();
        assertThat(periods(venue, "2027-01-02")).isEmpty();
        assertThat(periods(venue, "2027-01-03")).containsExactly("dinner");
        assertThat(periods(venue, "2031-12-24")).isEmpty();
        assertThat(periods(venue, "2032-01-01")).isEmpty();
        Venue leap = venue("\"seasons\":[{\"firstDate\":\"2028-02-29\",\"lastDate\":\"2028-02-29\",\"yearly\":true,"
                + "\"closed\":true}]");
        assertThat(periods(leap, "2029-02-28")).isEmpty();
        assertThat(periods(leap, "2032-02-29")).isEmpty();
        assertThat(periods(leap, "2032-02-28")).containsExactly("dinner");
    }

    @Test
    void theFirstSeasonCountsAndASpecialDayBeforeAll() {
        Venue venue = venue("""
                "seasons":[{"firstDate":"2026-12-31","lastDate":"2026-12-31","servicePeriods":[%s]},
                           {"firstDate":"2026-12-20","lastDate":"2027-01-06","servicePeriods":[%s,%s]}],
                "specialDays":[{"date":"2026-12-25","closed":true}]""".formatted(
                        period("gala", ""),
                        period("holiday", ""),
                        period("sunday", "\"SUN\"").replace("18:30", "11:00").replace("22:00", "13:00")));
        assertThat(periods(venue, "2026-12-31")).containsExactly("gala");
        assertThat(periods(venue, "2026-12-25")).isEmpty();
        assertThat(periods(venue, "2026-12-26")).containsExactly("holiday");
        assertThat(periods(venue, "2026-12-27")).containsExactly("holiday", "sunday");
    }

    @Test
    void aScheduleTakesEffectFromItsDateOn() {
        Venue venue = venue(
                "\"schedules\":[{\"from\":\"2027-03-01\",\"servicePeriods\":[%s]},{\"from\":\"2027-01-15\",\"servicePeriods\":[]}]"
                        .formatted(period("spring", EVERY_DAY)));
        assertThat(periods(venue, "2027-01-14")).containsExactly("dinner");
        assertThat(periods(venue, "2027-01-15")).isEmpty();
        assertThat(periods(venue, "2027-03-01")).containsExactly("spring");
        assertThat(VenueJson.stored(VenueJson.write(venue))).isEqualTo(venue);
    }

    @Test
    void whatCannotBeIsRefused() {
        refused(
                "\"seasons\":[{\"firstDate\":\"2026-08-03\",\"lastDate\":\"2026-08-02\",\"closed\":true}]",
                "/seasons/0/lastDate");
        refused(
                "\"seasons\":[{\"firstDate\":\"2026-08-03\",\"lastDate\":\"2027-08-03\",\"closed\":true}]",
                "/seasons/0/lastDate");
        refused(
                "\"seasons\":[{\"firstDate\":\"2026-08-03\",\"lastDate\":\"2026-08-04\",\"servicePeriods\":[%s,%s]}]"
                        .formatted(period("a", "\"MON\""), period("b", "")),
                "/seasons/0/servicePeriods/1");
        refused(
                "\"schedules\":[{\"from\":\"2027-03-01\",\"servicePeriods\":[%s]}]".formatted(period("a", "")),
                "/schedules/0/servicePeriods/0/days");
        refused(
                "\"schedules\":[{\"from\":\"2027-03-01\",\"servicePeriods\":[]},{\"from\":\"2027-03-01\",\"servicePeriods\":[]}]",
                "/schedules/1/from");
        refused("\"sameGuest\":\"never\"", "/sameGuest");
    }

    private static void refused(String member, String pointer) {
        assertThatThrownBy(() -> venue(member))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.getMessage()).contains(pointer));
    }

    private static List<String> periods(Venue venue, String date) {
        return venue.servicePeriods(LocalDate.parse(date)).stream()
                .map(ServicePeriod::name)
                .toList();
    }

    private static String period(String name, String days) {
        return PERIOD.formatted(name, days);
    }

    private static Venue venue(String member) {
        return VenueJson.read(ID, """
                {"name":"Chez Nous","timeZone":"Europe/Paris","tables":[{"id":"T1","minCovers":1,"maxCovers":2}],
                 "servicePeriods":[%s],%s}""".formatted(period("dinner", EVERY_DAY), member));
    }
}
