package io.lasttable.notify.wire;

import io.quarkus.websockets.next.CloseReason;

/** Whose socket it is. Called on the connection's event loop. */
public interface SocketListener {

    /**
     * Something has come from the peer.
     *
     * @param counts whether the peer's limit of messages does
     * @return whether it is still to be read
     */
    boolean heard(boolean counts);

    /** A whole message has come. */
    void text(String text);

    /** Everything written has left. */
    void drained();

    /** What came cannot be gone on with: the connection is to be closed so. */
    void end(CloseReason reason);

    /** The peer closes, or the connection is gone. */
    void over();
}
