package io.lasttable.booking.access;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/** The header {@code Authorization} where it carries a bearer token (RFC 6750). */
final class Bearer {

    private static final String SCHEME = "bearer ";

    private Bearer() {}

    /** The token, whatever it is; absent when there is no such header, or one of another scheme. */
    static Optional<String> tokenOf(HttpServerRequest request) {
        return Optional.ofNullable(request.getHeader(HttpHeaders.AUTHORIZATION))
                .filter(header -> header.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                .map(header -> header.substring(SCHEME.length()).strip());
    }
}
