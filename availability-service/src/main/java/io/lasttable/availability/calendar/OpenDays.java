package io.lasttable.availability.calendar;

import io.lasttable.availability.day.Cutoff;
import io.lasttable.availability.day.OfferCode;
import io.lasttable.availability.settings.AvailabilitySettings;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Counts the open slots of a venue's published days: one range of the primary key, no document is read. */
@ApplicationScoped
class OpenDays {

    private static final String RANGE = """
            SELECT date, version, notice_seconds, offers FROM day
             WHERE venue_id = $1 AND date BETWEEN $2 AND $3
               AND NOT EXISTS (SELECT FROM venue WHERE venue_id = $1 AND gone) ORDER BY date""";

    private final Pool pool;
    private final Duration timeout;

    OpenDays(Pool pool, AvailabilitySettings settings) {
        this.pool = pool;
        this.timeout = settings.reads().timeout();
    }

    Uni<List<Calendar.OpenDay>> find(CalendarRequest request, Instant now) {
        return pool.preparedQuery(RANGE)
                .execute(Tuple.of(request.venue().value(), request.from(), request.to()))
                .ifNoItem()
                .after(timeout)
                .fail()
                .map(rows -> count(request, rows, now));
    }

    private static List<Calendar.OpenDay> count(CalendarRequest request, RowSet<Row> rows, Instant now) {
        Cutoff cutoff = Cutoff.at(now);
        List<Calendar.OpenDay> days = new ArrayList<>();
        for (Row row : rows) {
            LocalDate date = row.getLocalDate(0);
            long earliest = cutoff.earliestStart(row.getInteger(2));
            long open = Arrays.stream(row.getArrayOfLongs(3))
                    .filter(code -> OfferCode.isOpenFor(code, request.party()))
                    .filter(code -> OfferCode.startsAt(code, date).getEpochSecond() >= earliest)
                    .count();
            days.add(new Calendar.OpenDay(date.toString(), row.getLong(1), (int) open));
        }
        return days;
    }
}
