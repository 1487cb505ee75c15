package io.lasttable.availability.projection;

import io.lasttable.availability.day.DayDocument;
import io.lasttable.availability.venue.VenueDocument;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The newest state per venue and per day out of some records: a fold that gives the same result in any order and with any
 * duplicates, because only a higher version replaces. Sorted by key, so that two replicas that meet during a rebalance
 * take their row locks in one order.
 */
final class Batch {

    private final TreeMap<String, Change.VenueState> venues = new TreeMap<>();
    private final TreeMap<String, Change.DayState> days = new TreeMap<>();

    /** @throws IllegalArgumentException when the record is none of a venue; nothing is added then */
    void addVenue(ConsumerRecord<byte[], byte[]> polled) {
        Change.VenueState state = new Change.VenueState(VenueDocument.read(text(polled.value())));
        checkKey(polled, state);
        add(state);
    }

    /** @throws IllegalArgumentException when the record is none of a day; nothing is added then */
    void addDay(ConsumerRecord<byte[], byte[]> polled) {
        String document = text(polled.value());
        Change.DayState state = new Change.DayState(DayDocument.read(document), document);
        long[] offers = DayDocument.offers(state.day());
        assert offers.length == state.day().slots().size();
        checkKey(polled, state);
        add(state);
    }

    void add(Change.VenueState next) {
        Change.VenueState newest = venues.merge(
                next.key(), next, (a, b) -> b.venue().version() > a.venue().version() ? b : a);
        assert newest != null;
    }

    void add(Change.DayState next) {
        Change.DayState newest = days.merge(
                next.key(), next, (a, b) -> b.day().version() > a.day().version() ? b : a);
        assert newest != null;
    }

    Collection<Change.VenueState> venues() {
        return List.copyOf(venues.values());
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
