package io.lasttable.notify.kafka;

import io.lasttable.notify.NotifyConfig;
import io.lasttable.notify.day.DayKey;
import io.lasttable.notify.day.DayState;
import io.lasttable.notify.document.DayDocument;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * The newest documents of the days that changed within the look-back, watched or not: a read side that lags behind cannot
 * hide an event that this replica has seen already. As they came, parsed only when somebody asks. Older ones are dropped,
 * and the longest unchanged go first when the bytes do not suffice.
 */
@ApplicationScoped
public class RecentDays {

    private static final Logger LOG = Logger.getLogger(RecentDays.class);
    private static final int BYTES_OF_AN_ENTRY = 250;

    private record Document(byte[] json, long committedAtMicros, long timestamp) {}

    private final long mostBytes;
    private final Duration lookBack;
    private final Map<DayKey, Document> documents = new LinkedHashMap<>();
    private long bytes;

    RecentDays(NotifyConfig config) {
        this.mostBytes = config.feed().recentBytes();
        this.lookBack = config.feed().lookBack();
    }

    /** @param timestamp of the record, milliseconds since 1970 */
    synchronized void saw(DayKey key, byte[] json, long committedAtMicros, long timestamp) {
        forget(key);
        documents.put(key, new Document(json, committedAtMicros, timestamp));
        bytes += json.length + BYTES_OF_AN_ENTRY;
        Iterator<Document> eldest = documents.values().iterator();
        while (bytes > mostBytes && eldest.hasNext()) {
            bytes -= eldest.next().json().length + BYTES_OF_AN_ENTRY;
            eldest.remove();
        }
    }

    synchronized void forget(DayKey key) {
        Document gone = documents.remove(key);
        if (gone != null) {
            bytes -= gone.json().length + BYTES_OF_AN_ENTRY;
        }
    }

    /** Drops what is older than the look-back at {@code now}, milliseconds since 1970. */
    synchronized void age(long now) {
        Iterator<Document> eldest = documents.values().iterator();
        while (eldest.hasNext()) {
            Document document = eldest.next();
            if (document.timestamp() >= now - lookBack.toMillis()) {
                return;
            }
            bytes -= document.json().length + BYTES_OF_AN_ENTRY;
            eldest.remove();
        }
    }

    synchronized int size() {
        return documents.size();
    }

    public Optional<DayState> of(DayKey key) {
        Document document;
        synchronized (this) {
            document = documents.get(key);
        }
        try {
            return document == null
                    ? Optional.empty()
                    : Optional.of(DayDocument.parse(key, document.json(), document.committedAtMicros()));
        } catch (IOException e) {
            LOG.errorf("The newest record of %s is not a day: %s", key, e.getMessage());
            return Optional.empty();
        }
    }
}
