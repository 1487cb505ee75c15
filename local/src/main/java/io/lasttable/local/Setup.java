package io.lasttable.local;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How the services are run; everything but the standard is for experiments and measurements.
 *
 * @param replicas how many of each service
 * @param durable whether PostgreSQL waits for the disk on commit ({@code fsync}, as in production)
 * @param executables the services that run as their native executables, which must have been built
 * @param jvmOptions added to a service's JVM, {@code -XX:StartFlightRecording} for instance
 * @param environment added to a service's environment: any of its settings
 */
public record Setup(
        Map<Service, Integer> replicas,
        boolean durable,
        Set<Service> executables,
        Map<Service, List<String>> jvmOptions,
        Map<Service, Map<String, String>> environment) {

    public Setup {
        replicas = Map.copyOf(replicas);
        executables = Set.copyOf(executables);
        jvmOptions = Map.copyOf(jvmOptions);
        environment = Map.copyOf(environment);
    }

    /** One booking-service, one availability-service and two replicas of notify-service, on fast and forgetful storage. */
    public static Setup standard() {
        Map<Service, Integer> replicas = new EnumMap<>(Service.class);
        for (Service service : Service.values()) {
            replicas.put(service, service.standardReplicas());
        }
        return new Setup(replicas, false, Set.of(), Map.of(), Map.of());
    }

    public Setup withReplicas(Service service, int count) {
        return new Setup(with(replicas, service, count), durable, executables, jvmOptions, environment);
    }

    public Setup withJvmOptions(Service service, List<String> options) {
        return new Setup(replicas, durable, executables, with(jvmOptions, service, options), environment);
    }

    /** Adds settings to those that the service is given already. */
    public Setup withEnvironment(Service service, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(environment.getOrDefault(service, Map.of()));
        all.putAll(settings);
        return new Setup(replicas, durable, executables, jvmOptions, with(environment, service, Map.copyOf(all)));
    }

    public Setup withDurable(boolean fsync) {
        return new Setup(replicas, fsync, executables, jvmOptions, environment);
    }

    public Setup withExecutables(Set<Service> services) {
        return new Setup(replicas, durable, services, jvmOptions, environment);
    }

    public boolean isExecutable(Service service) {
        return executables.contains(service);
    }

    private static <V> Map<Service, V> with(Map<Service, V> map, Service service, V value) {
        Map<Service, V> changed = new EnumMap<>(Service.class);
        changed.putAll(map);
        changed.put(service, value);
        return changed;
    }
}
