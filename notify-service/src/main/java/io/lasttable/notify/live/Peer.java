package io.lasttable.notify.live;

import io.lasttable.notify.delivery.Message;

/** A connection as its shard looks after it. Called on the shard's event loop. */
public interface Peer {

    /** Comes by once in a ping interval: shows the peer that the server is there, and ends it if it is not. */
    void visit(long nowMillis);

    /** Ends the connection because the replica goes away. */
    void bye(long reconnectAfterMillis);

    /** Whether it has been ended from this side; the connection may stay open for as long as the client takes to close it too. */
    boolean isLeaving();

    /** News about the whole replica. */
    void tell(Message message);

    /** Place among its shard's peers; the shard's business. */
    int place();

    void place(int place);
}
