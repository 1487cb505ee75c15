package io.lasttable.local;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The services of the platform, in the order in which they start and are allotted their ports. */
public enum Service {
    BOOKING("booking", 1),
    AVAILABILITY("availability", 1),
    NOTIFY("notify", 2);

    private final String label;
    private final int standardReplicas;

    Service(String label, int standardReplicas) {
        this.label = label;
        this.standardReplicas = standardReplicas;
    }

    /** As in option names and log files: {@code booking}. */
    public String label() {
        return label;
    }

    /** The Maven module that builds it. */
    String module() {
        return label + "-service";
    }

    int standardReplicas() {
        return standardReplicas;
    }

    /** What its image tells the JVM, beside memory limits (see its application.properties). */
    List<String> jvmOptions() {
        return this == NOTIFY
                ? List.of(
                        "-XX:+UseG1GC", "-XX:MaxGCPauseMillis=20", "-XX:MinHeapFreeRatio=10", "-XX:MaxHeapFreeRatio=25")
                : List.of();
    }

    /** What its image sets in the environment of the process. */
    Map<String, String> environment() {
        return this == NOTIFY ? Map.of("MALLOC_ARENA_MAX", "2") : Map.of();
    }

    /** The service that the replica of this name belongs to. */
    static Service ofReplica(String name) {
        return Arrays.stream(values())
                .filter(service -> name.equals(service.label) || name.startsWith(service.label + "-"))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(name + " is a replica of no service"));
    }

    /** A single replica goes by the service's name; more are numbered from 1, and notify's always are. */
    public String replicaName(int replica, int replicas) {
        return replicas == 1 && this != NOTIFY ? label : label + "-" + replica;
    }
}
