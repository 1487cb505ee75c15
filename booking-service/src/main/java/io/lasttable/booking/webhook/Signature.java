package io.lasttable.booking.webhook;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookSigningException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The headers of <a href="https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md">Standard
 * Webhooks</a>. With two secrets there are two signatures, so that a receiver may have either.
 */
final class Signature {

    static final String SECRET_PREFIX = "whsec_";

    private Signature() {}

    static Map<String, String> headers(UUID id, Instant now, String body, List<String> secrets) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("webhook-id", id.toString());
        headers.put("webhook-timestamp", timestamp(now));
        headers.put(
                "webhook-signature",
                secrets.stream().map(secret -> sign(secret, id, now, body)).collect(Collectors.joining(" ")));
        return headers;
    }

    static String timestamp(Instant signedAt) {
        return Long.toString(signedAt.getEpochSecond());
    }

    private static String sign(String secret, UUID id, Instant now, String body) {
        try {
            return new Webhook(secret).sign(id.toString(), now.getEpochSecond(), body);
        } catch (WebhookSigningException e) {
            throw new IllegalStateException("Every secret can sign", e);
        }
    }
}
