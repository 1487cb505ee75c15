package io.lasttable.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports on loopback that nobody listens on at the moment of asking. A process is given none twice before it was given thousands, and
 * none that a connection which begins here may be given meanwhile: Linux takes those from 32768 on.
 */
public final class FreePorts {

    private static final int LOWEST = 10_000;
    private static final int COUNT = 10_000;

    /** Processes that ask at the same time begin apart. */
    private static final AtomicInteger ASKED =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(COUNT));

    private FreePorts() {}

    /** One free port; another process may still listen on it before the caller does. */
    public static int next() {
        for (int tried = 0; tried < COUNT; tried++) {
            int port = LOWEST + Math.floorMod(ASKED.getAndIncrement(), COUNT);
            if (isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("No free port on loopback from " + LOWEST + " on");
    }

    /** Whether nobody listens on a port of loopback. */
    public static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
