package io.lasttable.local;

import io.lasttable.embedded.FreePorts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Where the platform listens on 127.0.0.1.
 *
 * @param balancer the load balancer; the replicas take the ports after it, booking first, then availability, then notify, and
 *     answer for their health {@value #TO_MANAGEMENT} above
 * @param database PostgreSQL
 * @param kafka the broker
 */
public record Ports(int balancer, int database, int kafka) {

    private static final int TO_MANAGEMENT = 1000;

    /** Where the replica at this port answers for its health and gives its metrics. */
    public static int management(int port) {
        return port + TO_MANAGEMENT;
    }

    /** The ports of a service's replicas, in order. */
    List<Integer> of(Service service, Map<Service, Integer> replicas) {
        int first = balancer + 1;
        for (Service earlier : Service.values()) {
            if (earlier == service) {
                break;
            }
            first += replicas.get(earlier);
        }
        return IntStream.range(first, first + replicas.get(service)).boxed().toList();
    }

    /** All of them, to see whether they are free. */
    List<Integer> all(Map<Service, Integer> replicas) {
        List<Integer> ports = new ArrayList<>(List.of(database, kafka, balancer));
        for (Service service : Service.values()) {
            for (int port : of(service, replicas)) {
                ports.addAll(List.of(port, management(port)));
            }
        }
        return ports;
    }

    /** Some that are free: the balancer's and the replicas' in a row, the servers' anywhere. */
    static Ports free(Map<Service, Integer> replicas) {
        int inARow = 1 + replicas.values().stream().mapToInt(Integer::intValue).sum();
        return IntStream.iterate(20_000, first -> first < 60_000, first -> first + inARow)
                .filter(first -> IntStream.range(first, first + inARow)
                        .allMatch(port -> FreePorts.isFree(port) && FreePorts.isFree(management(port))))
                .mapToObj(first -> new Ports(first, FreePorts.next(), FreePorts.next()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No " + inARow + " free ports in a row"));
    }
}
