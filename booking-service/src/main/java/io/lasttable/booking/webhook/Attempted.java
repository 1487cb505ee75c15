package io.lasttable.booking.webhook;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What came of sending a message once.
 *
 * @param signedAt what the receiver sees as {@code webhook-timestamp}, in whole seconds
 * @param status of the answer, if there was one
 * @param text the beginning of the answer, for the log
 * @param error why there was no answer, or none that counts
 * @param retryAfter what the receiver asked for
 */
record Attempted(
        String url,
        Instant signedAt,
        Duration took,
        OptionalInt status,
        Optional<String> text,
        Optional<String> error,
        Optional<Duration> retryAfter) {

    private static final int GONE = 410;

    static Attempted failed(String url, Instant signedAt, Duration took, String error) {
        return new Attempted(
                url, signedAt, took, OptionalInt.empty(), Optional.empty(), Optional.of(error), Optional.empty());
    }

    boolean isDelivered() {
        return status.isPresent() && status.getAsInt() / 100 == 2;
    }

    /** The receiver wants no more, ever (Standard Webhooks). */
    boolean isGone() {
        return status.isPresent() && status.getAsInt() == GONE;
    }

    /** As it may be kept: a receiver that got personal data may have sent it back. */
    Attempted withoutText() {
        return new Attempted(url, signedAt, took, status, Optional.empty(), error, retryAfter);
    }
}
