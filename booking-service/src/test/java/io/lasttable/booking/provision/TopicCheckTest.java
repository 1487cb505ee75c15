package io.lasttable.booking.provision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartitionInfo;
import org.junit.jupiter.api.Test;

class TopicCheckTest {

    private static final Topics.Wanted DAYS = new Topics.Wanted(
            "days",
            3,
            Map.of("cleanup.policy", "compact", "min.compaction.lag.ms", "604800000"),
            Set.of("min.compaction.lag.ms"),
            Map.of("max.message.bytes", "2097152"));

    @Test
    void aTopicThatKeepsItsPromisesIsLeftAlone() {
        TopicCheck check = checked("compact", "604800001", 3);
        assertThat(check.toMend()).isEmpty();
        assertThat(check.toKnow()).isEmpty();
    }

    @Test
    void whatBreaksTheContractComesWithTheCommandThatMendsIt() {
        assertThat(checked("delete", "604800000", 3).toMend())
                .singleElement()
                .asString()
                .contains("kafka-configs.sh --alter --topic days --add-config cleanup.policy=compact");
        assertThat(checked("compact,delete", "604800000", 3).toMend()).hasSize(1);
        assertThat(checked("compact", "0", 3).toMend())
                .singleElement()
                .asString()
                .contains("min.compaction.lag.ms");
    }

    @Test
    void anotherNumberOfPartitionsIsOnlySaid() {
        TopicCheck check = checked("compact", "604800000", 6);
        assertThat(check.toMend()).isEmpty();
        assertThat(check.toKnow()).singleElement().asString().contains("6 partitions");
    }

    @Test
    void aTopicThatTakesSmallerRecordsThanTheRelaySendsIsOnlySaid() {
        TopicCheck check = checked("compact", "604800000", 3, "1048588");
        assertThat(check.toMend()).isEmpty();
        assertThat(check.toKnow())
                .singleElement()
                .asString()
                .contains("kafka-configs.sh --alter --topic days --add-config max.message.bytes=2097152");
    }

    private static TopicCheck checked(String cleanup, String lag, int partitions) {
        return checked(cleanup, lag, partitions, "2097152");
    }

    private static TopicCheck checked(String cleanup, String lag, int partitions, String largest) {
        Config settings = new Config(List.of(
                new ConfigEntry("cleanup.policy", cleanup),
                new ConfigEntry("min.compaction.lag.ms", lag),
                new ConfigEntry("max.message.bytes", largest)));
        Node node = new Node(1, "broker", 9092);
        TopicPartitionInfo partition = new TopicPartitionInfo(0, node, List.of(node), List.of(node));
        TopicDescription found = new TopicDescription("days", false, Collections.nCopies(partitions, partition));
        TopicCheck check = new TopicCheck();
        check.check(DAYS, found, settings, 1);
        return check;
    }
}
