package io.lasttable.notify.delivery;

/** One connection, as seen by what is sent to it. */
public interface Outlet {

    Format format();

    /**
     * Writes a frame of its {@link #format} and leaves it to its owner.
     *
     * @return whether it has left this process already; otherwise {@link Client#drained} is called once it has
     */
    boolean write(Frame frame);

    /** Ends the connection: the client sends and does not read the answers. */
    void overwhelmed();
}
