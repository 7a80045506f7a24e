package streamset.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** Stands between the pods and a server, and lets only so many bytes of its answers through: the rest never comes. */
final class Gate implements AutoCloseable {
    /** Beside the addresses of the pods. */
    static final String ADDRESS = "127.0.1.100";

    private final ServerSocket entry;
    private final Pod server;
    private final int port;
    private final AtomicLong left;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    private Gate(ServerSocket entry, Pod server, int port, long bytes) {
        this.entry = entry;
        this.server = server;
        this.port = port;
        this.left = new AtomicLong(bytes);
    }

    /** A gate to a pod, on the common port. */
    static Gate to(Pod server, int port, long bytes) {
        try {
            var gate = new Gate(new ServerSocket(port, 50, InetAddress.getByName(ADDRESS)), server, port, bytes);
            thread(gate::accept);
            return gate;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Somebody has connected. */
    boolean wasUsed() {
        return !sockets.isEmpty();
    }

    /** All that may pass has passed. */
    boolean isShut() {
        return left.get() <= 0;
    }

    private void accept() throws IOException {
        while (true) {
            var client = entry.accept();
            sockets.add(client);
            var upstream = new Socket(server.address, port);
            sockets.add(upstream);
            thread(() -> {
                client.getInputStream().transferTo(upstream.getOutputStream());
                upstream.shutdownOutput();
            });
            thread(() -> letThrough(upstream, client));
        }
    }

    private void letThrough(Socket from, Socket to) throws IOException {
        var buffer = new byte[8192];
        int read;
        while ((read = from.getInputStream().read(buffer)) > 0 && left.addAndGet(-read) > 0) {
            to.getOutputStream().write(buffer, 0, read);
        }
        if (read <= 0) {
            to.shutdownOutput();
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void thread(Work work) {
        var thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                // a side has closed, or the gate was taken away
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        entry.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
