package streamset.faults;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import streamset.patroni.PatroniFile;

/** Clients that ask Patroni's REST API in one pod again as soon as they have an answer, while it is open. */
final class RestFlood implements AutoCloseable {
    private static final int CLIENTS = 32; // more than a pod with a third of a processor can serve
    private static final int ANSWER_MILLISECONDS = 1000;
    private static final Duration PAUSE = Duration.ofMillis(20); // where nobody listens, each attempt fails at once
    private static final byte[] QUESTION = "GET /patroni HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final String address;
    private final AtomicInteger answers = new AtomicInteger();
    private final List<Thread> clients = new ArrayList<>();
    private volatile boolean closed;

    private RestFlood(String address) {
        this.address = address;
        for (int client = 0; client < CLIENTS; client++) {
            var thread = new Thread(this::ask, "flood " + client);
            thread.setDaemon(true);
            clients.add(thread);
            thread.start();
        }
    }

    static RestFlood of(String address) {
        return new RestFlood(address);
    }

    private void ask() {
        while (!closed) {
            try (var socket = new Socket()) {
                socket.setSoTimeout(ANSWER_MILLISECONDS);
                socket.connect(new InetSocketAddress(address, PatroniFile.REST_PORT), ANSWER_MILLISECONDS);
                socket.getOutputStream().write(QUESTION);
                socket.getInputStream().readAllBytes();
                answers.incrementAndGet();
            } catch (IOException e) {
                Waiting.pause(PAUSE); // it does not keep up, which is what this is for
            }
        }
    }

    int answers() {
        return answers.get();
    }

    @Override
    public void close() {
        closed = true;
        for (var client : clients) {
            try {
                client.join(2L * ANSWER_MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
