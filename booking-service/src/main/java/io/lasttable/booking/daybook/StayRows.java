package io.lasttable.booking.daybook;

import io.lasttable.booking.day.Reservation;
import io.lasttable.booking.day.Stay;
import io.lasttable.booking.venue.VenueId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What deciding about days reads of reservations, in one statement: of each stay the columns that say who keeps which table
 * when, of neighbouring dates only the stays that reach into the day, and whole reservations only where a step may change
 * them: the day's holds, which it may expire, and those that its commands name.
 */
final class StayRows {

    /**
     * The order of the columns is that of {@link DayRows#reservation}. A hold's guest is looked up, nobody else's. The
     * offset 0 keeps PostgreSQL from joining freely: its generic plan then read every stay and every guest of the venue.
     */
    private static final String LOAD = """
            select r.venue_id, r.id, r.date, r.time, r.starts_at, r.ends_at, r.party_size, r.tables, r.area, r.status,
              r.guest_ref, g.name, g.email, g.phone, r.note, r.channel, r.version, r.day_version, r.expires_at, r.day
            from (
              select r.*, d.day from unnest($2::date[], $3::date[], $4::timestamptz[]) as d(day, date, since), lateral (
                select r.venue_id, r.id, r.date, case when r.status = 'held' then r.time end as time, r.starts_at, r.ends_at,
                  r.party_size, r.tables, case when r.status = 'held' then r.area end as area, r.status,
                  case when r.status = 'held' then r.guest_ref end as guest_ref,
                  case when r.status = 'held' then r.note end as note,
                  case when r.status = 'held' then r.channel end as channel, r.version, r.day_version, r.expires_at
                from reservation r where r.venue_id = $1 and r.status in ('held', 'confirmed', 'seated')
                  and r.date = d.date and r.ends_at > d.since offset 0) as r
              union all
              select r.*, null from unnest($5::uuid[]) as n(id), lateral (
                select r.venue_id, r.id, r.date, r.time, r.starts_at, r.ends_at, r.party_size, r.tables, r.area, r.status,
                  r.guest_ref, r.note, r.channel, r.version, r.day_version, r.expires_at
                from reservation r where r.venue_id = $1 and r.id = n.id offset 0) as r) as r
              left join lateral (
                select g.name, g.email, g.phone from guest g where g.venue_id = r.venue_id and g.ref = r.guest_ref offset 0)
                as g on true
            """;

    private static final int DAY = 19;

    /** Stays of a date that end later than {@code since}, which concern the {@code day}. */
    record Reach(LocalDate day, LocalDate date, Instant since) {}

    /**
     * @param stays by the day that they concern
     * @param whole the days' holds and the reservations that were named
     */
    record Read(Map<LocalDate, List<Stay>> stays, List<Reservation> whole) {

        List<Stay> of(LocalDate day) {
            return stays.getOrDefault(day, List.of());
        }
    }

    private StayRows() {}

    static Uni<Read> load(SqlClient client, VenueId venue, List<Reach> reaches, Collection<UUID> named) {
        return client.preparedQuery(LOAD)
                .execute(Tuple.of(
                        venue.value(),
                        reaches.stream().map(Reach::day).toArray(LocalDate[]::new),
                        reaches.stream().map(Reach::date).toArray(LocalDate[]::new),
                        reaches.stream()
                                .map(reach -> reach.since().atOffset(ZoneOffset.UTC))
                                .toArray(OffsetDateTime[]::new),
                        named.toArray(UUID[]::new)))
                .map(StayRows::read);
    }

    private static Read read(RowSet<Row> rows) {
        Map<LocalDate, List<Stay>> stays = new HashMap<>();
        List<Reservation> whole = new ArrayList<>();
        for (Row row : rows) {
            LocalDate day = row.getLocalDate(DAY);
            if (day != null) {
                stays.computeIfAbsent(day, none -> new ArrayList<>(rows.size())).add(stay(row));
            }
            if (row.getValue(3) != null) {
                whole.add(DayRows.reservation(row));
            }
        }
        return new Read(stays, whole);
    }

    private static Stay stay(Row row) {
        return new Stay(
                row.getUUID(1),
                row.getLocalDate(2),
                List.of(row.getArrayOfStrings(7)),
                row.getOffsetDateTime(4).toInstant(),
                row.getOffsetDateTime(5).toInstant(),
                row.getInteger(6),
                Optional.ofNullable(row.getOffsetDateTime(18)).map(OffsetDateTime::toInstant));
    }
}
