package io.lasttable.booking.outbox;

/** Opens publishers of one shard. */
@FunctionalInterface
interface Publishers {

    /** One that keeps every earlier one of the shard from writing any more. */
    Publisher open();

    /** For who waits for the shard: does beforehand what costs time when it is done for the first time, and stands in nobody's way. */
    default void rehearse() {}
}
