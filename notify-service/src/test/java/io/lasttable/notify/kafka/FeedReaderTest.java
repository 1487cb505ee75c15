package io.lasttable.notify.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lasttable.notify.NotifyConfig;
import io.lasttable.notify.day.DayKey;
import io.lasttable.notify.day.DayState;
import io.lasttable.notify.reservation.Change;
import io.lasttable.notify.reservation.Subject;
import io.lasttable.notify.world.Settings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

/** When clients are told that what they see may be old, and when that it is not. */
class FeedReaderTest {

    private static final TopicPartition DAYS = new TopicPartition("lasttable.days.v1", 0);
    private static final TopicPartition WATERMARKS = new TopicPartition("lasttable.watermarks.v1", 0);
    private static final TopicPartition RESERVATIONS = new TopicPartition("lasttable.reservations.v1", 0);

    private final NotifyConfig config = Settings.with(Map.of(
            "lasttable.feed.stalled-after", "PT0.3S",
            "lasttable.feed.poll-timeout", "PT0S"));

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
        return broker(daysEnd, Map::of);
    }

    /** @param lookedBack what the broker answers to the question where the days of the last minutes begin */
    private static MockConsumer<byte[], byte[]> broker(
            long daysEnd, Supplier<Map<TopicPartition, OffsetAndTimestamp>> lookedBack) {
        MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest") {
            @Override
            public synchronized Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(
                    Map<TopicPartition, Long> times) {
                return lookedBack.get();
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

    @Test
    void aBrokerThatDoesNotAnswerAtTheStartIsAskedAgainHowFarToLookBack() {
        MockConsumer<byte[], byte[]> slow = broker(2, () -> {
            throw new TimeoutException("expected");
        });
        assertThatThrownBy(() -> reader.begin(slow)).isInstanceOf(TimeoutException.class);
        reader.failed();

        MockConsumer<byte[], byte[]> consumer = broker(2, () -> Map.of(DAYS, new OffsetAndTimestamp(0, 0)));
        reader.begin(consumer);
        consumer.addRecord(day(0, 1));
        consumer.addRecord(day(1, 2));
        reader.step(consumer);
        assertThat(told).contains("version 1", "version 2");
    }

    @Test
    void aTopicThatWasMadeAnewAndHasOutgrownTheOldOneIsReadFromItsBeginning() {
        MockConsumer<byte[], byte[]> before = broker(0);
        reader.begin(before);
        before.addRecord(day(0, 7));
        before.addRecord(day(1, 8));
        reader.step(before);

        MockConsumer<byte[], byte[]> after = broker(3);
        reader.begin(after);
        after.addRecord(writtenAt(1, day(1, 2)));
        after.addRecord(writtenAt(1, day(2, 3)));
        reader.step(after);
        assertThat(after.position(DAYS)).isZero();
        after.addRecord(writtenAt(1, day(0, 1)));
        reader.step(after);
        assertThat(told).containsExactly("version 7", "version 8", "version 1");
    }

    @Test
    void aTopicThatIsTheSameIsGoneOnWith() {
        MockConsumer<byte[], byte[]> before = broker(0);
        reader.begin(before);
        before.addRecord(day(0, 7));
        reader.step(before);

        MockConsumer<byte[], byte[]> after = broker(2);
        reader.begin(after);
        after.addRecord(day(0, 7));
        after.addRecord(day(1, 8));
        reader.step(after);
        assertThat(told).endsWith("version 8");
        assertThat(after.position(DAYS)).isEqualTo(2);
    }

    private static ConsumerRecord<byte[], byte[]> writtenAt(long timestamp, ConsumerRecord<byte[], byte[]> record) {
        return new ConsumerRecord<>(
                record.topic(),
                record.partition(),
                record.offset(),
                timestamp,
                TimestampType.CREATE_TIME,
                record.key().length,
                record.value().length,
                record.key(),
                record.value(),
                new RecordHeaders(),
                Optional.empty());
    }

    /** The broker answers, and there is nothing to read: only the relay's own word tells that it stands still. */
    @Test
    void aRelayThatStandsStillIsToldToClients() {
        MockConsumer<byte[], byte[]> consumer = withWatermarks();
        reader.begin(consumer);
        reader.step(consumer);
        assertThat(progress.isCaughtUp()).isTrue();
        consumer.addRecord(watermark(0, Instant.now().minusSeconds(60)));
        reader.step(consumer);
        assertThat(told).containsExactly("delayed");
        assertThat(progress.lagSeconds()).isGreaterThanOrEqualTo(60);
        consumer.addRecord(watermark(1, Instant.now().plusSeconds(60)));
        reader.step(consumer);
        assertThat(told).containsExactly("delayed", "live");
    }

    /** What the relay said last, before this replica was there, is all that it has said. */
    @Test
    void whoStartsWhileTheRelayStandsStillAdmitsNobodyAsCurrent() {
        progress.onStalled(
                stalled -> told.add((progress.isCaughtUp() ? "" : "first ") + (stalled ? "delayed" : "live")));
        MockConsumer<byte[], byte[]> consumer = withWatermarks();
        consumer.updateEndOffsets(Map.of(WATERMARKS, 1L));
        reader.begin(consumer);
        assertThat(progress.isCaughtUp()).isFalse();
        consumer.addRecord(watermark(0, Instant.now().minusSeconds(60)));
        reader.step(consumer);
        assertThat(progress.isCaughtUp()).isTrue();
        assertThat(told).containsExactly("first delayed");
        consumer.addRecord(watermark(1, Instant.now().plusSeconds(60)));
        reader.step(consumer);
        assertThat(told).containsExactly("first delayed", "live");
    }

    /** A broker that is heard again has not been told yet what was committed while it was away. */
    @Test
    void aBrokerThatComesBackEndsNoDoubtOfWhatTheRelayStillHasToSend() {
        MockConsumer<byte[], byte[]> before = withWatermarks();
        reader.begin(before);
        before.addRecord(watermark(0, Instant.now().minusSeconds(60)));
        reader.step(before);
        reader.failed();
        MockConsumer<byte[], byte[]> after = withWatermarks();
        reader.begin(after);
        after.addRecord(watermark(0, Instant.now().minusSeconds(60)));
        reader.step(after);
        reader.step(after);
        assertThat(told).containsExactly("delayed");
        after.addRecord(watermark(1, Instant.now().plusSeconds(60)));
        reader.step(after);
        assertThat(told).containsExactly("delayed", "live");
    }

    private static MockConsumer<byte[], byte[]> withWatermarks() {
        MockConsumer<byte[], byte[]> consumer = broker(0);
        Node node = new Node(1, "broker", 9092);
        consumer.updatePartitions(
                WATERMARKS.topic(),
                List.of(new PartitionInfo(WATERMARKS.topic(), 0, node, new Node[] {node}, new Node[] {node})));
        consumer.updateBeginningOffsets(Map.of(WATERMARKS, 0L));
        consumer.updateEndOffsets(Map.of(WATERMARKS, 0L));
        return consumer;
    }

    private static ConsumerRecord<byte[], byte[]> watermark(long offset, Instant committedBefore) {
        String value = "{\"shard\":0,\"shards\":1,\"committedBefore\":\"" + committedBefore
                + "\",\"positions\":{\"lasttable.days.v1\":{\"0\":0}}}";
        return new ConsumerRecord<>(WATERMARKS.topic(), 0, offset, "0".getBytes(UTF_8), value.getBytes(UTF_8));
    }

    private void stepUntilTold(String word, MockConsumer<byte[], byte[]> consumer) {
        await().until(() -> {
            reader.step(consumer);
            return told.contains(word);
        });
    }
}
