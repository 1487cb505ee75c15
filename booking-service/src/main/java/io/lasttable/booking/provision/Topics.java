package io.lasttable.booking.provision;

import io.lasttable.booking.BookingConfig;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.NewTopic;

/** The topics of the event contract, as {@code provision} creates them. */
final class Topics {

    private final BookingConfig.Topics config;

    Topics(BookingConfig.Topics config) {
        this.config = config;
    }

    /**
     * A topic of the contract.
     *
     * @param settings to create it with
     * @param atLeast settings that may be higher where the topic exists; the others must be equal
     */
    record Wanted(String name, Map<String, String> settings, Set<String> atLeast) {

        NewTopic create(BookingConfig.Topics config) {
            return new NewTopic(name, config.partitions(), config.replicationFactor()).configs(settings);
        }
    }

    List<Wanted> wanted() {
        String retention = Long.toString(config.retention().toMillis());
        return List.of(
                new Wanted(config.venues(), Map.of("cleanup.policy", "compact"), Set.of()),
                new Wanted(
                        config.days(),
                        Map.of("cleanup.policy", "compact", "min.compaction.lag.ms", retention),
                        Set.of("min.compaction.lag.ms")),
                new Wanted(
                        config.reservations(),
                        Map.of("cleanup.policy", "delete", "retention.ms", retention),
                        Set.of("retention.ms")));
    }
}
