package io.lasttable.notify.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lasttable.notify.NotifyConfig;
import io.lasttable.notify.day.DayKey;
import io.lasttable.notify.day.DayState;
import io.lasttable.notify.reservation.Change;
import io.lasttable.notify.reservation.Subject;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** When clients are told that what they see may be old, and when that it is not. */
class FeedReaderTest {

    private static final TopicPartition DAYS = new TopicPartition("lasttable.days.v1", 0);
    private static final TopicPartition RESERVATIONS = new TopicPartition("lasttable.reservations.v1", 0);

    private final NotifyConfig config = new SmallRyeConfigBuilder()
            .withMapping(NotifyConfig.class)
            .withDefaultValues(Map.of(
                    "lasttable.availability-url", "http://availability",
                    "lasttable.booking-url", "http://booking",
                    "lasttable.watch-token-key", "0123456789012345678901234567890123456789",
                    "lasttable.feed.stalled-after", "PT0S",
                    "lasttable.feed.poll-timeout", "PT0S"))
            .build()
            .getConfigMapping(NotifyConfig.class);

    /** What clients were told: {@code delayed}, {@code live}, or the version of a day. */
    private final List<String> told = new ArrayList<>();

    private final FeedProgress progress = new FeedProgress();
    private final FeedReader reader = reader();

    private FeedReader reader() {
        DayListener days = new DayListener() {
            @Override
            public boolean follows(DayKey key) {
                return true;
            }

            @Override
            public void day(DayState state) {
                told.add("version " + state.version());
            }

            @Override
            public void removed(DayKey key) {
                told.add("removed");
            }
        };
        ChangeListener changes = new ChangeListener() {
            @Override
            public boolean follows(Subject subject, String venueId) {
                return false;
            }

            @Override
            public void change(Change change) {
                told.add("change");
            }
        };
        progress.onStalled(stalled -> told.add(stalled ? "delayed" : "live"));
        RecentDays recent = new RecentDays(config);
        return new FeedReader(config, new FeedRecords(config, recent, days, changes), recent, progress);
    }

    /** A broker that has so many records of days. */
    private static MockConsumer<byte[], byte[]> broker(long daysEnd) {
        MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest") {
            @Override
            public synchronized Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(
                    Map<TopicPartition, Long> times) {
                return Map.of();
            }
        };
        Node node = new Node(1, "broker", 9092);
        for (TopicPartition partition : List.of(DAYS, RESERVATIONS)) {
            consumer.updatePartitions(
                    partition.topic(),
                    List.of(new PartitionInfo(partition.topic(), 0, node, new Node[] {node}, new Node[] {node})));
        }
        consumer.updateBeginningOffsets(Map.of(DAYS, 0L, RESERVATIONS, 0L));
        consumer.updateEndOffsets(Map.of(DAYS, daysEnd, RESERVATIONS, 0L));
        return consumer;
    }

    private static ConsumerRecord<byte[], byte[]> day(long offset, int version) {
        String value = "{\"venueId\":\"v\",\"date\":\"2026-11-28\",\"version\":" + version
                + ",\"minNotice\":\"PT0S\",\"slots\":[]}";
        return new ConsumerRecord<>(
                DAYS.topic(), DAYS.partition(), offset, "v/2026-11-28".getBytes(UTF_8), value.getBytes(UTF_8));
    }

    @Test
    void whoHasNothingToReadIsCurrentWithoutWaitingForRecords() {
        reader.begin(broker(0));
        assertThat(progress.isCaughtUp()).isTrue();
    }

    @Test
    void whoWasOutOfReachIsCurrentOnlyOnceItHasReadWhatOthersWroteMeanwhile() {
        MockConsumer<byte[], byte[]> before = broker(0);
        reader.begin(before);
        reader.step(before);
        assertThat(progress.isCaughtUp()).isTrue();
        await().until(() -> {
            reader.failed();
            return progress.isStalled();
        });

        MockConsumer<byte[], byte[]> after = broker(2);
        reader.begin(after);
        after.addRecord(day(0, 1));
        reader.step(after);
        assertThat(told).containsExactly("delayed", "version 1");
        after.addRecord(day(1, 2));
        reader.step(after);
        assertThat(told).containsExactly("delayed", "version 1", "version 2", "live");
    }

    @Test
    void whoDoesNotKeepUpSaysSoUntilItHas() {
        MockConsumer<byte[], byte[]> consumer = broker(0);
        reader.begin(consumer);
        reader.step(consumer);
        assertThat(progress.isCaughtUp()).isTrue();

        consumer.updateEndOffsets(Map.of(DAYS, 2L, RESERVATIONS, 0L));
        stepUntilTold("delayed", consumer);
        consumer.addRecord(day(0, 1));
        reader.step(consumer);
        consumer.addRecord(day(1, 2));
        stepUntilTold("live", consumer);
        assertThat(told).containsExactly("delayed", "version 1", "version 2", "live");
    }

    private void stepUntilTold(String word, MockConsumer<byte[], byte[]> consumer) {
        await().until(() -> {
            reader.step(consumer);
            return told.contains(word);
        });
    }
}
