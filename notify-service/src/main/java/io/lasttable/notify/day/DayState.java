package io.lasttable.notify.day;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A day as of a version. Immutable and shared by all threads; what it looks like on the wire is encoded once, by whoever
 * needs it first.
 */
public final class DayState {

    /**
     * @param startsAt the instant, unique within the day
     * @param json the whole slot
     */
    public record Slot(String startsAt, String json) {}

    private final DayKey key;
    private final long version;
    private final String minNotice;
    private final String[] startsAt;
    private final byte[][] slots;
    private final long committedAtMicros;
    private final ConcurrentHashMap<Long, byte[]> changes = new ConcurrentHashMap<>(2);
    private volatile byte[] whole;

    /**
     * @param minNotice ISO 8601 duration, passed through
     * @param slots in the order of the document
     * @param committedAtMicros when the version was committed, microseconds since 1970; 0 when not known
     */
    public DayState(DayKey key, long version, String minNotice, List<Slot> slots, long committedAtMicros) {
        this.key = key;
        this.version = version;
        this.minNotice = minNotice;
        this.startsAt = slots.stream().map(Slot::startsAt).toArray(String[]::new);
        this.slots = slots.stream().map(slot -> slot.json().getBytes(UTF_8)).toArray(byte[][]::new);
        this.committedAtMicros = committedAtMicros;
    }

    public DayKey key() {
        return key;
    }

    public long version() {
        return version;
    }

    public long committedAtMicros() {
        return committedAtMicros;
    }

    /** Which slots differ from {@code older}, by index; null when the days do not have the same slots and notice. */
    BitSet changedSince(DayState older) {
        if (!Arrays.equals(startsAt, older.startsAt) || !minNotice.equals(older.minNotice)) {
            return null;
        }
        BitSet changed = new BitSet(slots.length);
        for (int i = 0; i < slots.length; i++) {
            changed.set(i, !Arrays.equals(slots[i], older.slots[i]));
        }
        return changed;
    }

    /** The rest of a {@code day} message. */
    byte[] whole() {
        byte[] encoded = whole;
        if (encoded == null) {
            BitSet all = new BitSet(slots.length);
            all.set(0, slots.length);
            encoded = encode(
                    "\"venueId\":\"" + key.venueId() + "\",\"date\":\"" + key.date() + "\",\"version\":" + version
                            + ",\"minNotice\":\"" + minNotice + "\"",
                    all);
            whole = encoded;
        }
        return encoded;
    }

    /**
     * The rest of a {@code change} message for one who has version {@code from}; {@link #whole} when that is as short.
     *
     * @param changed the slots that differ from that version
     */
    byte[] changeFrom(long from, BitSet changed) {
        return changes.computeIfAbsent(from, at -> {
            byte[] change = encode("\"from\":" + at + ",\"version\":" + version, changed);
            return change.length < whole().length ? change : whole();
        });
    }

    private byte[] encode(String head, BitSet which) {
        ByteArrayOutputStream json = new ByteArrayOutputStream(64 + 96 * which.cardinality());
        json.writeBytes((head + ",\"slots\":[").getBytes(UTF_8));
        String comma = "";
        for (int i = which.nextSetBit(0); i >= 0; i = which.nextSetBit(i + 1)) {
            json.writeBytes(comma.getBytes(UTF_8));
            json.writeBytes(slots[i]);
            comma = ",";
        }
        json.writeBytes("]}".getBytes(UTF_8));
        return json.toByteArray();
    }
}
