package io.lasttable.booking.day;

import java.util.List;

/** Numbers that were drawn before, taken one after the other and from the beginning again: the smaller, the plainer what is made of them. */
final class Choices {

    private final List<Integer> drawn;
    private int next;

    Choices(List<Integer> drawn) {
        this.drawn = drawn;
    }

    /** From 0 to {@code bound}, exclusive. */
    int nextInt(int bound) {
        return drawn.get(next++ % drawn.size()) % bound;
    }

    boolean nextBoolean() {
        return nextInt(2) == 1;
    }
}
