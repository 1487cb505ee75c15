package io.lasttable.availability.projection;

import io.lasttable.availability.day.DayKey;
import io.lasttable.availability.settings.AvailabilitySettings;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The newest state per venue and per day out of some records: a fold that gives the same result in any order and with any
 * duplicates, because only a higher version replaces. Sorted by key, so that two replicas that meet during a rebalance
 * take their row locks in one order.
 *
 * <p>A venue's tombstone says that it was deleted. It has no version, so its offset tells what it is about: the states that lie
 * before it in the log. A day's tombstone changes nothing: days leave Kafka when they are over and leave the tables on their own then
 * (see {@link Retention}), and those of a venue that is gone are not shown. Days that are over everywhere are passed over, so that a
 * replay does not bring them back.
 */
public final class Batch {

    private final TreeMap<String, Change.VenueState> venues = new TreeMap<>();
    private final TreeMap<String, Long> gone = new TreeMap<>();
    private final TreeMap<String, Change.DayState> days = new TreeMap<>();
    private final AvailabilitySettings.Topics topics;
    private final Instant now;

    public Batch(AvailabilitySettings.Topics topics, Instant now) {
        this.topics = topics;
        this.now = now;
    }

    /** @throws RuntimeException saying what is wrong when the record is no state of a venue or day; nothing is added then */
    public void add(ConsumerRecord<byte[], byte[]> polled) {
        boolean isVenue = polled.topic().equals(topics.venues());
        if (polled.value() == null) {
            if (isVenue && polled.key() != null) {
                gone(text(polled.key()), polled.offset());
            }
            return;
        }
        String document = text(polled.value());
        if (isVenue) {
            Change.VenueState state = Change.VenueState.read(document, polled.offset());
            checkKey(polled, state);
            add(state);
        } else {
            Change.DayState state = Change.DayState.read(document);
            checkKey(polled, state);
            add(state);
        }
    }

    void add(Change.VenueState next) {
        Change.VenueState newest = venues.merge(next.key(), next, (a, b) -> b.isNewerThan(a) ? b : a);
        assert newest != null;
    }

    private void gone(String venue, long offset) {
        Long last = gone.merge(venue, offset, Math::max);
        assert last != null;
    }

    void add(Change.DayState next) {
        DayKey key = next.day().key();
        if (!key.isOverEverywhere(now)) {
            Change.DayState newest = days.merge(next.key(), next, (a, b) -> b.version() > a.version() ? b : a);
            assert newest != null;
        }
    }

    Collection<Change.VenueState> venues() {
        return List.copyOf(venues.values());
    }

    /** Venues that were deleted, and where in the log that stands. */
    Map<String, Long> gone() {
        return Collections.unmodifiableMap(gone);
    }

    Collection<Change.DayState> days() {
        return List.copyOf(days.values());
    }

    private static void checkKey(ConsumerRecord<byte[], byte[]> polled, Change change) {
        String key = polled.key() == null ? "" : text(polled.key());
        if (!key.equals(change.key())) {
            throw new IllegalArgumentException("key \"" + key + "\" is not that of the value, " + change.key());
        }
    }

    private static String text(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("contains a NUL character");
        }
        return text;
    }
}
