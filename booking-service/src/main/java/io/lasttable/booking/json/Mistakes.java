package io.lasttable.booking.json;

import java.util.ArrayList;
import java.util.List;

/** What is wrong with a request body, each with the JSON pointer of the place. */
public final class Mistakes {

    /** @param pointer RFC 6901; empty for the whole body */
    public record Mistake(String pointer, String detail) {}

    private static final int MOST = 50;

    private final List<Mistake> found = new ArrayList<>();

    public void add(String pointer, String detail) {
        Mistake mistake = new Mistake(pointer, detail);
        if (found.size() < MOST && !found.contains(mistake)) {
            found.add(mistake);
        }
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    public List<Mistake> found() {
        return List.copyOf(found);
    }
}
