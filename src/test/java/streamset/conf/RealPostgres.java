package streamset.conf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real PostgreSQL of one major version, from the archives that the build unpacks. One server at a time. */
public final class RealPostgres {
    private static final Duration PATIENCE = Duration.ofSeconds(60); // for each step, on a machine that is busy
    private static final long POLL_MILLISECONDS = 20;
    private static final String PASSWORD = "swordfish"; // of the superuser, which the rendered files ask for
    private static final String NOBODY = "65534"; // PostgreSQL refuses to run as root

    private static final Map<Integer, RealPostgres> FIRST = new HashMap<>();

    private final Path folder;
    private final Path data;
    private final Path programs;
    private final Path libraries;

    private RealPostgres(Path folder, Path programs, Path libraries) {
        this.folder = folder;
        this.data = folder.resolve("data");
        this.programs = programs;
        this.libraries = libraries;
    }

    /**
     * The binaries, which all tests share, and a separate database: a copy of the first one that initdb created.
     *
     * @param parent the folder for the database; every user must be able to enter it
     */
    public static RealPostgres install(int major, Path parent) throws IOException, InterruptedException {
        var first = first(major);
        var folder = Files.createDirectory(parent.resolve(Integer.toString(major)));
        var postgres = new RealPostgres(folder, first.programs, first.libraries);
        postgres.run(List.of("cp", "-a", first.data.toString(), postgres.data.toString()));
        return postgres;
    }

    private static synchronized RealPostgres first(int major) throws IOException, InterruptedException {
        if (!FIRST.containsKey(major)) {
            var folder = Files.createTempDirectory(
                    "postgresql-" + major,
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x")); // whatever the umask
            var postgres = new RealPostgres(folder, folder.resolve("bin"), folder.resolve("lib/postgresql"));
            Runtime.getRuntime().addShutdownHook(new Thread(postgres::remove));
            postgres.unpack(major);
            postgres.initdb();
            FIRST.put(major, postgres);
        }
        return FIRST.get(major);
    }

    private void remove() {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes a database for Debian's complete build of PostgreSQL 15, which the official image's is like. */
    public static RealPostgres installDebian(Path parent) throws IOException, InterruptedException {
        var installed = Path.of("/usr/lib/postgresql/15");
        var postgres = new RealPostgres(
                Files.createDirectory(parent.resolve("debian")), installed.resolve("bin"), installed.resolve("lib"));
        postgres.initdb();
        return postgres;
    }

    private void unpack(int major) throws IOException, InterruptedException {
        var archives = Path.of("target", "postgresql-binaries", Integer.toString(major));
        try (var files = Files.list(archives)) {
            var archive = files.filter(file -> file.toString().endsWith(".txz"))
                    .findAny()
                    .orElseThrow();
            run(List.of(
                    "tar", "-xJf", archive.toAbsolutePath().toString(), "-C", folder.toString(), "--no-same-owner"));
        }
    }

    private void initdb() throws IOException, InterruptedException {
        Files.createDirectory(data, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        if (isRoot()) {
            run(List.of("chown", NOBODY + ":" + NOBODY, data.toString()));
        }
        var password = Files.writeString(folder.resolve("password"), PASSWORD + "\n");
        run(asServerUser(
                "initdb",
                "-D",
                data.toString(),
                "-U",
                "postgres",
                "--pwfile=" + password,
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--no-locale",
                "--no-sync"));
    }

    private boolean isRoot() throws IOException {
        return Files.getAttribute(folder, "unix:uid").equals(0);
    }

    private List<String> asServerUser(String program, String... arguments) throws IOException {
        var command = new ArrayList<String>();
        if (isRoot()) {
            command.addAll(List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"));
        }
        command.add(programs.resolve(program).toString());
        command.addAll(List.of(arguments));
        return command;
    }

    private void run(List<String> command) throws IOException, InterruptedException {
        var log = folder.resolve("log");
        var process = start(command, log);
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        if (process.waitFor() != 0) {
            throw new AssertionError(String.join(" ", command) + "\n" + Files.readString(log));
        }
    }

    private Process start(List<String> command, Path log) throws IOException {
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    /** Where the server reads its two files, in place of {@code /etc/postgresql}. */
    public Path confFile(String name) {
        return folder.resolve(name);
    }

    /** A file of the server's that nobody else can read. */
    public void writeSecret(String name, String text) throws IOException, InterruptedException {
        var file = Files.writeString(confFile(name), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        if (isRoot()) {
            run(List.of("chown", NOBODY + ":" + NOBODY, file.toString()));
        }
    }

    /** The file as it would be in a pod, but for the folder. */
    public String here(String postgresqlConf) {
        return postgresqlConf.replace(ConfFiles.DIRECTORY + "/", folder + "/");
    }

    /** The libraries that the server can load. */
    public List<String> libraries() throws IOException {
        try (var files = Files.list(libraries)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".so"))
                    .map(name -> name.substring(0, name.length() - ".so".length()))
                    .sorted()
                    .toList();
        }
    }

    /** A parameter's value as pg_settings would show it, given on the command line; empty when it is refused. */
    public Optional<String> configured(String name, String value) throws IOException, InterruptedException {
        return shown(name, List.of(name + "=" + value));
    }

    /**
     * What the server tells of a parameter without being started; empty when it refuses the settings.
     *
     * @param settings each as {@code name=value}
     */
    public Optional<String> shown(String name, List<String> settings) throws IOException, InterruptedException {
        var log = folder.resolve("configured");
        var command = asServerUser("postgres", "-D", data.toString(), "-C", name);
        settings.forEach(setting -> command.addAll(List.of("-c", setting)));
        var process = start(command, log);
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("postgres -C " + name + " does not end");
        }
        return process.exitValue() == 0 ? Optional.of(Files.readString(log).replaceFirst("\n$", "")) : Optional.empty();
    }

    /** Starts a server with these files. */
    public Server start(String postgresqlConf, String pgHbaConf) throws IOException, InterruptedException {
        return start(List.of(), postgresqlConf, pgHbaConf);
    }

    /** The same with the names of this text instead of those in /etc/hosts. */
    public Server startWithHosts(String hosts, String postgresqlConf, String pgHbaConf)
            throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("unshare", "--mount"));
        if (!isRoot()) {
            command.addAll(List.of("--user", "--map-current-user", "--keep-caps"));
        }
        var file = Files.writeString(confFile("hosts"), hosts);
        command.addAll(List.of(
                "bash", "-c", "mount --bind \"$1\" /etc/hosts && shift && exec \"$@\"", "hosts", file.toString()));
        return start(command, postgresqlConf, pgHbaConf);
    }

    private Server start(List<String> before, String postgresqlConf, String pgHbaConf)
            throws IOException, InterruptedException {
        Files.writeString(confFile("postgresql.conf"), here(postgresqlConf));
        Files.writeString(confFile("pg_hba.conf"), pgHbaConf);
        var server = new Server(before);
        try {
            server.waitForConnections();
            return server;
        } catch (InterruptedException | IOException | RuntimeException | Error e) {
            server.close();
            throw e;
        }
    }

    /** A server that runs until it is closed. */
    public final class Server implements AutoCloseable {
        private final int port = freePort();
        private final Path log = folder.resolve("server.log");
        private final Process process;

        private Server(List<String> before) throws IOException {
            var command = new ArrayList<>(before);
            command.addAll(asServerUser(
                    "postgres",
                    "-D",
                    data.toString(),
                    "-c",
                    "config_file=" + confFile("postgresql.conf"),
                    "-c",
                    "port=" + port,
                    "-c",
                    "unix_socket_directories=" + data));
            process = RealPostgres.this.start(command, log);
        }

        private static int freePort() throws IOException {
            try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            }
        }

        public int port() {
            return port;
        }

        private void waitForConnections() throws IOException, InterruptedException {
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (true) {
                try {
                    connect().close();
                    return;
                } catch (SQLException e) {
                    if (!process.isAlive()) {
                        throw new AssertionError("the server does not start:\n" + Files.readString(log));
                    }
                    if (System.nanoTime() > end) {
                        throw new AssertionError("the server does not answer:\n" + Files.readString(log), e);
                    }
                    Thread.sleep(POLL_MILLISECONDS);
                }
            }
        }

        /** Where it listens for processes of this machine. */
        public Path socket() {
            return data.resolve(".s.PGSQL." + port);
        }

        /** Makes it read its files again, which it does before it accepts the next connection. */
        public void reload() throws IOException, InterruptedException {
            run(List.of("kill", "-HUP", Long.toString(process.pid())));
        }

        /** As superuser, with the password where it is asked for. */
        public Connection connect() throws SQLException {
            return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port
                    + "/postgres?user=postgres&sslmode=disable&password=" + PASSWORD);
        }

        /** All that the server has said since it started. */
        public String log() throws IOException {
            return Files.readString(log);
        }

        /** The rows of a query, columns joined with a bar. */
        public List<String> query(String sql) throws SQLException {
            try (var connection = connect();
                    var statement = connection.createStatement();
                    var rows = statement.executeQuery(sql)) {
                var found = new ArrayList<String>();
                while (rows.next()) {
                    var columns = new ArrayList<String>();
                    for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                        columns.add(rows.getString(i));
                    }
                    found.add(String.join("|", columns));
                }
                return found;
            }
        }

        @Override
        public void close() {
            var all = Stream.concat(Stream.of(process.toHandle()), process.descendants())
                    .toList();
            process.destroy();
            process.onExit()
                    .completeOnTimeout(process, PATIENCE.toSeconds(), TimeUnit.SECONDS)
                    .join();
            all.forEach(ProcessHandle::destroyForcibly); // none is left when it ended by itself
            process.onExit().join();
        }
    }
}
