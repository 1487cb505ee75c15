package io.lasttable.notify.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MistakesTest {

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
    private final Mistakes mistakes = new Mistakes(60, 1, now::get);

    @Test
    void soManyAMinuteAreForgivenAndNoMore() {
        make(59);
        assertThat(mistakes.tooMany("somebody")).isFalse();
        make(1);
        assertThat(mistakes.tooMany("somebody")).isTrue();
        assertThat(mistakes.tooMany("somebody else")).isFalse();
    }

    @Test
    void timeForgivesOneAfterTheOther() {
        make(61);
        pass(1);
        assertThat(mistakes.tooMany("somebody")).isTrue();
        pass(1);
        assertThat(mistakes.tooMany("somebody")).isFalse();
        make(1);
        assertThat(mistakes.tooMany("somebody")).isTrue();
        pass(3600);
        make(59);
        assertThat(mistakes.tooMany("somebody")).isFalse();
    }

    @Test
    void theirNumberIsBoundedAndWhoIsForgivenMakesRoom() {
        for (int i = 0; i < 100_000; i++) {
            mistakes.count("address " + i);
        }
        make(60);
        assertThat(mistakes.tooMany("somebody")).as("not counted").isFalse();
        pass(2);
        make(60);
        assertThat(mistakes.tooMany("somebody")).isTrue();
    }

    private void make(int some) {
        for (int i = 0; i < some; i++) {
            mistakes.count("somebody");
        }
    }

    private void pass(int seconds) {
        now.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
    }
}
