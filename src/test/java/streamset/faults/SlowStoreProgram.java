package streamset.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * Stands in front of a server, in the network namespace of its pod, and lets few bytes a second through in each direction of a
 * connection. Arguments: its own port; the server's; bytes a second. It ends when its standard input does.
 */
final class SlowStoreProgram {
    private static final int PARTS = 10; // of a second, so that what is slow flows

    private SlowStoreProgram() {}

    public static void main(String[] arguments) throws IOException {
        thread(() -> {
            while (System.in.read() >= 0) {}
            Runtime.getRuntime().halt(0);
        });
        int bytes = Integer.parseInt(arguments[2]) / PARTS;
        try (var entry = new ServerSocket(Integer.parseInt(arguments[0]))) {
            while (true) {
                var client = entry.accept();
                var server = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[1]));
                thread(() -> pass(client, server, bytes));
                thread(() -> pass(server, client, bytes));
            }
        }
    }

    private static void pass(Socket from, Socket to, int bytes) throws IOException, InterruptedException {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            var buffer = new byte[bytes];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                out.write(buffer, 0, read);
                Thread.sleep(1000 / PARTS);
            }
        }
    }

    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    private static void thread(Work work) {
        var thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException | InterruptedException e) {
                // one of both sides has closed
            }
        });
        thread.setDaemon(true);
        thread.start();
    }
}
