package io.lasttable.notify.delivery;

/** One client's interest in something that changes, under a ref of the client's. */
public abstract class Watch {

    private final Client client;
    private final String ref;
    boolean marked;
    boolean ended;

    protected Watch(Client client, String ref) {
        this.client = client;
        this.ref = ref;
    }

    public final Client client() {
        return client;
    }

    public final String ref() {
        return ref;
    }

    /** Whether there is something that the client has not been sent. */
    protected abstract boolean isBehind();

    /** Sends the newest, in one frame; returns what {@link Outlet#write} said. */
    protected abstract boolean writeNext(Outlet outlet);

    /** Leaves what is watched; called once. */
    protected abstract void leave();

    /** Encodes a message for one client alone. */
    protected static boolean writeAlone(Outlet outlet, Message message) {
        Frame frame = outlet.format().encode(message);
        try {
            return outlet.write(frame);
        } finally {
            frame.release();
        }
    }
}
