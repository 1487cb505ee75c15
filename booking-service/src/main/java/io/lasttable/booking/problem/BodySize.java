package io.lasttable.booking.problem;

import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Holds bodies but those of imports to their limit that did not announce their length; the others were refused by {@link HttpProblems}. */
@Provider
public class BodySize implements ReaderInterceptor {

    private static final MediaType CSV = new MediaType("text", "csv");

    private final Instance<BodySettings> settings;

    /** Interceptors are made while the service is built, before there is a configuration. */
    BodySize(Instance<BodySettings> settings) {
        this.settings = settings;
    }

    @Override
    public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
        if (!CSV.isCompatible(context.getMediaType())) {
            long most = settings.get().maxBody().asLongValue();
            context.setInputStream(new Bounded(context.getInputStream(), most));
        }
        return context.proceed();
    }

    private static final class Bounded extends FilterInputStream {

        private final long most;
        private long left;

        Bounded(InputStream body, long most) {
            super(body);
            this.most = most;
            this.left = most;
        }

        @Override
        public int read() throws IOException {
            int next = super.read();
            count(next < 0 ? 0 : 1);
            return next;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int read = super.read(into, offset, length);
            count(Math.max(0, read));
            return read;
        }

        private void count(int read) {
            left -= read;
            if (left < 0) {
                throw Problem.of(Problem.Type.TOO_LARGE, "Send at most " + most + " bytes.");
            }
        }
    }
}
