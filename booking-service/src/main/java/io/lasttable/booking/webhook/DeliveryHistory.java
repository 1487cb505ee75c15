package io.lasttable.booking.webhook;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A delivery as JSON, with everything that was tried.
 *
 * @param body as it is signed, byte for byte; absent where guests are sent, which the log does not have
 * @param tried each attempt that is kept, the newest first
 * @param planned when it will be sent if it fails each time; empty when it is not to be sent
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record DeliveryHistory(
        @JsonUnwrapped DeliveryView delivery, Optional<String> body, List<AttemptView> tried, List<String> planned) {

    /** @param plan by which it is tried again */
    static DeliveryHistory of(Webhook webhook, Delivery delivery, List<PastAttempt> past, RetryPlan plan) {
        return new DeliveryHistory(
                DeliveryView.of(delivery),
                webhook.includeGuest ? Optional.empty() : Optional.of(Message.body(delivery.event(), Optional.empty())),
                Stream.concat(
                                AttemptView.lastOf(delivery).stream(),
                                past.stream().map(AttemptView::of))
                        .toList(),
                webhook.isPaused() || !delivery.isPending() ? List.of() : planned(delivery, plan));
    }

    private static List<String> planned(Delivery delivery, RetryPlan plan) {
        Instant begun = Optional.ofNullable(delivery.firstAttemptAt).orElse(delivery.nextAttemptAt);
        return plan.planned(delivery.attempts, begun, delivery.nextAttemptAt).stream()
                .map(Instant::toString)
                .toList();
    }
}
