package io.lasttable.booking.outbox;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.smallrye.common.vertx.ContextLocals;
import io.smallrye.common.vertx.VertxContext;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/**
 * The W3C trace context that an event belongs to, as its {@code traceparent} header: that of the current span, else the one
 * that the caller sent, handed on as it came, else one for all events of the request, not sampled.
 */
public final class TraceParent {

    private static final Pattern FORM = Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");
    private static final String LOCAL = "lasttable.traceparent";

    private TraceParent() {}

    /** Remembers what the caller of the current request sent, if it is well-formed. */
    static void received(String traceparent) {
        if (VertxContext.isOnDuplicatedContext()) {
            boolean sent = traceparent != null && FORM.matcher(traceparent).matches();
            ContextLocals.put(LOCAL, sent ? traceparent : made());
        }
    }

    public static String current() {
        SpanContext span = Span.current().getSpanContext();
        if (span.isValid()) {
            return "00-" + span.getTraceId() + "-" + span.getSpanId() + "-"
                    + span.getTraceFlags().asHex();
        }
        Optional<String> sent = VertxContext.isOnDuplicatedContext() ? ContextLocals.get(LOCAL) : Optional.empty();
        return sent.orElseGet(TraceParent::made);
    }

    private static String made() {
        return "00-" + random(16) + "-" + random(8) + "-00";
    }

    private static String random(int bytes) {
        byte[] id = new byte[bytes];
        ThreadLocalRandom.current().nextBytes(id);
        return HexFormat.of().formatHex(id);
    }
}
