package io.lasttable.benchmark.dataset;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * {@code Dataset.of(10_000, 42)}: the same world for the same seed, and the first n venues are the same however many are
 * asked for.
 */
public final class Dataset {

    private Dataset() {}

    public static List<Restaurant> of(int venues, long seed) {
        return IntStream.range(0, venues)
                .mapToObj(n -> Restaurant.draw(n, new Random(seed * 1_000_003 + n)))
                .toList();
    }
}
