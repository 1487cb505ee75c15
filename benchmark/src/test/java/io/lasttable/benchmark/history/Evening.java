package io.lasttable.benchmark.history;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.lasttable.benchmark.history.Operation.Done;
import io.lasttable.benchmark.history.Operation.Kind;
import io.lasttable.benchmark.history.Operation.Outcome;
import io.lasttable.benchmark.history.Operation.Refused;
import io.lasttable.benchmark.history.Watcher.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A history in the making, of one venue with one table: times are seconds, and what is done goes everywhere as it should
 * unless a test spoils it.
 */
final class Evening {

    static final DayKey DAY = new DayKey("venue", "2026-11-28");
    static final Instant SEVEN = Instant.parse("2026-11-28T19:00:00Z");
    static final Duration PROMISE = Duration.ofSeconds(5);

    final List<Operation> operations = new ArrayList<>();
    final List<Change> published = new ArrayList<>();
    final List<Long> publishedDay = new ArrayList<>(List.of(1L));
    final Map<String, Change> stored = new HashMap<>();
    final Map<String, Integer> made = new HashMap<>();
    final List<Watcher> watchers = new ArrayList<>();
    Map<String, String> document = Map.of("19:00", "{}");
    long version = 1;
    long readSide = 1;

    /** Booked at a table, from a second to another. */
    @CanIgnoreReturnValue
    Change booked(String id, String table, int began, int ended) {
        Change change = next(id, "confirmed", 1, table);
        spread(change);
        made.put(id, 1);
        asked(Kind.BOOK, id, began, ended, new Done(change));
        return change;
    }

    @CanIgnoreReturnValue
    Change cancelled(Change before, int began, int ended) {
        Change change = next(
                before.id(), "cancelled", before.version() + 1, before.tables().get(0));
        spread(change);
        asked(Kind.CANCEL, "cancel-" + before.id(), began, ended, new Done(change));
        return change;
    }

    void refused(String key, long sawVersion, int began, int ended) {
        asked(Kind.BOOK, key, began, ended, new Refused(sawVersion));
    }

    void asked(Kind kind, String key, int began, int ended, Outcome outcome) {
        operations.add(new Operation(
                key, "client", kind, DAY, SEVEN, SEVEN.plusSeconds(5_400), at(began), at(ended), outcome));
    }

    /** A change that has a place in no list yet. */
    Change next(String id, String status, long ofReservation, String table) {
        version++;
        return new Change(id, DAY, status, ofReservation, version, SEVEN, SEVEN.plusSeconds(5_400), List.of(table));
    }

    void spread(Change change) {
        published.add(change);
        publishedDay.add(change.dayVersion());
        stored.put(change.id(), change);
        readSide = change.dayVersion();
    }

    void watched(Moment... moments) {
        watchers.add(new Watcher("watcher", DAY, true, List.of(moments), document));
    }

    void read(Moment... moments) {
        watchers.add(new Watcher("reader", DAY, false, List.of(moments), document));
    }

    static Moment frame(int second, long version) {
        return new Moment(at(second), version, true, true, false, at(second));
    }

    static Moment told(int second, long version, boolean sure) {
        return new Moment(at(second), version, sure, false, false, at(second));
    }

    /** The first word after the connection had been silent. */
    static Moment toldAfterSilence(int second, long version, boolean sure, int silentSince) {
        return new Moment(at(second), version, sure, false, false, at(silentSince));
    }

    static long at(int second) {
        return TimeUnit.SECONDS.toNanos(second);
    }

    List<String> violations(Rule rule) {
        return rule.violations(history());
    }

    History history() {
        return new History(
                1,
                PROMISE,
                operations,
                published,
                Map.of(DAY, publishedDay),
                Map.of(DAY, document),
                Map.of(DAY, version),
                List.copyOf(stored.values()),
                made,
                Map.of(DAY, readSide),
                watchers);
    }
}
