package io.lasttable.booking.webhook;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import java.util.List;
import java.util.Optional;

/**
 * A line of the delivery log as JSON.
 *
 * @param data as it was sent, but for personal data, which the log does not have
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record DeliveryView(
        String id,
        String type,
        String subject,
        Optional<String> venueId,
        Optional<String> cursor,
        String time,
        String status,
        int attempts,
        String createdAt,
        Optional<String> nextAttemptAt,
        Optional<LastAttempt> lastAttempt,
        @JsonRawValue String data) {

    /** When and where to it was sent last, and what came of it. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record LastAttempt(
            String at,
            String url,
            long durationMs,
            Optional<Integer> status,
            Optional<String> answer,
            Optional<String> error) {

        static LastAttempt of(Delivery delivery) {
            return new LastAttempt(
                    delivery.attemptedAt.toString(),
                    delivery.attemptedUrl,
                    delivery.durationMs,
                    Optional.ofNullable(delivery.answerStatus),
                    Optional.ofNullable(delivery.answerText),
                    Optional.ofNullable(delivery.error));
        }
    }

    /** The newest first. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record Page(List<DeliveryView> items, Optional<String> cursor) {}

    static DeliveryView of(Delivery delivery) {
        boolean ofAVenue = !delivery.venueId.isEmpty();
        return new DeliveryView(
                delivery.eventId.toString(),
                delivery.type,
                delivery.subject,
                ofAVenue ? Optional.of(delivery.venueId) : Optional.empty(),
                ofAVenue ? Optional.of(Long.toString(delivery.seq)) : Optional.empty(),
                delivery.time.toString(),
                delivery.status,
                delivery.attempts,
                delivery.createdAt.toString(),
                delivery.status.equals(Delivery.PENDING)
                        ? Optional.of(delivery.nextAttemptAt.toString())
                        : Optional.empty(),
                Optional.ofNullable(delivery.attemptedAt).map(at -> LastAttempt.of(delivery)),
                delivery.payload);
    }
}
