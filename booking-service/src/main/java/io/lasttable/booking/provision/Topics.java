package io.lasttable.booking.provision;

import io.lasttable.booking.outbox.OutboxSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.NewTopic;

/** The topics of the event contract, as {@code provision} creates them. */
final class Topics {

    /** A watermark a second and shard, of which the last counts: what a reader reads at its start is that of minutes. */
    private static final Map<String, String> SHORT_SEGMENTS =
            Map.of("segment.ms", "600000", "delete.retention.ms", "600000", "min.cleanable.dirty.ratio", "0.01");

    private final OutboxSettings.Topics config;
    private final long largestRecord;

    Topics(OutboxSettings.Topics config, long largestRecord) {
        this.config = config;
        this.largestRecord = largestRecord;
    }

    /**
     * A topic of the contract.
     *
     * @param settings what its readers rely on
     * @param atLeast settings that may be higher where the topic exists; the others must be equal
     * @param habits more to create it with, which may differ where it exists
     */
    record Wanted(
            String name,
            int partitions,
            Map<String, String> settings,
            Set<String> atLeast,
            Map<String, String> habits) {

        NewTopic create(short replicationFactor) {
            Map<String, String> all = new HashMap<>(habits);
            all.putAll(settings);
            return new NewTopic(name, partitions, replicationFactor).configs(all);
        }
    }

    List<Wanted> wanted() {
        String retention = Long.toString(config.retention().toMillis());
        return List.of(
                kept(config.venues(), Map.of("cleanup.policy", "compact"), Set.of()),
                kept(
                        config.days(),
                        Map.of("cleanup.policy", "compact", "min.compaction.lag.ms", retention),
                        Set.of("min.compaction.lag.ms")),
                kept(
                        config.reservations(),
                        Map.of("cleanup.policy", "delete", "retention.ms", retention),
                        Set.of("retention.ms")),
                new Wanted(config.watermarks(), 1, Map.of("cleanup.policy", "compact"), Set.of(), SHORT_SEGMENTS));
    }

    private Wanted kept(String name, Map<String, String> settings, Set<String> atLeast) {
        return new Wanted(
                name,
                config.partitions(),
                settings,
                atLeast,
                Map.of("max.message.bytes", Long.toString(largestRecord)));
    }
}
