package io.lasttable.booking.webhook;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * What an operator watches of webhooks. Gauges are those of all webhooks on every replica: take the maximum, not the sum, so that
 * a webhook which nobody owns is seen as well.
 */
final class WebhookMetrics {

    private final Counter delivered;
    private final Counter failed;
    private volatile DeliveryTable.Measured measured = new DeliveryTable.Measured(0, 0, Duration.ZERO);

    WebhookMetrics(MeterRegistry registry) {
        delivered = Counter.builder("lasttable.webhook.delivered")
                .description("Events that a receiver has taken")
                .register(registry);
        failed = Counter.builder("lasttable.webhook.failed")
                .description("Attempts that failed")
                .register(registry);
        Gauge.builder("lasttable.webhook.paused", () -> measured.paused())
                .description("Webhooks that are paused for their failures")
                .register(registry);
        Gauge.builder("lasttable.webhook.failing", () -> measured.failing())
                .description("Webhooks whose last attempt failed")
                .register(registry);
        TimeGauge.builder("lasttable.webhook.lag", () -> measured.lag().toMillis(), TimeUnit.MILLISECONDS)
                .description("How long an event has waited that could have been sent")
                .register(registry);
    }

    void delivered() {
        delivered.increment();
    }

    void failed() {
        failed.increment();
    }

    void measured(DeliveryTable.Measured now) {
        measured = now;
    }
}
