package io.lasttable.booking.webhook;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;

/**
 * One attempt at a delivery as JSON: when and where to, and what came of it.
 *
 * @param timestamp {@code webhook-timestamp} of the request, which its signature is of; absent for an attempt of a release that did
 *     not keep it
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record AttemptView(
        String at,
        String url,
        Optional<String> timestamp,
        long durationMs,
        Optional<Integer> status,
        Optional<String> answer,
        Optional<String> error) {

    /** The last one, if there was any. */
    static Optional<AttemptView> lastOf(Delivery delivery) {
        return Optional.ofNullable(delivery.attemptedAt)
                .map(at -> new AttemptView(
                        at.toString(),
                        delivery.attemptedUrl,
                        Optional.ofNullable(delivery.signedAt).map(Signature::timestamp),
                        delivery.durationMs,
                        Optional.ofNullable(delivery.answerStatus),
                        Optional.ofNullable(delivery.answerText),
                        Optional.ofNullable(delivery.error)));
    }

    static AttemptView of(PastAttempt attempt) {
        return new AttemptView(
                attempt.attemptedAt.toString(),
                attempt.url,
                Optional.ofNullable(attempt.signedAt).map(Signature::timestamp),
                attempt.durationMs,
                Optional.ofNullable(attempt.answerStatus),
                Optional.ofNullable(attempt.answerText),
                Optional.ofNullable(attempt.error));
    }
}
