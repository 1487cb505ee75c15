package io.lasttable.booking.webhook;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A webhook as JSON.
 *
 * @param secret whole, in the answer that made it and nowhere else
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record WebhookView(
        String id,
        String url,
        Optional<String[]> types,
        Optional<String[]> venues,
        boolean includeGuest,
        String status,
        Optional<String> pauseReason,
        Optional<String> pausedAt,
        Optional<String> failingSince,
        String createdAt,
        long version,
        Optional<String> secret,
        Optional<List<SecretView>> secrets) {

    /** What may be told of a secret: enough to know it again. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record SecretView(String endsWith, String createdAt, Optional<String> expiresAt) {

        private static final int SHOWN = 4;

        static SecretView of(WebhookSecret secret) {
            return new SecretView(
                    secret.secret.substring(secret.secret.length() - SHOWN),
                    secret.createdAt.toString(),
                    text(secret.expiresAt));
        }
    }

    /** Webhooks, in the order of their ids. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record Page(List<WebhookView> items, Optional<String> cursor) {}

    static WebhookView of(Webhook webhook, Optional<WebhookSecret> made, List<WebhookSecret> good) {
        return of(
                webhook,
                made.map(secret -> secret.secret),
                Optional.of(good.stream().map(SecretView::of).toList()));
    }

    /** As one of many. */
    static WebhookView of(Webhook webhook) {
        return of(webhook, Optional.empty(), Optional.empty());
    }

    private static WebhookView of(Webhook webhook, Optional<String> secret, Optional<List<SecretView>> secrets) {
        return new WebhookView(
                webhook.id.toString(),
                webhook.url,
                Optional.ofNullable(webhook.types),
                Optional.ofNullable(webhook.venues),
                webhook.includeGuest,
                webhook.status,
                Optional.ofNullable(webhook.pauseReason),
                text(webhook.pausedAt),
                text(webhook.failingSince),
                webhook.createdAt.toString(),
                webhook.version,
                secret,
                secrets);
    }

    static Optional<String> text(Instant instant) {
        return Optional.ofNullable(instant).map(Instant::toString);
    }
}
