package io.lasttable.booking.provision;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;

/** Whether a topic that exists keeps what the contract promises its readers, and if not, the command that mends it. */
final class TopicCheck {

    private final List<String> toMend = new ArrayList<>();
    private final List<String> toKnow = new ArrayList<>();

    void check(Topics.Wanted wanted, TopicDescription found, Config settings, int replicationFactor) {
        for (Map.Entry<String, String> setting : wanted.settings().entrySet()) {
            ConfigEntry entry = settings.get(setting.getKey());
            String actual = entry == null ? "" : entry.value();
            if (!isEnough(setting.getValue(), actual, wanted.atLeast().contains(setting.getKey()))) {
                toMend.add("%s has %s=%s and needs %s: kafka-configs.sh --alter --topic %s --add-config %s=%s"
                        .formatted(
                                wanted.name(),
                                setting.getKey(),
                                actual,
                                setting.getValue(),
                                wanted.name(),
                                setting.getKey(),
                                setting.getValue()));
            }
        }
        largestRecord(wanted, settings);
        int actualPartitions = found.partitions().size();
        if (actualPartitions != wanted.partitions()) {
            toKnow.add(
                    "%s has %d partitions, not %d; that is fine, but never change it while records are kept: keys would move"
                            .formatted(wanted.name(), actualPartitions, wanted.partitions()));
        }
        int actualReplicas = found.partitions().get(0).replicas().size();
        if (actualReplicas < replicationFactor) {
            toKnow.add("%s has %d replicas, not %d: reassign its partitions"
                    .formatted(wanted.name(), actualReplicas, replicationFactor));
        }
    }

    private void largestRecord(Topics.Wanted wanted, Config settings) {
        String needed = wanted.habits().get("max.message.bytes");
        ConfigEntry entry = settings.get("max.message.bytes");
        if (needed != null && entry != null && !isEnough(needed, entry.value(), true)) {
            toKnow.add(("%1$s takes records of %2$s bytes, and the relay sends up to %3$s:"
                            + " kafka-configs.sh --alter --topic %1$s --add-config max.message.bytes=%3$s")
                    .formatted(wanted.name(), entry.value(), needed));
        }
    }

    /** What breaks the contract. */
    List<String> toMend() {
        return List.copyOf(toMend);
    }

    /** What differs from the configuration and breaks nothing. */
    List<String> toKnow() {
        return List.copyOf(toKnow);
    }

    /** -1 is Kafka's word for without limit. */
    private static boolean isEnough(String wanted, String actual, boolean atLeast) {
        if (!atLeast || !actual.matches("-?[0-9]+")) {
            return wanted.equals(actual);
        }
        return actual.equals("-1") || Long.parseLong(actual) >= Long.parseLong(wanted);
    }
}
