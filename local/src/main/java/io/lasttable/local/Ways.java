package io.lasttable.local;

import java.nio.file.Path;
import java.util.Map;

/**
 * What stands between the parts, and between them and their machine: nothing, unless a test puts links, clocks and disks in that it
 * can break.
 */
public interface Ways {

    Ways DIRECT = new Ways() {
        @Override
        public int port(String from, int to) {
            return to;
        }

        @Override
        public int kafka(String from, int broker) {
            return broker;
        }

        @Override
        public Map<Integer, Integer> brokerPorts() {
            return Map.of();
        }
    };

    /** The port at which a replica reaches what listens at the port {@code to}. */
    int port(String from, int to);

    /** The port at which a replica first reaches the broker, which then tells it where to go. */
    int kafka(String from, int broker);

    /** Where the broker listens beside its own port, and what it tells those who come there. */
    Map<Integer, Integer> brokerPorts();

    /** More environment of a replica. */
    default Map<String, String> environment(String replica) {
        return Map.of();
    }

    /** Comes before anything is written into the data folder. */
    default void prepare(Path data) {}
}
