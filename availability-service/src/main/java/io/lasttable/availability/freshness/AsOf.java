package io.lasttable.availability.freshness;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * The age of what a read finds, told from before it began, and how an answer says it.
 *
 * @param heldNanos everything of before this {@link System#nanoTime} was in the tables; null when that was never known
 */
public record AsOf(Long heldNanos, Duration staleAfter) {

    private static final String SHARED = "public, max-age=1";
    private static final String UNSHARED = "no-store";

    /** How old the answer may be by now. */
    public OptionalLong lagMillis() {
        return heldNanos == null ? OptionalLong.empty() : OptionalLong.of((System.nanoTime() - heldNanos) / 1_000_000);
    }

    public boolean isStale() {
        OptionalLong lag = lagMillis();
        return lag.isEmpty() || lag.getAsLong() > staleAfter.toMillis();
    }

    /** An answer that a CDN may share for a second, since the live socket brings what comes after; an old one nobody else should get. */
    public Response.ResponseBuilder cached(Object body) {
        return said(Response.ok(body), isStale() ? UNSHARED : SHARED);
    }

    /** An answer that is known to be old: nobody else should get it. */
    public Response.ResponseBuilder uncached(Object body) {
        return said(Response.ok(body), UNSHARED);
    }

    public Response.ResponseBuilder unchanged() {
        return said(Response.notModified(), isStale() ? UNSHARED : SHARED);
    }

    private Response.ResponseBuilder said(Response.ResponseBuilder answer, String caching) {
        OptionalLong lag = lagMillis();
        return (lag.isEmpty() ? answer : answer.header(Freshness.HEADER, lag.getAsLong()))
                .header(HttpHeaders.CACHE_CONTROL, caching);
    }
}
