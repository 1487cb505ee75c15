package io.lasttable.booking.outbox;

import org.apache.kafka.common.KafkaException;

/** Kafka refuses this one record for what it is, however often it is sent: one that is too large, for example. */
final class RefusedRecord extends KafkaException {

    private static final long serialVersionUID = 1L;

    private final transient OutboxRows.Row row;

    RefusedRecord(OutboxRows.Row row, Throwable reason) {
        super(reason.getMessage(), reason);
        this.row = row;
    }

    OutboxRows.Row row() {
        return row;
    }
}
