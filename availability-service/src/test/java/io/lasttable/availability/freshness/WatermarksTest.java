package io.lasttable.availability.freshness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a place in a partition proves. */
class WatermarksTest {

    private static final TopicPartition DAYS = new TopicPartition("lasttable.days.v1", 3);
    private static final TopicPartition OTHER = new TopicPartition("lasttable.days.v1", 4);
    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");

    private final Watermarks watermarks = new Watermarks();

    @Test
    void theOldestShardCounts() {
        said(0, 2, NOON.plusSeconds(9), 10);
        said(1, 2, NOON.plusSeconds(5), 10);

        assertThat(watermarks.proved(DAYS, 10)).hasValue(NOON.plusSeconds(5));
    }

    @Test
    void aPositionThatIsNotReachedProvesTheWatermarkBefore() {
        said(0, 1, NOON, 10);
        said(0, 1, NOON.plusSeconds(1), 11);

        assertThat(watermarks.proved(DAYS, 10)).hasValue(NOON);
        assertThat(watermarks.proved(DAYS, 11)).hasValue(NOON.plusSeconds(1));
        assertThat(watermarks.proved(DAYS, 9)).isEmpty();
    }

    @Test
    void aPartitionThatIsNotNamedHasNothingToWaitFor() {
        said(0, 1, NOON, 10);

        assertThat(watermarks.proved(OTHER, 0)).hasValue(NOON);
    }

    @Test
    void aShardThatHasSaidNothingProvesNothing() {
        said(0, 2, NOON, 10);

        assertThat(watermarks.proved(DAYS, 10)).isEmpty();
        assertThat(new Watermarks().proved(DAYS, 10)).isEmpty();
    }

    @Test
    void theNumberOfShardsIsTheOneSaidLast() {
        said(0, 2, NOON, 10);
        said(0, 1, NOON.plusSeconds(1), 10);

        assertThat(watermarks.proved(DAYS, 10)).hasValue(NOON.plusSeconds(1));
    }

    @Test
    void aReaderFarBehindIsNeverHeldToBeNewerThanItIs() {
        for (int second = 0; second < 5_000; second++) {
            said(0, 1, NOON.plusSeconds(second), second);
        }
        for (int position = 0; position < 5_000; position += 7) {
            assertThat(watermarks.proved(DAYS, position))
                    .hasValueSatisfying(held -> assertThat(held).isBefore(NOON.plusSeconds(5_000)));
            assertThat(watermarks.proved(DAYS, position).orElseThrow()).isBeforeOrEqualTo(NOON.plusSeconds(position));
        }
        assertThat(watermarks.proved(DAYS, 5_000)).hasValue(NOON.plusSeconds(4_999));
    }

    @Test
    void whatAllPlacesHavePassedIsForgottenAndWhatTheyProveStays() {
        said(0, 1, NOON, 10);
        said(0, 1, NOON.plusSeconds(1), 20);
        said(0, 1, NOON.plusSeconds(2), 30);

        watermarks.forgetBefore(Map.of(DAYS, 25L, OTHER, 0L));

        assertThat(watermarks.proved(DAYS, 25)).hasValue(NOON.plusSeconds(1));
        assertThat(watermarks.proved(DAYS, 15)).isEmpty();
    }

    @Test
    void aWatermarkIsReadAsItsWriterWritesIt() {
        Watermark read = read("{\"shard\":1,\"shards\":4,\"committedBefore\":\"2026-11-27T11:30:00.123456Z\","
                + "\"positions\":{\"lasttable.days.v1\":{\"0\":123,\"3\":98},\"lasttable.venues.v1\":{}}}");

        assertThat(read.committedBefore()).isEqualTo("2026-11-27T11:30:00.123456Z");
        assertThat(read.isReached(DAYS, 97)).isFalse();
        assertThat(read.isReached(DAYS, 98)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{\"shard\":0}",
                "{\"shard\":4,\"shards\":4,\"committedBefore\":\"2026-11-27T11:30:00Z\",\"positions\":{}}",
                "{\"shard\":0,\"shards\":4,\"committedBefore\":\"noon\",\"positions\":{}}",
                "{\"shard\":0,\"shards\":4,\"committedBefore\":\"2026-11-27T11:30:00Z\",\"positions\":{\"t\":{\"a\":1}}}"
            })
    void whatIsNoWatermarkIsRefused(String document) {
        assertThatThrownBy(() -> read(document)).isInstanceOf(IllegalArgumentException.class);
    }

    private void said(int shard, int shards, Instant committedBefore, long position) {
        watermarks.add(new Watermark(shard, shards, committedBefore, Map.of(DAYS, position)));
    }

    private static Watermark read(String document) {
        return Watermark.read(document.getBytes(StandardCharsets.UTF_8));
    }
}
