package io.lasttable.booking.outbox;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Brings rows of one shard to Kafka; opening one keeps every earlier one of the shard from writing any more. What throws has
 * failed for good: nothing that was sent since the last commit may be deleted, and this publisher must be closed. A
 * {@link RefusedRecord} names the row that must be out of the way before the next one is opened.
 */
interface Publisher extends AutoCloseable {

    /**
     * Sends rows on their way in order, behind all that were sent before; readers have them soon.
     *
     * @param acknowledged told, on another thread, of each row that Kafka has
     */
    void send(List<OutboxRows.Row> rows, Consumer<OutboxRows.Row> acknowledged);

    /**
     * Returns when all that was sent is in Kafka for good, so that its rows may be deleted.
     *
     * @param told present: whatever the shard committed before its time has been sent, and readers are to be told so
     */
    void commit(Optional<OutboxRows.Told> told);

    /** By shard the highest number that a watermark has in Kafka, as it was when this was opened. */
    Map<Integer, Long> told();

    @Override
    void close();
}
