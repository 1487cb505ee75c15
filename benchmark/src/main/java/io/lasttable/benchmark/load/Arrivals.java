package io.lasttable.benchmark.load;

import java.util.Arrays;

/** A log of what came when, without an object for each entry: which day, from and to which version, at what time. */
final class Arrivals {

    /** Called for every entry in order of arrival. */
    interface Each {
        void arrival(int day, long from, long to, long micros);
    }

    private static final int WIDTH = 3;

    private long[] entries = new long[WIDTH * 4096];
    private int size;

    /** @param micros since the epoch */
    void add(int day, long from, long to, long micros) {
        if (size == entries.length) {
            entries = Arrays.copyOf(entries, size * 2);
        }
        entries[size] = (long) day << 32 | from;
        entries[size + 1] = to;
        entries[size + 2] = micros;
        size += WIDTH;
    }

    void clear() {
        size = 0;
    }

    int count() {
        return size / WIDTH;
    }

    void forEach(Each each) {
        for (int i = 0; i < size; i += WIDTH) {
            each.arrival((int) (entries[i] >>> 32), entries[i] & 0xffff_ffffL, entries[i + 1], entries[i + 2]);
        }
    }
}
