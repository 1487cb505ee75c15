package io.lasttable.booking.background;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BackgroundTest {

    private static final Duration PERIOD = Duration.ofMillis(5);

    private final Vertx vertx = Vertx.vertx();
    private final Background background = new Background(vertx, () -> true);
    private final AtomicInteger turns = new AtomicInteger();

    @AfterEach
    void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    @Test
    void aTurnThatIsStillUnderWayTakesThePlaceOfTheNext() {
        background.every(PERIOD, "waiting", () -> {
            turns.incrementAndGet();
            return Uni.createFrom().nothing();
        });
        untilOthersHaveHadTheirTurn();
        assertThat(turns).hasValue(1);
    }

    @Test
    void aTurnThatFailsIsTriedAgainHoweverItFails() {
        background.every(PERIOD, "failing", () -> {
            if (turns.incrementAndGet() % 2 == 0) {
                throw new IllegalStateException("at once");
            }
            return Uni.createFrom().failure(new IllegalStateException("later"));
        });
        await().until(() -> turns.get() > 4);
    }

    @Test
    void aProcessForOneTaskDoesNothingOfIt() {
        Background off = new Background(vertx, () -> false);
        off.every(PERIOD, "off", () -> Uni.createFrom().item(turns.incrementAndGet()));
        untilOthersHaveHadTheirTurn();
        assertThat(off.isOn()).isFalse();
        assertThat(turns).hasValue(0);
    }

    private void untilOthersHaveHadTheirTurn() {
        AtomicInteger others = new AtomicInteger();
        background.every(PERIOD, "others", () -> Uni.createFrom().item(others.incrementAndGet()));
        await().until(() -> others.get() > 10);
    }
}
