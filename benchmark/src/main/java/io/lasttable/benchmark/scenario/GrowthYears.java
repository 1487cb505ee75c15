package io.lasttable.benchmark.scenario;

import io.lasttable.benchmark.bed.BenchVenue;
import io.lasttable.benchmark.bed.HttpOutcome;
import io.lasttable.benchmark.bed.Pace;
import io.lasttable.benchmark.bed.Requests;
import io.lasttable.benchmark.bed.Scenario;
import io.lasttable.benchmark.bed.Testbed;
import io.lasttable.benchmark.report.Findings;
import io.lasttable.local.Service;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** A database that has been in use for years: five of them of ten venues, one of which has half of all reservations. */
public final class GrowthYears implements Scenario {

    private static final int VENUES = 10;
    private static final int TABLES = 20;
    private static final int CLIENTS = 4;
    private static final int BOOKINGS = 400;
    private static final int LOOKS = 200;
    private static final String STORED = "stored reservations";
    private static final String LARGE = "/v1/venues/years-0/";

    private static final String DAYS = """
            insert into day (venue_id, date, version, closed)
            select 'years-' || venue, current_date - 2 - past, 2, true
            from generate_series(0, 9) venue, generate_series(1, 1825) past
            on conflict do nothing
            """;

    /** With their guests; each has been here once, and every fortieth was never told to have come. */
    private static final String PAST = """
            with past as (
              insert into reservation (venue_id, id, date, time, starts_at, ends_at, party_size, tables, status, guest_ref, version,
                day_version, created_at)
              select 'years-' || case when n %% 2 = 0 then 0 else 1 + n %% 9 end, gen_random_uuid(), at::date, at::time, at, at + interval '90 minutes', 2,
                array['T' || n %% 10], case when n %% 40 = 0 then 'confirmed' when n %% 5 = 0 then 'cancelled' else 'finished' end,
                gen_random_uuid(), 3, 3, at - interval '9 days'
              from generate_series(%1$d, %2$d) n, lateral (
                select (current_date - 3 - n %% 1825)::timestamp at time zone 'utc' + interval '12 hours' + n %% 20 * interval '30 minutes' as at) as t
              returning venue_id, guest_ref)
            insert into guest (venue_id, ref, name, email, email_key, phone)
            select venue_id, guest_ref, 'Guest ' || n, 'g' || n || '@example.org', 'g' || n || '@example.org', '+331' || lpad(n::text, 8, '0')
            from (select *, %1$d - 1 + row_number() over () as n from past) as numbered
            """;

    @Override
    public String name() {
        return "growth-years";
    }

    @Override
    public String question() {
        return "How the times of bookings, pages, searches, the calendar and a change of schedule grow with five years of"
                + " reservations, half of them of one venue, which is the one that is asked; filled by SQL, " + CLIENTS
                + " clients.";
    }

    @Override
    public void run(Testbed bed, Findings found) throws Exception {
        bed.freshPlatform(bed.standard()
                .withEnvironment(Service.BOOKING, Map.of("LASTTABLE_LIMITS_GUEST_QUESTIONS_PER_MINUTE", "1000000")));
        SpreadBookings.warmUp(bed, found);
        List<BenchVenue> venues = BenchVenue.many("years", VENUES, TABLES, 30);
        bed.api().publish(venues);
        Requests bookings =
                Requests.filling(venues.subList(0, 1), new Random(bed.effort().seed()));
        int stored = 0;
        List<Integer> steps = List.of(0, 10_000, 100_000, bed.effort().size(1_000_000, 200_000));
        for (int step = 0; step < steps.size(); step++) {
            fill(bed, stored + 1, steps.get(step));
            stored = Math.max(stored, steps.get(step));
            if (step == 0) {
                measure(bed, new Findings("warm-up", ""), bookings.part(0, BOOKINGS), 0, TABLES + 1);
            }
            measure(bed, found, bookings.part((step + 1) * BOOKINGS, BOOKINGS), stored, TABLES + 2 + step);
        }
    }

    private static void fill(Testbed bed, int from, int to) throws SQLException {
        try (Connection database = DriverManager.getConnection(bed.jdbc("booking"), "postgres", "");
                Statement statement = database.createStatement()) {
            int days = statement.executeUpdate(DAYS);
            int guests = statement.executeUpdate(PAST.formatted(from, to));
            assert days >= 0 && guests == Math.max(0, to - from + 1);
        }
        bed.vacuum("booking");
    }

    /** @param tables what the large venue has after its change of schedule: each time more, so that nobody is in the way */
    private static void measure(Testbed bed, Findings found, Requests bookings, int stored, int tables)
            throws Exception {
        HttpOutcome booked = bed.send(Service.BOOKING, bookings, Pace.closed(CLIENTS));
        tell(found, "booking", booked, "book", stored);
        LocalDate past = LocalDate.now(ZoneOffset.UTC).minusDays(400);
        String phone = "%2B331" + String.format("%08d", Math.max(1, stored / 2));
        look(bed, found, "a page of the past", "reservations?from=" + past + "&limit=50", stored);
        look(bed, found, "a page of a status", "reservations?status=cancelled&limit=50", stored);
        look(bed, found, "an evening", "reservations?date=" + past, stored);
        look(bed, found, "by phone", "reservations?phone=" + phone, stored);
        look(bed, found, "by a name that nobody has, a year", "reservations?q=nobody&from=" + past, stored);
        look(
                bed,
                found,
                "changed since yesterday",
                "reservations?updatedSince=" + past.plusDays(399) + "T00:00:00Z",
                stored);
        look(bed, found, "calendar", "reservations.ics", stored);
        long began = System.nanoTime();
        var answer = bed.api().replace(new BenchVenue("years-0", tables, 30));
        if (answer.statusCode() != 200) {
            throw new IllegalStateException("The venue could not be changed: " + answer.body());
        }
        found.point("a change of schedule", STORED, "ms", stored, (System.nanoTime() - began) / 1e6);
    }

    private static void look(Testbed bed, Findings found, String what, String path, int stored) throws Exception {
        Requests looks = new Requests();
        IntStream.range(0, LOOKS).forEach(i -> looks.get("look", LARGE + path));
        HttpOutcome seen = bed.send(Service.BOOKING, looks, Pace.closed(CLIENTS));
        if (seen.count("look", 200) != LOOKS) {
            throw new IllegalStateException(what + ": " + seen.statuses());
        }
        tell(found, what, seen, "look", stored);
    }

    private static void tell(Findings found, String what, HttpOutcome outcome, String label, int stored) {
        found.point(what + ", p50", STORED, "ms", stored, outcome.latency(label, "p50"));
        found.point(what + ", p99", STORED, "ms", stored, outcome.latency(label, "p99"));
    }
}
