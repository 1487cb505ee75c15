package io.lasttable.booking.daybook;

import io.lasttable.booking.day.Command;
import io.lasttable.booking.day.Day;
import io.lasttable.booking.day.DayKey;
import io.lasttable.booking.day.DayPlan;
import io.lasttable.booking.day.DayStep;
import io.lasttable.booking.day.Receipt;
import io.lasttable.booking.day.Request;
import io.lasttable.booking.day.WaitlistEntry;
import io.lasttable.booking.venue.VenueId;
import io.lasttable.booking.venue.Venues;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
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
        Asked asked = asked(keys, requests);
        return send(connection, transaction.begin(), LOCK + "for update", nothing(), asked, List.of())
                .map(answers -> loaded(asked, answers, false));
    }

    /** Only days that nobody else has locked, with the notes that their neighbours have left. */
    Uni<Loaded> passing(SqlConnection connection, DayTransaction transaction, DayKey key) {
        Asked asked = asked(DayKey.only(key), List.of());
        Uni<Set<LocalDate>> reached = DayEchoes.take(connection, key.venueId(), key.date());
        return send(connection, transaction.begin(), LOCK + "for update skip locked", reached, asked, List.of())
                .map(answers -> loaded(asked, answers, true));
    }

    Uni<Loaded> look(SqlConnection connection, SortedSet<DayKey> keys, Collection<Request> requests) {
        DayTransaction transaction = new DayTransaction(connection);
        Asked asked = asked(keys, requests);
        return send(connection, transaction.beginLook(), VERSIONS, nothing(), asked, List.of(transaction.end()))
                .onFailure()
                .call(transaction::rollback)
                .map(answers -> loaded(asked, answers, false));
    }

    private static Uni<Set<LocalDate>> nothing() {
        return Uni.createFrom().item(Set.of());
    }

    private Uni<List<Object>> send(
            SqlClient client,
            Uni<?> begin,
            String versions,
            Uni<Set<LocalDate>> reached,
            Asked asked,
            List<Uni<?>> last) {
        VenueId venue = asked.venue();
        LocalDate[] dates = asked.keys().stream().map(DayKey::date).toArray(LocalDate[]::new);
        List<Uni<?>> statements = new ArrayList<>(List.of(
                begin,
                client.preparedQuery(versions).execute(Tuple.of(venue.value(), dates)),
                reached,
                client.preparedQuery(VENUE).execute(Tuple.of(venue.value(), asked.venueVersion())),
                StayRows.load(client, venue, asked.reaches(), asked.named()),
                WaitlistRows.load(client, venue, List.of(dates), asked.named()),
                receipts(client, asked.requests())));
        statements.addAll(last);
        return DayTransaction.together(statements);
    }

    /**
     * What is asked for. How far neighbours' stays reach into a day is a matter of its plan, and the venue's newest version
     * is only known with the answer: the reach is that of the version known here, and an answer of another one is not used.
     *
     * @param venueVersion that the reaches are planned by; 0 when none is known here, and then they are as wide as can be
     */
    private record Asked(
            SortedSet<DayKey> keys,
            long venueVersion,
            List<StayRows.Reach> reaches,
            Collection<Request> requests,
            List<UUID> named) {

        VenueId venue() {
            return keys.first().venueId();
        }
    }

    private Asked asked(SortedSet<DayKey> keys, Collection<Request> requests) {
        long version = plans.newestVersion(keys.first().venueId());
        boolean wide = requests.stream().anyMatch(DayLoad::takesTablesOfBefore);
        List<StayRows.Reach> reaches = new ArrayList<>();
        for (DayKey key : keys) {
            Optional<DayPlan> plan = wide ? Optional.empty() : plans.plan(key.venueId(), version, key.date());
            reaches.addAll(reaches(key.date(), plan));
        }
        List<UUID> named =
                requests.stream().flatMap(r -> r.command().names().stream()).toList();
        return new Asked(keys, version, reaches, requests, named);
    }

    /** All of the date's own stays; of its neighbours', those that its plan, when there is one, lets reach into it. */
    private static List<StayRows.Reach> reaches(LocalDate date, Optional<DayPlan> plan) {
        Instant always = date.minusDays(2).atStartOfDay().toInstant(ZoneOffset.UTC);
        List<StayRows.Reach> reaches = new ArrayList<>();
        reaches.add(new StayRows.Reach(
                date, date.minusDays(1), plan.map(DayPlan::from).orElse(always)));
        reaches.add(new StayRows.Reach(date, date, always));
        if (plan.isEmpty() || plan.get().mayMeetNextDate()) {
            reaches.add(new StayRows.Reach(date, date.plusDays(1), always));
        }
        return reaches;
    }

    /** The turn of a hold that is confirmed was promised by the schedule of its time, which may have been a longer one. */
    private static boolean takesTablesOfBefore(Request request) {
        return request.command() instanceof Command.Confirm || request.command() instanceof Command.Accept;
    }

    private Uni<Map<String, Receipt.Kept>> receipts(SqlClient client, Collection<Request> requests) {
        List<Receipt> asked =
                requests.stream().flatMap(request -> request.receipt().stream()).toList();
        return asked.isEmpty() || receipts.isEmpty()
                ? Uni.createFrom().item(Map.of())
                : receipts.get().find(client, asked);
    }

    @SuppressWarnings("unchecked")
    private Loaded loaded(Asked asked, List<Object> answers, boolean lockedOnly) {
        Map<LocalDate, Long> versions = new HashMap<>();
        String transactionId = "";
        for (Row row : (RowSet<Row>) answers.get(1)) {
            versions.put(row.getLocalDate(0), row.getLong(1));
            transactionId = row.size() > 2 ? row.getString(2) : "";
        }
        Row venue = only(asked.venue(), (RowSet<Row>) answers.get(3));
        StayRows.Read read = (StayRows.Read) answers.get(4);
        List<WaitlistEntry> entries = (List<WaitlistEntry>) answers.get(5);
        SortedMap<LocalDate, Day> days = new TreeMap<>();
        for (DayKey key : asked.keys()) {
            LocalDate date = key.date();
            if (versions.containsKey(date) || !lockedOnly) {
                DayPlan plan = plans.plan(asked.venue(), venue.getLong(0), date, () -> venue.getString(1));
                List<WaitlistEntry> line = entries.stream()
                        .filter(entry -> entry.wish().date().equals(date))
                        .toList();
                days.put(date, Day.load(versions.getOrDefault(date, 0L), plan, read.of(date), read.whole(), line));
            }
        }
        if (asked.venueVersion() != 0 && asked.venueVersion() != venue.getLong(0)) {
            throw new DayPlans.Outdated();
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
