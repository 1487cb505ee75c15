package io.lasttable.booking.database;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * What one of several groups asks of a statement that reads for all of them.
 *
 * @param part the group's number from 0, which comes back with each row
 */
public record Parted<T>(int part, T what) {

    /** All that groups ask for, in their order. */
    public static <G, T> List<Parted<T>> of(List<G> groups, Function<G, ? extends Collection<? extends T>> asks) {
        List<Parted<T>> all = new ArrayList<>();
        for (int part = 0; part < groups.size(); part++) {
            for (T what : asks.apply(groups.get(part))) {
                all.add(new Parted<>(part, what));
            }
        }
        return all;
    }

    /** A parameter with the numbers of the groups. */
    public static <T> Integer[] parts(List<Parted<T>> all) {
        return all.stream().map(Parted::part).toArray(Integer[]::new);
    }

    /** A parameter with one value of each, side by side with {@link #parts}. */
    public static <T, C> C[] column(List<Parted<T>> all, Function<T, C> value, IntFunction<C[]> array) {
        return all.stream().map(asked -> value.apply(asked.what())).toArray(array);
    }
}
