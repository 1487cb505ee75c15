package io.lasttable.availability.projection;

import static io.lasttable.availability.world.VenueEvent.aVenue;
import static org.assertj.core.api.Assertions.assertThat;

import io.lasttable.availability.world.Database;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of a venue that is deleted, and made again, however often and in whatever parts that is read. */
class GoneVenueTest {

    private static final Instant NOW = Instant.parse("2027-03-01T12:00:00Z");
    private static final ConsumerRecord<byte[], byte[]> MADE = state(10, 1);
    private static final ConsumerRecord<byte[], byte[]> DELETED = record(20, null);
    private static final ConsumerRecord<byte[], byte[]> MADE_AGAIN = state(30, 2);

    private static Database database;

    @BeforeAll
    static void start() {
        database = new Database();
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @BeforeEach
    void nothingIsKnown() {
        assertThat(database.execute("TRUNCATE day, venue")).isEmpty();
    }

    @Test
    void oneThatWasDeletedIsGone() {
        project(MADE);
        assertThat(isThere()).isTrue();
        project(DELETED);
        assertThat(isThere()).isFalse();
    }

    @Test
    void allOfItInOneBatchIsTheSame() {
        project(MADE, DELETED);
        assertThat(isThere()).isFalse();
        project(MADE, DELETED, MADE_AGAIN);
        assertThat(isThere()).isTrue();
    }

    @Test
    void whatIsReadOnceMoreBringsNothingBack() {
        project(MADE, DELETED);
        project(MADE);
        assertThat(isThere()).isFalse();
    }

    @Test
    void aTombstoneThatComesLateTakesNothingThatWasMadeSince() {
        project(MADE);
        project(MADE_AGAIN);
        project(DELETED);
        assertThat(isThere()).isTrue();
        project(MADE, DELETED);
        assertThat(isThere()).isTrue();
    }

    @Test
    void oneThatIsToldAgainAsItWasIsThereAgain() {
        project(MADE, DELETED);
        project(state(40, 1));
        assertThat(isThere()).isTrue();
    }

    @Test
    void oneThatWasToldAgainInATopicMadeAnewCanBeDeletedThere() {
        project(state(90_000, 1));
        project(state(12, 1));
        project(record(13, null));
        assertThat(isThere()).isFalse();
    }

    @Test
    void aTombstoneOfNobodyChangesNothing() {
        project(DELETED, record(21, null));
        project(MADE_AGAIN);
        assertThat(isThere()).isTrue();
    }

    @SafeVarargs
    private static void project(ConsumerRecord<byte[], byte[]>... records) {
        Batch batch = new Batch(Projected.TOPICS, NOW);
        for (ConsumerRecord<byte[], byte[]> each : records) {
            batch.add(each);
        }
        Tables.LIVE.upsertNow(database.pool(), batch);
    }

    private static boolean isThere() {
        return database.execute("SELECT FROM venue WHERE venue_id = 'a' AND NOT gone")
                        .size()
                == 1;
    }

    private static ConsumerRecord<byte[], byte[]> state(long offset, long version) {
        return record(offset, aVenue("a").version(version).json());
    }

    private static ConsumerRecord<byte[], byte[]> record(long offset, String value) {
        return Projected.polled(Projected.TOPICS.venues(), offset, "a", value);
    }
}
