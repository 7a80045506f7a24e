package streamset.conf.hba;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import streamset.conf.RealPostgres;

/**
 * The first words between a client and a server, from which one sees what pg_hba.conf decided.
 *
 * @param database {@code replication} for physical replication, which is to none
 */
record LoginAttempt(String database, String user) {
    static final String REPLICATION = "replication";
    static final String REFUSED = "refused";

    private static final int PROTOCOL = 3 << 16; // version 3.0
    private static final int TIMEOUT_MILLISECONDS = 60_000; // on a machine that is busy

    /** What the server asks for: its codes of authentication requests. */
    private static final Map<Integer, String> REQUESTS =
            Map.of(0, "trust", 3, "password", 5, "md5", 10, "scram-sha-256");

    /** The method by which the server wants to know more, or {@link #REFUSED}. */
    String throughSocket(RealPostgres.Server server) throws IOException {
        try (var channel = SocketChannel.open(UnixDomainSocketAddress.of(server.socket()))) {
            return method(Channels.newInputStream(channel), Channels.newOutputStream(channel));
        }
    }

    /**
     * The same over TCP, without TLS.
     *
     * @param address of the client, in 127.0.0.0/8
     */
    String from(String address, RealPostgres.Server server) throws IOException {
        try (var socket = new Socket()) {
            socket.setSoTimeout(TIMEOUT_MILLISECONDS);
            socket.bind(new InetSocketAddress(address, 0)); // the server sees this as the client's address
            socket.connect(new InetSocketAddress("127.0.0.1", server.port()), TIMEOUT_MILLISECONDS);
            return method(socket.getInputStream(), socket.getOutputStream());
        }
    }

    private String method(InputStream in, OutputStream out) throws IOException {
        out.write(startup());
        out.flush();
        var answer = new DataInputStream(in);
        int kind = answer.readByte();
        int length = answer.readInt() - Integer.BYTES;
        if (kind == 'R') {
            return REQUESTS.get(answer.readInt());
        }
        var message = new String(answer.readNBytes(length), StandardCharsets.UTF_8);
        if (message.contains("pg_hba.conf rejects ") || message.contains("no pg_hba.conf entry for ")) {
            return REFUSED;
        }
        throw new AssertionError(this + ": " + message.replace('\0', ' '));
    }

    private byte[] startup() throws IOException {
        var parameters = new TreeMap<>(Map.of("user", user));
        if (database.equals(REPLICATION)) {
            parameters.put("replication", "true");
        } else {
            parameters.put("database", database);
        }
        var bytes = new ByteArrayOutputStream();
        var body = new DataOutputStream(bytes);
        body.writeInt(PROTOCOL);
        for (var parameter : parameters.entrySet()) {
            body.write((parameter.getKey() + "\0" + parameter.getValue() + "\0").getBytes(StandardCharsets.UTF_8));
        }
        body.writeByte(0);
        var message = new ByteArrayOutputStream();
        new DataOutputStream(message).writeInt(bytes.size() + Integer.BYTES);
        bytes.writeTo(message);
        return message.toByteArray();
    }
}
