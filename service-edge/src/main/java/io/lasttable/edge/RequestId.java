package io.lasttable.edge;

import io.vertx.ext.web.RoutingContext;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jboss.logging.MDC;

/**
 * Names a request in its answer and in every line that is logged for it, so that who asks for help can name it. The caller's own name
 * is kept, unless it could pass for something else in a log.
 */
public final class RequestId {

    private static final String HEADER = "X-Request-Id";
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._:/+=@-]{1,128}");

    private RequestId() {}

    public static void give(RoutingContext context) {
        String sent = context.request().getHeader(HEADER);
        String id = sent != null && PLAIN.matcher(sent).matches() ? sent : made();
        context.response().putHeader(HEADER, id);
        MDC.put("requestId", id);
    }

    /** Nobody needs to be unable to guess it. */
    private static String made() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }
}
