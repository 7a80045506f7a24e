package streamset.conf.hba;

import java.io.ByteArrayInputStream;
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
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import streamset.conf.RealPostgres;

/** The first words between a client and a server, from which one sees what pg_hba.conf decided. */
final class LoginAttempt {
    private static final int PROTOCOL = 3 << 16; // version 3.0
    private static final int TLS_REQUEST = 80877103; // in place of a version
    private static final int TIMEOUT_MILLISECONDS = 60_000; // on a machine that is busy

    /** What the server asks for: its codes of authentication requests. */
    private static final Map<Integer, HbaMethod> REQUESTS =
            Map.of(0, HbaMethod.TRUST, 3, HbaMethod.PASSWORD, 10, HbaMethod.SCRAM_SHA_256);

    private LoginAttempt() {}

    /** The method by which the server wants to know more; empty when no line fits. */
    static Optional<HbaMethod> method(RealPostgres.Server server, HbaQuestion question, String address)
            throws IOException, GeneralSecurityException {
        if (question.connection() == HbaConnection.LOCAL) {
            try (var channel = SocketChannel.open(UnixDomainSocketAddress.of(server.socket()))) {
                return method(Channels.newInputStream(channel), Channels.newOutputStream(channel), question);
            }
        }
        try (var socket = new Socket()) {
            socket.setSoTimeout(TIMEOUT_MILLISECONDS);
            socket.bind(new InetSocketAddress(address, 0)); // the server sees this as the client's address
            socket.connect(
                    new InetSocketAddress(address.contains(":") ? "::1" : "127.0.0.1", server.port()),
                    TIMEOUT_MILLISECONDS);
            if (question.connection() == HbaConnection.PLAIN) {
                return method(socket.getInputStream(), socket.getOutputStream(), question);
            }
            try (var tls = tls(socket)) {
                return method(tls.getInputStream(), tls.getOutputStream(), question);
            }
        }
    }

    private static Socket tls(Socket socket) throws IOException, GeneralSecurityException {
        var out = new DataOutputStream(socket.getOutputStream());
        out.writeInt(2 * Integer.BYTES);
        out.writeInt(TLS_REQUEST);
        out.flush();
        if (socket.getInputStream().read() != 'S') {
            throw new AssertionError("the server offers no TLS");
        }
        var trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        try (var pem = new ByteArrayInputStream(Certificate.PEM.getBytes(StandardCharsets.US_ASCII))) {
            trusted.setCertificateEntry(
                    "server", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        var context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context.getSocketFactory().createSocket(socket, "localhost", socket.getPort(), true);
    }

    private static Optional<HbaMethod> method(InputStream in, OutputStream out, HbaQuestion question)
            throws IOException {
        out.write(startup(question));
        out.flush();
        var answer = new DataInputStream(in);
        int kind = answer.readByte();
        int length = answer.readInt() - Integer.BYTES;
        if (kind == 'R') {
            return Optional.of(REQUESTS.get(answer.readInt()));
        }
        var message = new String(answer.readNBytes(length), StandardCharsets.UTF_8);
        if (message.contains("pg_hba.conf rejects ")) {
            return Optional.of(HbaMethod.REJECT);
        }
        if (message.contains("no pg_hba.conf entry for ")) {
            return Optional.empty();
        }
        throw new AssertionError(question + ": " + message.replace('\0', ' '));
    }

    private static byte[] startup(HbaQuestion question) throws IOException {
        var parameters = new TreeMap<>(Map.of("user", question.user()));
        question.database().ifPresent(database -> parameters.put("database", database));
        if (question.database().isEmpty()) {
            parameters.put("replication", "true");
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
