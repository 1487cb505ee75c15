package io.lasttable.booking.outbox;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stands between a client and a server of this machine, and when it is silent forwards nothing and closes nothing. */
final class SilentProxy implements AutoCloseable {

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final int target;
    private boolean silent;

    SilentProxy(int target) throws IOException {
        this.target = target;
        start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    synchronized void silent(boolean now) {
        silent = now;
        notifyAll();
    }

    private void accept() throws IOException {
        while (!server.isClosed()) {
            Socket caller = kept(server.accept());
            Socket callee = kept(new Socket(InetAddress.getLoopbackAddress(), target));
            start(() -> forward(caller, callee));
            start(() -> forward(callee, caller));
        }
    }

    private Socket kept(Socket socket) {
        sockets.add(socket);
        return socket;
    }

    private void forward(Socket from, Socket to) throws IOException {
        try (from;
                to) {
            byte[] bytes = new byte[8_192];
            for (int read = from.getInputStream().read(bytes);
                    read >= 0;
                    read = from.getInputStream().read(bytes)) {
                awaitVoice();
                to.getOutputStream().write(bytes, 0, read);
            }
        }
    }

    private synchronized void awaitVoice() throws IOException {
        try {
            while (silent) {
                wait();
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private interface Pump {
        void run() throws IOException;
    }

    private static void start(Pump pump) {
        Thread thread = new Thread(
                () -> {
                    try {
                        pump.run();
                    } catch (IOException e) {
                        assert e.getMessage() != null : "closed by one of its ends";
                    }
                },
                "silent-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
