package io.lasttable.edge;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * When an answer was made (RFC 9110, section 6.6.1). By it a page tells how long an offer is kept though its device's clock is wrong. Put
 * into words once a second.
 */
public final class AnswerDate {

    private static final DateTimeFormatter WORDS = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);

    private record Said(long second, CharSequence words) {
        static Said at(long second) {
            return new Said(second, HttpHeaders.createOptimized(WORDS.format(Instant.ofEpochSecond(second))));
        }
    }

    private static volatile Said said = Said.at(0);

    private AnswerDate() {}

    /**
     * Said when the answer goes, which may be long after the request came.
     *
     * @param clock by which the service decides
     */
    public static void give(RoutingContext context, InstantSource clock) {
        context.addHeadersEndHandler(going -> context.response().putHeader(HttpHeaders.DATE, now(clock)));
    }

    private static CharSequence now(InstantSource clock) {
        long second = clock.instant().getEpochSecond();
        Said last = said;
        if (last.second() != second) {
            last = Said.at(second);
            said = last;
        }
        return last.words();
    }
}
