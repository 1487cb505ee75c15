package io.lasttable.booking.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OffLoopTest {

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void workIsDoneElsewhereAndGoesOnWhereItWasAskedFor() throws Exception {
        CompletableFuture<Boolean> elsewhere = new CompletableFuture<>();
        CompletableFuture<Boolean> back = new CompletableFuture<>();
        vertx.getOrCreateContext().runOnContext(begun -> {
            Thread loop = Thread.currentThread();
            var asked = OffLoop.compute(() -> elsewhere.complete(!Context.isOnEventLoopThread()))
                    .subscribe()
                    .with(done -> back.complete(Thread.currentThread() == loop), back::completeExceptionally);
            assert asked != null;
        });
        assertThat(back.get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(elsewhere.get()).isTrue();
    }

    @Test
    void aFailureStaysWhatItIs() {
        CompletableFuture<Object> answer = new CompletableFuture<>();
        vertx.getOrCreateContext().runOnContext(begun -> {
            Uni<Object> failing = OffLoop.compute(() -> {
                throw new IllegalArgumentException("refused");
            });
            var asked = failing.subscribe().with(answer::complete, answer::completeExceptionally);
            assert asked != null;
        });
        assertThatThrownBy(() -> answer.get(10, TimeUnit.SECONDS))
                .hasCauseExactlyInstanceOf(IllegalArgumentException.class);
    }
}
