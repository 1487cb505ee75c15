package io.lasttable.notify.delivery;

/** One client's interest in something that changes, under a ref of the client's. */
public abstract class Watch {

    private final Outbox outbox;
    private final String ref;
    boolean marked;
    boolean ended;

    protected Watch(Outbox outbox, String ref) {
        this.outbox = outbox;
        this.ref = ref;
    }

    public final Outbox outbox() {
        return outbox;
    }

    public final String ref() {
        return ref;
    }

    /** Whether there is something that the client has not been sent. */
    protected abstract boolean isBehind();

    /** Sends the newest, in one frame; returns what {@link Connection#write} said. */
    protected abstract boolean writeNext(Connection connection);

    /** Leaves what is watched; called once. */
    protected abstract void leave();
}
