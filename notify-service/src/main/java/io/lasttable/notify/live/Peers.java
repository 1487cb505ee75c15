package io.lasttable.notify.live;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The peers of a shard; one walk over them is spread over a whole ping interval. */
final class Peers {

    private final List<Peer> peers = new ArrayList<>();
    private int cursor;
    private double due;

    void add(Peer peer) {
        peer.place(peers.size());
        peers.add(peer);
    }

    void remove(Peer peer) {
        int hole = peer.place();
        if (hole < 0) {
            return;
        }
        Peer last = peers.remove(peers.size() - 1);
        if (last != peer) {
            peers.set(hole, last);
            last.place(hole);
        }
        peer.place(-1);
    }

    int size() {
        return peers.size();
    }

    void forEach(Consumer<Peer> action) {
        List.copyOf(peers).forEach(action);
    }

    /** Visits one in {@code parts} of all, going on where the last call stopped. */
    void visit(int parts, long nowMillis) {
        due += (double) peers.size() / parts;
        for (; due >= 1 && !peers.isEmpty(); due--) {
            cursor = cursor >= peers.size() ? 0 : cursor;
            peers.get(cursor++).visit(nowMillis);
        }
        due = Math.min(due, 1);
    }

    /**
     * Up to {@code most} that have not been sent away yet, the last ones first. Who has been stays among the peers until its
     * connection has closed, which is up to the client, and must not stand in the way of the others.
     */
    List<Peer> staying(int most) {
        List<Peer> some = new ArrayList<>();
        for (int i = peers.size() - 1; i >= 0 && some.size() < most; i--) {
            if (!peers.get(i).isLeaving()) {
                some.add(peers.get(i));
            }
        }
        return some;
    }
}
