package io.lasttable.notify.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lasttable.notify.document.WatermarkDocument;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** How old what has been read may be, by what two shards of the relay say. */
class WatermarksTest {

    private static final TopicPartition FIRST = new TopicPartition("days", 0);
    private static final TopicPartition SECOND = new TopicPartition("days", 1);
    private static final Instant BEGAN = Instant.parse("2026-11-27T12:00:00Z");

    private final Watermarks watermarks = new Watermarks(0);

    private static Instant at(long seconds) {
        return BEGAN.plusSeconds(seconds);
    }

    private void says(int shard, long seconds, Map<Integer, Long> positions) {
        watermarks.take(new WatermarkDocument(shard, 2, at(seconds), Map.of("days", positions)));
    }

    private void readAt(long seconds, long first, long second) {
        readAt(seconds, at(seconds), first, second);
    }

    /** @param clock of the host, which may be wrong */
    private void readAt(long seconds, Instant clock, long first, long second) {
        watermarks.reach(Map.of(FIRST, first, SECOND, second), clock, TimeUnit.SECONDS.toNanos(seconds));
    }

    private long behindAt(long seconds) {
        return watermarks.behind(TimeUnit.SECONDS.toNanos(seconds)).toSeconds();
    }

    @Test
    void theOldestShardCounts() {
        says(0, 10, Map.of(0, 5L));
        says(1, 8, Map.of());
        readAt(11, 5, 0);
        assertThat(behindAt(11)).isEqualTo(3);
        says(1, 11, Map.of());
        readAt(11, 5, 0);
        assertThat(behindAt(11)).isEqualTo(1);
    }

    @Test
    void aShardThatSaysNothingIsAsOldAsTheStart() {
        assertThat(watermarks.speak()).isFalse();
        says(0, 10, Map.of());
        readAt(12, 0, 0);
        assertThat(watermarks.speak()).isTrue();
        assertThat(behindAt(12)).isEqualTo(12);
    }

    @Test
    void whatIsSaidCountsOnceReadingHasComeToItsPositionsInEveryPartition() {
        says(1, 20, Map.of());
        says(0, 10, Map.of(0, 5L, 1, 7L));
        says(0, 20, Map.of(0, 6L, 1, 7L));
        readAt(20, 6, 6);
        assertThat(behindAt(20)).isEqualTo(20);
        assertThat(watermarks.areWaiting()).isTrue();
        readAt(20, 5, 7);
        assertThat(behindAt(20)).isEqualTo(10);
        readAt(20, 6, 7);
        assertThat(behindAt(20)).isZero();
        assertThat(watermarks.areWaiting()).isFalse();
    }

    @Test
    void aLateOwnerDoesNotTurnTimeBack() {
        says(1, 30, Map.of());
        says(0, 30, Map.of());
        says(0, 20, Map.of());
        readAt(30, 0, 0);
        assertThat(behindAt(30)).isZero();
    }

    @Test
    void aClockThatIsPutBackHidesNoSilence() {
        says(0, 30, Map.of());
        says(1, 30, Map.of());
        readAt(31, at(31 - 120), 0, 0);
        assertThat(behindAt(31)).isZero();
        assertThat(behindAt(50)).isEqualTo(19);
    }

    @Test
    void aMachineThatWasSuspendedKnowsThatAllIsOlder() {
        says(0, 30, Map.of());
        says(1, 30, Map.of());
        readAt(31, 0, 0);
        watermarks.slept(Duration.ofHours(1));
        assertThat(behindAt(32)).isEqualTo(3_602);
    }

    @Test
    void whatWasSaidLongAgoIsNoLessOldForHavingJustBeenRead() {
        says(0, -600, Map.of());
        says(1, -600, Map.of());
        readAt(1, 0, 0);
        assertThat(behindAt(1)).isEqualTo(601);
    }

    @Test
    void positionsOfATopicThatWasMadeAnewAreNotWaitedFor() {
        says(1, 20, Map.of());
        says(0, 10, Map.of(0, 500L));
        says(0, 20, Map.of(0, 3L));
        readAt(20, 3, 0);
        assertThat(behindAt(20)).isZero();
    }

    @Test
    void readingThatIsFarBehindKeepsABoundedNumber() {
        says(1, 500, Map.of());
        for (int second = 1; second <= 500; second++) {
            says(0, second, Map.of(0, (long) second));
        }
        readAt(500, 1, 0);
        assertThat(behindAt(500)).isEqualTo(499);
        readAt(500, 500, 0);
        assertThat(behindAt(500)).isZero();
    }

    @Test
    void theDocumentIsReadAsTheRelayWritesIt() throws IOException {
        String json = "{'shard':0,'shards':4,'committedBefore':'2026-11-27T11:30:00.123456Z',"
                + "'positions':{'lasttable.days.v1':{'0':123,'3':98},'lasttable.venues.v1':{}}}";
        WatermarkDocument mark =
                WatermarkDocument.parse(json.replace((char) 39, (char) 34).getBytes(UTF_8));
        assertThat(mark.committedBefore()).isEqualTo("2026-11-27T11:30:00.123456Z");
        assertThat(mark.positions().get("lasttable.days.v1")).containsOnly(Map.entry(0, 123L), Map.entry(3, 98L));
        assertThat(Duration.between(mark.committedBefore(), BEGAN)).isPositive();
    }

    @Test
    void whatIsNoWatermarkIsRefused() {
        for (String json : new String[] {"{}", "{\"shard\":4,\"shards\":4,\"positions\":{}}", "[]"}) {
            assertThatThrownBy(() -> WatermarkDocument.parse(json.getBytes(UTF_8)))
                    .isInstanceOf(IOException.class);
        }
    }
}
