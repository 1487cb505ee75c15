package io.lasttable.notify.delivery;

/** One client's socket or stream: what it is sent, and how the replica looks after it. On its event loop only. */
public abstract class Connection {

    private final Outbox outbox;
    private int place = -1;

    /** @param mostWatches that it may have at once, 1 or more */
    protected Connection(int mostWatches) {
        outbox = new Outbox(this, mostWatches);
    }

    /** What it watches, and what is still to be sent. */
    public final Outbox outbox() {
        return outbox;
    }

    /** Connections of the same format share frames. */
    public abstract Format format();

    /**
     * Writes a frame of its {@link #format} and leaves it to its owner.
     *
     * @return whether it has left this process already; otherwise {@link Outbox#drained} is called once it has
     */
    public abstract boolean write(Frame frame);

    /** Writes a message that is encoded for this connection alone; returns what {@link #write} said. */
    public final boolean writeAlone(Message message) {
        Frame frame = format().encode(message);
        try {
            return write(frame);
        } finally {
            frame.release();
        }
    }

    /** Ends it: the client sends and does not read the answers. */
    public abstract void overwhelmed();

    /** Comes by once in a ping interval: shows the client that the server is there, and ends the connection if the client is not. */
    public abstract void visit(long nowMillis);

    /** Ends it because the replica goes away. */
    public abstract void bye(long reconnectAfterMillis);

    /** Whether it has been ended from this side; it may stay open for as long as the client takes to close it too. */
    public abstract boolean isLeaving();

    /** Place among the connections of its shard, -1 for none; the shard's business. */
    public final int place() {
        return place;
    }

    public final void place(int at) {
        place = at;
    }
}
