package io.lasttable.availability.projection;

import io.lasttable.availability.day.DayKey;
import io.lasttable.availability.settings.AvailabilitySettings;
import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * Removes days before the venue's yesterday; yesterday's service may still run, past midnight. Every replica does it, in
 * small statements that step around each other's rows. Days of venues that are not known count by the zone furthest behind.
 */
@ApplicationScoped
class Retention {

    private static final String ZONES = "SELECT DISTINCT time_zone FROM venue";
    private static final String REMOVE = """
            DELETE FROM day WHERE (venue_id, date) IN (
              SELECT d.venue_id, d.date FROM day d LEFT JOIN venue v ON v.venue_id = d.venue_id
                LEFT JOIN unnest($1::text[], $2::date[]) AS z(zone, oldest) ON z.zone = v.time_zone
               WHERE d.date < $3 AND d.date < coalesce(z.oldest, $4)
               LIMIT $5 FOR UPDATE OF d SKIP LOCKED)""";

    private static final Duration LONGEST_SWEEP = Duration.ofMinutes(10);

    private final Pool pool;
    private final AvailabilitySettings settings;
    private final Clock clock;
    private Cancellable running = () -> {};

    Retention(Pool pool, AvailabilitySettings settings, Clock clock) {
        this.pool = pool;
        this.settings = settings;
        this.clock = clock;
    }

    void start(@Observes StartupEvent event) {
        if (settings.feed().enabled()) {
            running = Multi.createFrom()
                    .ticks()
                    .every(settings.retention().interval())
                    .onOverflow()
                    .drop()
                    .onItem()
                    .transformToUniAndConcatenate(tick -> sweepInTime())
                    .subscribe()
                    .with(
                            removed -> Log.debugf("%d days that are over were removed", removed),
                            failure -> Log.error("Days that are over are no longer removed", failure));
        }
    }

    void stop(@Observes ShutdownEvent event) {
        running.cancel();
    }

    private Uni<Integer> sweepInTime() {
        return Uni.createFrom()
                .deferred(this::sweep)
                .ifNoItem()
                .after(LONGEST_SWEEP)
                .fail()
                .onFailure()
                .recoverWithItem(Retention::failed);
    }

    /** Removes all that is over now; how many days that were. */
    Uni<Integer> sweep() {
        Instant now = clock.instant();
        return pool.query(ZONES).execute().map(rows -> values(rows, now)).chain(this::remove);
    }

    private Uni<Integer> remove(Tuple values) {
        return pool.preparedQuery(REMOVE)
                .execute(values)
                .map(RowSet::rowCount)
                .chain(removed -> removed < settings.retention().batch()
                        ? Uni.createFrom().item(removed)
                        : remove(values).map(more -> removed + more));
    }

    private Tuple values(RowSet<Row> rows, Instant now) {
        List<String> zones = new ArrayList<>();
        List<LocalDate> oldest = new ArrayList<>();
        LocalDate newest = DayKey.oldestKeptAnywhere(now);
        for (Row row : rows) {
            LocalDate kept = oldestKept(row.getString(0), now);
            zones.add(row.getString(0));
            oldest.add(kept);
            newest = kept.isAfter(newest) ? kept : newest;
        }
        return Tuple.tuple()
                .addArrayOfString(zones.toArray(String[]::new))
                .addArrayOfLocalDate(oldest.toArray(LocalDate[]::new))
                .addLocalDate(newest)
                .addLocalDate(DayKey.oldestKeptAnywhere(now))
                .addInteger(settings.retention().batch());
    }

    /** A zone that this JDK does not know, as one newer than it, counts as the zone furthest behind. */
    private static LocalDate oldestKept(String zone, Instant now) {
        try {
            return DayKey.oldestKept(LocalDate.ofInstant(now, ZoneId.of(zone)));
        } catch (DateTimeException e) {
            return DayKey.oldestKeptAnywhere(now);
        }
    }

    private static int failed(Throwable failure) {
        Log.warnf("Days that are over were not removed and will be next time: %s", failure.toString());
        return 0;
    }
}
