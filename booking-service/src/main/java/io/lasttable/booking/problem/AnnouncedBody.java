package io.lasttable.booking.problem;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/** How much of a body a request says that it has. */
public final class AnnouncedBody {

    /** Of one that comes in chunks. */
    static final long UNKNOWN = Long.MAX_VALUE;

    private AnnouncedBody() {}

    /** In bytes; 0 without a body. The server itself refuses a length that is no number. */
    public static long of(HttpServerRequest request) {
        if (request.headers().contains(HttpHeaders.TRANSFER_ENCODING)) {
            return UNKNOWN;
        }
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null ? 0 : Long.parseLong(length);
    }
}
