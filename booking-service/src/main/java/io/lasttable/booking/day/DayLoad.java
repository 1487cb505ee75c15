package io.lasttable.booking.day;

import io.lasttable.booking.venue.VenueId;
import io.lasttable.booking.venue.Venues;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/** Reads days of one venue, with or without their locks; all statements leave in one go. */
final class DayLoad {

    private static final String LOCK = """
            select date, version, pg_current_xact_id()::text from day where venue_id = $1 and date = any ($2)
            order by date
            """;
    private static final String VERSIONS = "select date, version from day where venue_id = $1 and date = any ($2)";

    /** The document travels only when this replica does not know that version yet. */
    private static final String VENUE =
            "select version, case when version = $2 then null else document::text end from venue where venue_id = $1";

    private final DayPlans plans;
    private final Optional<Receipts> receipts;

    /**
     * What was read.
     *
     * @param open dates that exist as days
     * @param transactionId of PostgreSQL, to ask later what became of it; empty when only looking
     * @param reached dates that a neighbour's step has reached into since they were published; read by {@link #passing} only
     */
    record Loaded(
            SortedMap<LocalDate, Day> days,
            SortedSet<LocalDate> open,
            Map<String, Receipt.Kept> receipts,
            String transactionId,
            Set<LocalDate> reached) {

        /** Fails when something would be written for a day that is not open yet, for example just after midnight. */
        void requireOpen(DayStep step) {
            if (!open.containsAll(step.days().keySet())) {
                throw new DayNotOpen();
            }
        }
    }

    /** The day's row does not exist, so that there is nothing to lock. */
    static final class DayNotOpen extends RuntimeException {
        private static final long serialVersionUID = 1;

        DayNotOpen() {
            super("The day is not open yet", null, false, false);
        }
    }

    DayLoad(DayPlans plans, Optional<Receipts> receipts) {
        this.plans = plans;
        this.receipts = receipts;
    }

    Uni<Loaded> locked(
            SqlConnection connection,
            DayTransaction transaction,
            SortedSet<DayKey> keys,
            Collection<Request> requests) {
        return send(connection, transaction.begin(), LOCK + "for update", nothing(), keys, requests, List.of())
                .map(answers -> loaded(keys, answers, false));
    }

    /** Only days that nobody else has locked, with the notes that their neighbours have left. */
    Uni<Loaded> passing(SqlConnection connection, DayTransaction transaction, DayKey key) {
        Uni<Set<LocalDate>> reached = DayEchoes.take(connection, key.venueId(), key.date());
        return send(
                        connection,
                        transaction.begin(),
                        LOCK + "for update skip locked",
                        reached,
                        DayKey.only(key),
                        List.of(),
                        List.of())
                .map(answers -> loaded(DayKey.only(key), answers, true));
    }

    Uni<Loaded> look(SqlConnection connection, SortedSet<DayKey> keys, Collection<Request> requests) {
        DayTransaction transaction = new DayTransaction(connection);
        return send(
                        connection,
                        transaction.beginLook(),
                        VERSIONS,
                        nothing(),
                        keys,
                        requests,
                        List.of(transaction.end()))
                .onFailure()
                .call(transaction::rollback)
                .map(answers -> loaded(keys, answers, false));
    }

    private static Uni<Set<LocalDate>> nothing() {
        return Uni.createFrom().item(Set.of());
    }

    private Uni<List<Object>> send(
            SqlClient client,
            Uni<?> begin,
            String versions,
            Uni<Set<LocalDate>> reached,
            SortedSet<DayKey> keys,
            Collection<Request> requests,
            List<Uni<?>> last) {
        VenueId venue = keys.first().venueId();
        LocalDate[] dates = keys.stream().map(DayKey::date).toArray(LocalDate[]::new);
        List<UUID> named =
                requests.stream().flatMap(r -> r.command().names().stream()).toList();
        List<Uni<?>> statements = new ArrayList<>(List.of(
                begin,
                client.preparedQuery(versions).execute(Tuple.of(venue.value(), dates)),
                reached,
                client.preparedQuery(VENUE).execute(Tuple.of(venue.value(), plans.newestVersion(venue))),
                DayRows.load(client, venue, around(keys), named),
                WaitlistRows.load(client, venue, List.of(dates), named),
                receipts(client, requests)));
        statements.addAll(last);
        return DayTransaction.together(statements);
    }

    /** A late dinner reaches into the next date. */
    private static SortedSet<LocalDate> around(SortedSet<DayKey> keys) {
        SortedSet<LocalDate> dates = new TreeSet<>();
        keys.forEach(key -> dates.addAll(
                List.of(key.date().minusDays(1), key.date(), key.date().plusDays(1))));
        return dates;
    }

    private Uni<Map<String, Receipt.Kept>> receipts(SqlClient client, Collection<Request> requests) {
        List<Receipt> asked =
                requests.stream().flatMap(request -> request.receipt().stream()).toList();
        return asked.isEmpty() || receipts.isEmpty()
                ? Uni.createFrom().item(Map.of())
                : receipts.get().find(client, asked);
    }

    @SuppressWarnings("unchecked")
    private Loaded loaded(SortedSet<DayKey> keys, List<Object> answers, boolean lockedOnly) {
        Map<LocalDate, Long> versions = new HashMap<>();
        String transactionId = "";
        for (Row row : (RowSet<Row>) answers.get(1)) {
            versions.put(row.getLocalDate(0), row.getLong(1));
            transactionId = row.size() > 2 ? row.getString(2) : "";
        }
        Row venue = only(keys.first().venueId(), (RowSet<Row>) answers.get(3));
        List<Reservation> reservations = (List<Reservation>) answers.get(4);
        List<WaitlistEntry> entries = (List<WaitlistEntry>) answers.get(5);
        SortedMap<LocalDate, Day> days = new TreeMap<>();
        for (DayKey key : keys) {
            if (versions.containsKey(key.date()) || !lockedOnly) {
                DayPlan plan = plans.plan(key.venueId(), venue.getLong(0), key.date(), () -> venue.getString(1));
                List<WaitlistEntry> line = entries.stream()
                        .filter(entry -> entry.wish().date().equals(key.date()))
                        .toList();
                days.put(key.date(), DayBook.assemble(versions.getOrDefault(key.date(), 0L), plan, reservations, line));
            }
        }
        return new Loaded(
                days, new TreeSet<>(versions.keySet()), (Map<String, Receipt.Kept>) answers.get(6), transactionId, (Set<
                                LocalDate>)
                        answers.get(2));
    }

    private static Row only(VenueId venue, RowSet<Row> rows) {
        Iterator<Row> found = rows.iterator();
        if (!found.hasNext()) {
            throw Venues.unknown(venue);
        }
        return found.next();
    }
}
