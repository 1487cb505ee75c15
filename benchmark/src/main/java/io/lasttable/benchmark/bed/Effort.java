package io.lasttable.benchmark.bed;

/**
 * How much a run takes on.
 *
 * @param rounds measured rounds of every scenario; medians are taken over them
 * @param quick a few seconds and small sizes, to see that everything works; its figures mean little
 * @param seed of everything drawn by chance; the same seed sends the same requests
 */
public record Effort(int rounds, boolean quick, long seed) {

    public static Effort fromSystemProperties() {
        boolean quick = Boolean.getBoolean("local.quick");
        return new Effort(Integer.getInteger("local.rounds", quick ? 1 : 3), quick, Long.getLong("local.seed", 42));
    }

    /** {@code full}, or what a quick run makes do with. */
    public int size(int full, int whenQuick) {
        return quick ? whenQuick : full;
    }
}
