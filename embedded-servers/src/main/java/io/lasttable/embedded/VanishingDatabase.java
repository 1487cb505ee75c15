package io.lasttable.embedded;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;

/**
 * A PostgreSQL that can vanish without a word: what is sent to it is taken and lost, no connection is closed or refused. When it is back
 * new connections reach it; those on which something was lost stay silent, as behind a firewall that has forgotten them.
 */
public final class VanishingDatabase implements QuarkusTestResourceLifecycleManager {

    private final int port = FreePorts.next();
    private SharedDatabase database;
    private ServerSocket proxy;
    private volatile boolean isAway;

    @Override
    public Map<String, String> start() {
        database = SharedDatabase.empty();
        try {
            proxy = new ServerSocket(port, 200, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        run(this::accept);
        return Map.of("LASTTABLE_DATABASE_PORT", Integer.toString(port), "LASTTABLE_DATABASE_NAME", database.name());
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(this, new TestInjector.MatchesType(VanishingDatabase.class));
    }

    @Override
    public void stop() {
        try {
            proxy.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** After the servers that all other tests share, so that this is the one that counts. */
    @Override
    public int order() {
        return 100;
    }

    /** Where it listens; the database itself is behind. */
    public int port() {
        return port;
    }

    public void vanish() {
        isAway = true;
    }

    public void comeBack() {
        isAway = false;
    }

    private void accept() throws IOException {
        while (!proxy.isClosed()) {
            Socket caller = proxy.accept();
            Socket server = new Socket(InetAddress.getLoopbackAddress(), database.port());
            run(() -> pass(caller.getInputStream(), server.getOutputStream()));
            run(() -> pass(server.getInputStream(), caller.getOutputStream()));
        }
    }

    private void pass(InputStream from, OutputStream to) throws IOException {
        byte[] buffer = new byte[65_536];
        boolean lost = false;
        for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
            lost |= isAway;
            if (!lost) {
                to.write(buffer, 0, read);
            }
        }
        if (!lost) {
            to.close();
            from.close();
        }
    }

    private static void run(Passing task) {
        Thread thread = new Thread(
                () -> {
                    try {
                        task.run();
                    } catch (IOException e) {
                        Thread.currentThread().interrupt(); // one side has closed
                    }
                },
                "vanishing database");
        thread.setDaemon(true);
        thread.start();
    }

    private interface Passing {
        void run() throws IOException;
    }
}
