package io.lasttable.notify.world;


/** A real Kafka, and stand-ins for the other services, for all tests of this module. */
public final class Servers {
    private Servers() {}
}
