package io.lasttable.booking.webhook;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.net.InetAddress;
import java.util.List;
import java.util.function.Function;

/** All addresses of a host, by the machine's own resolver, on threads of its own since it blocks. */
final class Names implements Function<String, Uni<List<InetAddress>>>, AutoCloseable {

    private static final int THREADS = 8;

    private final WorkerExecutor threads;

    Names(Vertx vertx) {
        threads = vertx.createSharedWorkerExecutor("webhook-names", THREADS);
    }

    @Override
    public Uni<List<InetAddress>> apply(String host) {
        return Uni.createFrom()
                .completionStage(() -> threads.executeBlocking(() -> List.of(InetAddress.getAllByName(host)), false)
                        .toCompletionStage());
    }

    @Override
    public void close() {
        var closing = threads.close();
        assert closing != null;
    }
}
