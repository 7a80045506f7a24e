package streamset.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A real S3 server with TLS and one bucket, for backups. It keeps its objects as files, also while it is stopped. */
final class ObjectStore implements AutoCloseable {
    static final String ADDRESS = "127.0.0.1";
    static final String BUCKET = "wal";
    static final String REGION = "us-east-1";
    static final String KEY_ID = "tests";
    static final String SECRET_KEY = "secret-of-tests";

    private final Path folder;
    private final Path log;
    private final int port = Pods.freePort();
    private Container server;

    private ObjectStore(Path folder) {
        this.folder = folder;
        log = folder.resolve("log");
        makeCertificates();
        Machine.run("mkdir", "-p", bucket().toString(), metadata().toString());
        Machine.give(folder);
        server = run();
    }

    /** Runs when this returns, in a folder that the servers' user can reach. */
    static ObjectStore in(Path folder) {
        return new ObjectStore(folder.toAbsolutePath());
    }

    int port() {
        return port;
    }

    /** Who signed its certificate, which names its address. */
    Path authority() {
        return folder.resolve("ca.crt");
    }

    /** The names of all objects, sorted; half of an object is not among them. */
    List<String> objects() {
        try (Stream<Path> files = Files.walk(bucket())) {
            return files.filter(Files::isRegularFile)
                    .map(file -> bucket().relativize(file).toString())
                    .filter(name -> !name.startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether any object has this text in it. */
    boolean contains(String text) {
        return objects().stream()
                .anyMatch(name -> Machine.read(bucket().resolve(name)).contains(text));
    }

    /** Where the objects are files, for tests that damage them. */
    Path bucket() {
        return folder.resolve("store").resolve(BUCKET);
    }

    private Path metadata() {
        return folder.resolve("metadata");
    }

    /** From now on connections are refused. */
    void stop() {
        server.close();
    }

    /** Again, with the objects that were there. */
    void start() {
        server = run();
    }

    /** From now on connections are accepted and nobody answers. */
    void freeze() {
        server.freeze();
    }

    void thaw() {
        server.thaw();
    }

    private Container run() {
        var command = new ArrayList<>(Machine.podCommand(Path.of("/etc/hosts")));
        command.addAll(List.of(
                Machine.folderFrom("tools/s3.sh") + "/versitygw",
                "--port=" + ADDRESS + ":" + port,
                "--region=" + REGION,
                "--cert=" + folder.resolve("tls.crt"),
                "--key=" + folder.resolve("tls.key"),
                "--quiet",
                "posix",
                "--sidecar=" + metadata(), // file systems in memory have no attributes; without any, large objects fail
                bucket().getParent().toString()));
        var started = Container.run(
                command,
                Map.of("PATH", "/usr/bin:/bin", "ROOT_ACCESS_KEY_ID", KEY_ID, "ROOT_SECRET_ACCESS_KEY", SECRET_KEY),
                log);
        Await.until("the S3 server", () -> accepts() || !started.isRunning(), started::output);
        if (!started.isRunning()) {
            throw new AssertionError("the S3 server has ended:\n" + started.output());
        }
        return started;
    }

    private boolean accepts() {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(ADDRESS, port), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private void makeCertificates() {
        Machine.run("mkdir", "-p", folder.toString());
        var key = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 9 ";
        Machine.run(
                "bash",
                "-euc",
                "cd \"$1\"; " + key + "-subj /CN=ca -keyout ca.key -out ca.crt; " + key
                        + "-subj /CN=s3 -addext subjectAltName=IP:" + ADDRESS
                        + " -addext basicConstraints=critical,CA:FALSE"
                        + " -CA ca.crt -CAkey ca.key -keyout tls.key -out tls.crt",
                "certificates",
                folder.toString());
    }

    @Override
    public void close() {
        server.close();
    }
}
