package io.lasttable.booking.profile;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;

/**
 * Deletes profiles that have not been changed for as long as guests are kept, and whose guests are forgotten. A page of them at a time,
 * each in a statement of its own.
 */
@ApplicationScoped
public class ForgottenProfiles {

    private static final OffsetDateTime BEGINNING = OffsetDateTime.parse("1970-01-01T00:00:00Z");

    private final Pool database;

    ForgottenProfiles(Pool database) {
        this.database = database;
    }

    /** Those that were last changed before this date; how many they were. */
    public Uni<Integer> forgetBefore(LocalDate date) {
        return forget(date.atStartOfDay().atOffset(ZoneOffset.UTC), BEGINNING, new UUID(0, 0));
    }

    private Uni<Integer> forget(OffsetDateTime before, OffsetDateTime after, UUID afterId) {
        return database.preparedQuery(ProfileTable.FORGET)
                .execute(Tuple.of(before, after, afterId))
                .map(rows -> rows.iterator().next())
                .chain(page -> page.getOffsetDateTime(1) == null
                        ? Uni.createFrom().item(page.getInteger(0))
                        : next(before, page).map(more -> page.getInteger(0) + more));
    }

    private Uni<Integer> next(OffsetDateTime before, Row page) {
        return forget(before, page.getOffsetDateTime(1), page.getUUID(2));
    }
}
