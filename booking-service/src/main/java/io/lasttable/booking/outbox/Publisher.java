package io.lasttable.booking.outbox;

import java.util.List;

/** Brings rows of one shard to Kafka; opening one keeps every earlier one of the shard from writing any more. */
interface Publisher extends AutoCloseable {

    /** Publishes all rows in order, or throws; then none may be deleted and this publisher must be closed. */
    void publish(List<OutboxRows.Row> rows);

    @Override
    void close();
}
