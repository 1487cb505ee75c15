package io.lasttable.notify.snapshot;

import java.io.IOException;
import java.io.InputStream;
import org.jboss.resteasy.reactive.RestResponse;

/** The bytes of an answer. The REST client reads them for a success, and leaves them to be read for an error. */
final class Body {

    private Body() {}

    static byte[] of(RestResponse<?> response) throws IOException {
        Object entity = response.getEntity();
        if (entity instanceof InputStream unread) {
            return unread.readAllBytes();
        }
        return entity instanceof byte[] read ? read : new byte[0];
    }
}
