package io.lasttable.booking.webhook;

import io.lasttable.edge.DatabaseClock;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.tracing.TracingPolicy;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * Sends one message once. The receiver's host is looked up here, each of its addresses is checked, and the connection goes to
 * a checked address and not to the name: a name that leads elsewhere a moment later changes nothing. TLS is still that of
 * the name. Redirects are not followed; time and what is read of an answer are bounded.
 */
final class Sender implements AutoCloseable {

    /** Of an answer, what is kept for the log, and what is read before the connection is given up. */
    private static final int KEPT = 1_024;

    private static final int READ = 64 * 1_024;

    /** Of one host: more than an endpoint's parallel messages, so that two webhooks of a host do not wait for each other. */
    private static final int CONNECTIONS = 64;

    private static final int KEEP_ALIVE_SECONDS = 30;

    private final Vertx vertx;
    private final HttpClient http;
    private final Receivers receivers;
    private final Function<String, Uni<List<InetAddress>>> names;
    private final Duration timeout;

    /**
     * @param names all addresses of a host
     * @param timeout from the look-up to the end of the answer
     */
    Sender(Vertx vertx, Receivers receivers, Function<String, Uni<List<InetAddress>>> names, Duration timeout) {
        this.vertx = vertx;
        this.receivers = receivers;
        this.names = names;
        this.timeout = timeout;
        http = vertx.createHttpClient(new HttpClientOptions()
                .setMaxPoolSize(CONNECTIONS)
                .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
                .setConnectTimeout((int) timeout.toMillis())
                .setVerifyHost(true)
                .setTracingPolicy(TracingPolicy.IGNORE));
    }

    /** A message on its way, signed when its way begins. */
    private record Sending(Message message, Instant signedAt, long begun) {

        static Sending of(Message message) {
            return new Sending(message, DatabaseClock.UTC.instant(), System.nanoTime());
        }

        Duration took() {
            return Duration.ofNanos(System.nanoTime() - begun);
        }

        Attempted failed(String error) {
            return Attempted.failed(message.url().toString(), signedAt, took(), error);
        }

        Attempted answered(HttpClientResponse response, Buffer kept) {
            int status = response.statusCode();
            String text = kept.toString(StandardCharsets.UTF_8).replace("\u0000", "");
            return new Attempted(
                    message.url().toString(),
                    signedAt,
                    took(),
                    OptionalInt.of(status),
                    text.isEmpty() ? Optional.empty() : Optional.of(text),
                    status / 100 == 3 ? Optional.of("redirects are not followed") : Optional.empty(),
                    retryAfter(response.getHeader("retry-after")));
        }
    }

    /** What came of it; never fails. */
    Uni<Attempted> send(Message message) {
        return Uni.createFrom().deferred(() -> send(Sending.of(message)));
    }

    private Uni<Attempted> send(Sending sending) {
        URI url = sending.message().url();
        return Uni.createFrom()
                .deferred(() -> names.apply(host(url)))
                .map(addresses -> receivers.choose(url.getHost(), addresses))
                .chain(address -> Uni.createFrom()
                        .completionStage(() -> exchange(sending, address).toCompletionStage()))
                .ifNoItem()
                .after(timeout)
                .recoverWithItem(() -> sending.failed("no answer within " + timeout.toSeconds() + " s"))
                .onFailure()
                .recoverWithItem(failure -> sending.failed(reason(failure)));
    }

    private Future<Attempted> exchange(Sending sending, InetAddress address) {
        Promise<Attempted> done = Promise.promise();
        http.request(options(sending.message().url(), address))
                .onFailure(done::tryFail)
                .onSuccess(request -> {
                    long left = timeout.minus(sending.took()).toMillis();
                    if (left <= 0) {
                        abandon(request);
                        return;
                    }
                    long timer = vertx.setTimer(left, late -> abandon(request));
                    done.future().onComplete(over -> vertx.cancelTimer(timer));
                    send(request, sending, done);
                });
        return done.future();
    }

    private static void send(HttpClientRequest request, Sending sending, Promise<Attempted> done) {
        sending.message().headers(sending.signedAt()).forEach(request::putHeader);
        request.exceptionHandler(done::tryFail);
        request.send(sending.message().body())
                .onFailure(done::tryFail)
                .onSuccess(response -> read(request, response, sending, done));
    }

    private static RequestOptions options(URI url, InetAddress address) {
        int port = Receivers.port(url);
        return new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setServer(SocketAddress.inetSocketAddress(port, address.getHostAddress()))
                .setHost(host(url))
                .setPort(port)
                .setSsl(Receivers.isTls(url))
                .setURI(Receivers.target(url))
                .setFollowRedirects(false);
    }

    /** The first bytes are kept, some are read so that the connection can be used again, and no more than that. */
    private static void read(
            HttpClientRequest request, HttpClientResponse response, Sending sending, Promise<Attempted> done) {
        Buffer kept = Buffer.buffer();
        long[] read = {0};
        response.exceptionHandler(done::tryFail);
        response.handler(part -> {
            read[0] += part.length();
            kept.appendBuffer(part, 0, Math.min(part.length(), KEPT - kept.length()));
            if (read[0] > READ && done.tryComplete(sending.answered(response, kept))) {
                abandon(request);
            }
        });
        response.endHandler(end -> done.tryComplete(sending.answered(response, kept)));
    }

    private static Optional<Duration> retryAfter(String header) {
        return header != null && header.matches("[0-9]{1,6}")
                ? Optional.of(Duration.ofSeconds(Long.parseLong(header)))
                : Optional.empty();
    }

    private static void abandon(HttpClientRequest request) {
        boolean reset = request.reset();
        assert reset || request.getURI() != null;
    }

    private static String host(URI url) {
        String host = url.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static String reason(Throwable failure) {
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }

    @Override
    public void close() {
        var closing = http.close();
        assert closing != null;
    }
}
