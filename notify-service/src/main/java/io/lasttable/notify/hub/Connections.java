package io.lasttable.notify.hub;

import io.lasttable.notify.delivery.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The connections of a shard; one walk over them is spread over a whole ping interval. */
final class Connections {

    private final List<Connection> all = new ArrayList<>();
    private int cursor;
    private double due;

    void add(Connection connection) {
        connection.place(all.size());
        all.add(connection);
    }

    void remove(Connection connection) {
        int hole = connection.place();
        if (hole < 0) {
            return;
        }
        Connection last = all.remove(all.size() - 1);
        if (last != connection) {
            all.set(hole, last);
            last.place(hole);
        }
        connection.place(-1);
    }

    int size() {
        return all.size();
    }

    void forEach(Consumer<Connection> action) {
        List.copyOf(all).forEach(action);
    }

    /** Visits one in {@code parts} of all, going on where the last call stopped. */
    void visit(int parts, long nowMillis) {
        due += (double) all.size() / parts;
        for (; due >= 1 && !all.isEmpty(); due--) {
            cursor = cursor >= all.size() ? 0 : cursor;
            all.get(cursor++).visit(nowMillis);
        }
        due = Math.min(due, 1);
    }

    /**
     * Up to {@code most} that have not been sent away yet, the last ones first. Who has been stays among them until it has
     * closed, which is up to the client, and must not stand in the way of the others.
     */
    List<Connection> staying(int most) {
        List<Connection> some = new ArrayList<>();
        for (int i = all.size() - 1; i >= 0 && some.size() < most; i--) {
            if (!all.get(i).isLeaving()) {
                some.add(all.get(i));
            }
        }
        return some;
    }
}
