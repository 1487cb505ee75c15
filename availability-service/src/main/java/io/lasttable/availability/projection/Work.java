package io.lasttable.availability.projection;

import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What one poll brought and is not in the tables yet: all of it as one batch or, when the database has refused something
 * of that, what is left of it record by record. What cannot be read has been put aside before.
 */
final class Work {

    final Deque<ConsumerRecord<byte[], byte[]>> left = new ArrayDeque<>();
    final Batch whole;
    boolean isRefused;

    Work(Batch whole) {
        this.whole = whole;
    }
}
