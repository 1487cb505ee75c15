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
        Optional<AttemptView> lastAttempt,
        @JsonRawValue String data) {

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
                delivery.isPending() ? Optional.of(delivery.nextAttemptAt.toString()) : Optional.empty(),
                AttemptView.lastOf(delivery),
                delivery.payload);
    }
}
