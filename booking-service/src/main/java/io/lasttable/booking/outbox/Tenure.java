package io.lasttable.booking.outbox;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an owner of a shard does, from opening its publisher until it fails or lets go.
 *
 * <p>A look begins above what has gone for good ({@link LookStart}). Rows are sent as soon as they are seen, and readers, which
 * read uncommitted, have them then. The Kafka transaction that they are sent in stays open for a short while and takes in what
 * follows, since its end costs a marker in each partition that it touched, however few records it holds. Only rows that
 * have been committed to Kafka are removed. A crash before the commit leaves the rows; a crash between commit and removal
 * sends them once more under the same ids. So delivery is at least once, the order within a shard is the outbox's, and
 * readers drop what they have by version.
 *
 * <p>Once in a while the database is asked for the time before a look. When the look comes to the end of the rows, all that was
 * committed before that time has been seen, and the transaction that it is sent in tells readers so.
 */
final class Tenure {

    /** How often the server is asked which transactions run, when few rows come. */
    private static final Duration START_CHECK = Duration.ofSeconds(1);

    private final int shard;
    private final OutboxRows rows;
    private final Publisher publisher;
    private final ShardRelay.Pace pace;
    private final ShardRelay.Published published;
    private final LookStart start = new LookStart(System::nanoTime, START_CHECK.toNanos());
    private final List<OutboxRows.Row> sent = new ArrayList<>();
    private long commitAt;

    /** All that was committed before this has been sent; readers are told with the next commit. */
    private Optional<OutboxRows.Told> seenBefore = Optional.empty();

    private long tellAt = System.nanoTime();
    private String server = "";

    Tenure(int shard, OutboxRows rows, Publisher publisher, ShardRelay.Pace pace, ShardRelay.Published published) {
        this.shard = shard;
        this.rows = rows;
        this.publisher = publisher;
        this.pace = pace;
        this.published = published;
    }

    /** One look, and a commit when it is time; returns for how long the next look may wait if there is no news. */
    Duration step() throws SQLException {
        look();
        Duration left = untilCommit();
        if (left.isNegative() || left.isZero()) {
            commit();
            return Duration.ZERO;
        }
        return left.compareTo(pace.poll()) < 0 ? left : pace.poll();
    }

    /** Brings to an end what has been sent. */
    void finish() throws SQLException {
        if (!sent.isEmpty()) {
            commit();
        }
    }

    private void look() throws SQLException {
        if (start.isDue()) {
            start.running(rows.transactions());
        }
        Optional<OutboxRows.Told> before = isTimeToTell() ? Optional.of(rows.tell(shard)) : Optional.empty();
        before.ifPresent(this::checkServer);
        List<OutboxRows.Row> fresh = rows.oldest(shard, start.above(), sent, pace.batch(), server);
        boolean all = fresh.size() < pace.batch();
        start.read(fresh, all);
        if (all && before.isPresent()) {
            seenBefore = before;
        }
        if (!fresh.isEmpty()) {
            publisher.send(fresh, published::acknowledged);
            commitAt = sent.isEmpty() ? System.nanoTime() + pace.gather().toNanos() : commitAt;
            sent.addAll(fresh);
        }
    }

    /**
     * The first look tells which server this tenure is of. One that was started meanwhile may have another history: whoever
     * begins anew compares it, and reads from the oldest row.
     */
    private void checkServer(OutboxRows.Told told) {
        if (!server.isEmpty() && !server.equals(told.server())) {
            throw new IllegalStateException("the database was started anew");
        }
        server = told.server();
    }

    private boolean isTimeToTell() {
        return seenBefore.isEmpty() && System.nanoTime() - tellAt >= 0;
    }

    private Duration untilCommit() {
        if (sent.isEmpty()) {
            return seenBefore.isPresent() ? Duration.ZERO : pace.poll();
        }
        return sent.size() >= pace.batch() ? Duration.ZERO : Duration.ofNanos(commitAt - System.nanoTime());
    }

    private void commit() throws SQLException {
        publisher.commit(seenBefore);
        if (seenBefore.isPresent()) {
            seenBefore = Optional.empty();
            tellAt = System.nanoTime() + pace.watermark().toNanos();
        }
        if (!sent.isEmpty()) {
            published.accept(rows.remove(shard, sent));
            sent.clear();
        }
    }
}
