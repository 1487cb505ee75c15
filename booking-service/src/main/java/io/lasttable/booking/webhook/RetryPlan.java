package io.lasttable.booking.webhook;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/**
 * When an event is tried again: pauses of 5 s, 15 s, 45 s and so on up to six hours, each up to a fifth longer or shorter so
 * that those who failed together do not come back together, until three days have passed since the first attempt.
 *
 * @param first the pause after the first attempt
 * @param longest the longest pause, whatever a receiver asks for
 * @param whole from the first attempt to giving up
 * @param random from 0 to 1
 */
record RetryPlan(Duration first, Duration longest, Duration whole, DoubleSupplier random) {

    private static final double GROWTH = 3;
    private static final double SPREAD = 0.2;
    private static final int MOST_PLANNED = 50;

    static RetryPlan of(WebhookSettings webhooks) {
        return new RetryPlan(
                webhooks.firstPause(),
                webhooks.longestPause(),
                webhooks.giveUpAfter(),
                () -> ThreadLocalRandom.current().nextDouble());
    }

    /**
     * The pause before the next attempt; none when it is time to give up. The last attempt is made when the whole time is over.
     *
     * @param attempts that have failed, at least one
     * @param since the first of them began
     * @param asked what the receiver asked to be left alone for
     */
    Optional<Duration> pause(int attempts, Duration since, Optional<Duration> asked) {
        Duration left = whole.minus(since);
        if (left.isNegative() || left.isZero()) {
            return Optional.empty();
        }
        Duration pause = spread(Math.min(longest.toMillis(), first.toMillis() * Math.pow(GROWTH, attempts - 1)));
        Duration wanted = asked.filter(most -> most.compareTo(pause) > 0).orElse(pause);
        return Optional.of(least(least(wanted, longest.plus(longest.dividedBy(5))), left));
    }

    /**
     * When it will be sent if it fails each time: but for the next, which is known, each up to a fifth of its pause earlier or later.
     *
     * @param attempts that have failed
     * @param begun when the first of them did
     */
    List<Instant> planned(int attempts, Instant begun, Instant next) {
        RetryPlan even = new RetryPlan(first, longest, whole, () -> 0.5);
        List<Instant> planned = new ArrayList<>();
        Optional<Instant> at = Optional.of(next);
        while (at.isPresent() && planned.size() < MOST_PLANNED) {
            Instant sent = at.get();
            planned.add(sent);
            at = even.pause(attempts + planned.size(), Duration.between(begun, sent), Optional.empty())
                    .map(sent::plus);
        }
        return planned;
    }

    private Duration spread(double millis) {
        return Duration.ofMillis(Math.round(millis * (1 + SPREAD * (2 * random.getAsDouble() - 1))));
    }

    private static Duration least(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
