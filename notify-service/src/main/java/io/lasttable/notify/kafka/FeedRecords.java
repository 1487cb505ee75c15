package io.lasttable.notify.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lasttable.notify.NotifyConfig;
import io.lasttable.notify.day.DayKey;
import io.lasttable.notify.document.ChangeDocument;
import io.lasttable.notify.document.DayDocument;
import io.lasttable.notify.reservation.Change;
import io.lasttable.notify.reservation.Subject;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jboss.logging.Logger;

/**
 * What a record means. Nothing is parsed that nobody follows; a record that is not what the contract says is skipped and
 * logged, and holds up nothing.
 */
final class FeedRecords {

    private static final Logger LOG = Logger.getLogger(FeedRecords.class);
    private static final int MOST_VERSIONS = 50_000;
    private static final String RESERVATION = "io.lasttable.reservation.";
    private static final String WAITLIST = "io.lasttable.waitlist.";

    private final String days;
    private final RecentDays recent;
    private final DayListener dayListener;
    private final ChangeListener changeListener;
    /** Versions of the subjects that changed last: the relay delivers at least once, a watcher hears once. */
    private final Map<Subject, Long> versions = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Subject, Long> eldest) {
            return size() > MOST_VERSIONS;
        }
    };

    FeedRecords(NotifyConfig config, RecentDays recent, DayListener dayListener, ChangeListener changeListener) {
        this.days = config.topics().days();
        this.recent = recent;
        this.dayListener = dayListener;
        this.changeListener = changeListener;
    }

    void take(ConsumerRecord<byte[], byte[]> record) {
        try {
            if (record.key() == null) {
                throw new IOException("no key");
            }
            if (record.topic().equals(days)) {
                day(record);
            } else if (record.value() != null) {
                change(record);
            }
        } catch (IOException | RuntimeException e) {
            LOG.errorf(
                    "Skipped a record that is not what the contract says: %s-%d at %d: %s",
                    record.topic(), record.partition(), record.offset(), e.getMessage());
        }
    }

    private void day(ConsumerRecord<byte[], byte[]> record) throws IOException {
        DayKey key = key(new String(record.key(), UTF_8));
        if (record.value() == null) {
            recent.forget(key);
            dayListener.removed(key);
            return;
        }
        long committedAt = committedAtMicros(record);
        recent.saw(key, record.value(), committedAt, record.timestamp());
        if (dayListener.follows(key)) {
            dayListener.day(DayDocument.parse(key, record.value(), committedAt));
        }
    }

    private static DayKey key(String text) throws IOException {
        int slash = text.indexOf('/');
        return DayKey.of(text.substring(0, Math.max(0, slash)), text.substring(slash + 1))
                .orElseThrow(() -> new IOException("the key is not a day"));
    }

    private void change(ConsumerRecord<byte[], byte[]> record) throws IOException {
        String venueId = new String(record.key(), UTF_8);
        Optional<Subject.Kind> kind = kind(header(record, "ce_type").orElse(""));
        Optional<String> id = header(record, "ce_subject");
        if (kind.isEmpty() || id.isEmpty() || !changeListener.follows(new Subject(kind.get(), id.get()), venueId)) {
            return;
        }
        Change change = ChangeDocument.parse(kind.get(), record.value());
        if (!change.venueId().equals(venueId) || !change.subject().id().equals(id.get())) {
            throw new IOException("key and ce_subject are not those of the value");
        }
        Long had = versions.get(change.subject());
        if (had == null || change.version() > had) {
            versions.put(change.subject(), change.version());
            changeListener.change(change);
        }
    }

    private static Optional<Subject.Kind> kind(String type) {
        if (type.startsWith(RESERVATION)) {
            return Optional.of(Subject.Kind.RESERVATION);
        }
        return type.startsWith(WAITLIST) ? Optional.of(Subject.Kind.WAITLIST) : Optional.empty();
    }

    private static long committedAtMicros(ConsumerRecord<byte[], byte[]> record) {
        try {
            return header(record, "ce_time")
                    .map(time -> ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(time)))
                    .orElse(0L);
        } catch (DateTimeException e) {
            return 0;
        }
    }

    private static Optional<String> header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null
                ? Optional.empty()
                : Optional.of(new String(header.value(), UTF_8));
    }
}
