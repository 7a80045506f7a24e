package streamset.features.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import streamset.cluster.Command;
import streamset.conf.RealPostgres;
import streamset.conf.SourceFile;
import streamset.conf.hba.HbaFile;
import streamset.config.CertificateSeed;
import streamset.config.Names;
import streamset.features.ServerCertificate;
import streamset.problems.Problems;

/** Who gets in as replicator where its generated certificate is demanded: real servers, and Debian's psql. */
@Tag("server")
class ReplicatorRealServerTest {
    private static final CertificateSeed SEED = new CertificateSeed("planted-0123456789-0123456789-0123");
    private static final CertificateSeed OTHER_SEED = new CertificateSeed("another-0123456789-0123456789-0123");
    private static final Names NAMES = new Names("postgresql", "shop", "k.test");
    private static final Validity NOW = Validity.at(Clock.systemUTC());
    private static final Validity LONG_AGO =
            Validity.at(Clock.fixed(Instant.parse("2026-01-01T00:00:00Z").minus(Duration.ofDays(500)), ZoneOffset.UTC));
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final String REPLICATION = "replication=true user=replicator";
    private static final String WITHOUT = "sslcert=/nowhere";

    /** By these, everybody gets in with a password, but for one role. */
    private static final String AUTHORS = """
            hostssl all bob all scram-sha-256 clientcert=verify-full
            host all,replication all all scram-sha-256
            """;

    @TempDir
    private Path folder;

    private String pair(String name, Map<String, String> files, String certificate, String key) throws IOException {
        var written = Files.writeString(folder.resolve(name + ".crt"), files.get(certificate));
        var secret = Files.writeString(folder.resolve(name + ".key"), files.get(key));
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        return "sslcert=" + written + " sslkey=" + secret;
    }

    private String client(String name, ServerCertificate made) throws IOException {
        return pair(name, made.files(), "client.crt", "client.key");
    }

    /** What the client gets, or what it says. */
    private static String login(RealPostgres.Server server, String words, String password) {
        return new Command(
                        List.of(
                                "psql",
                                "-X",
                                "-w",
                                "-A",
                                "-t",
                                "-c",
                                words.contains("replication=") ? "IDENTIFY_SYSTEM" : "SELECT 'let in'",
                                "-d",
                                "host=127.0.0.1 port=" + server.port() + " dbname=postgres sslmode=require " + words),
                        Map.of("PGPASSWORD", password),
                        LIMIT)
                .run()
                .output()
                .strip();
    }

    private static void assertSays(String part, String answer) {
        assertTrue(answer.contains(part), answer);
    }

    @ParameterizedTest(name = "PostgreSQL {0}")
    @ValueSource(ints = {14, 15, 16, 17, 18})
    void onlyItsCertificateAndItsPasswordTogetherLetItIn(int major) throws IOException, InterruptedException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        var made = Certificates.of(SEED, NAMES, NOW);
        var own = client("own", made);
        var postgres = RealPostgres.install(major, folder);
        for (var file : made.files().entrySet()) {
            postgres.writeSecret(file.getKey(), file.getValue());
        }
        try (var server = postgres.start("""
                hba_file = '/etc/postgresql/pg_hba.conf'
                ssl = on
                ssl_cert_file = '/etc/postgresql/tls.crt'
                ssl_key_file = '/etc/postgresql/tls.key'
                ssl_ca_file = '/etc/postgresql/ca.crt'
                """, rendered(major))) {
            makeRoles(server);

            assertSays("|", login(server, REPLICATION + " " + own, "of replicator"));

            assertSays(
                    "connection requires a valid client certificate",
                    login(server, REPLICATION + " " + WITHOUT, "of replicator"));
            assertSays("password authentication failed", login(server, REPLICATION + " " + own, "wrong"));
            assertSays(
                    "unknown ca",
                    login(
                            server,
                            REPLICATION + " " + client("other", Certificates.of(OTHER_SEED, NAMES, NOW)),
                            "of replicator"));
            assertSays("certificate expired", login(server, REPLICATION + " " + expired(), "of replicator"));
            assertSays(
                    "authentication failed for user", login(server, REPLICATION + " " + misnamed(), "of replicator"));
            assertSays(
                    "SSL error",
                    login(
                            server,
                            REPLICATION + " " + pair("servers", made.files(), "tls.crt", "tls.key"),
                            "of replicator"));
            assertSays(
                    "pg_hba.conf rejects replication connection",
                    login(server, REPLICATION + " sslmode=disable", "of replicator"));
            assertSays("pg_hba.conf rejects connection", login(server, "user=replicator " + own, "of replicator"));

            assertSays("authentication failed for user", login(server, "user=bob " + own, "of bob"));
            assertEquals("let in", login(server, "user=alice " + WITHOUT, "of alice"));
        }
    }

    private static String rendered(int major) {
        var problems = new Problems();
        var file = HbaFile.parse(new SourceFile("pg_hba.conf", AUTHORS), major, problems);
        problems.throwIfAny();
        return file.requiringClientCertificates().render(List.of("localhost"));
    }

    private static void makeRoles(RealPostgres.Server server) {
        try (var connection = server.connect();
                var statement = connection.createStatement()) {
            statement.execute("CREATE USER replicator REPLICATION PASSWORD 'of replicator'");
            statement.execute("CREATE USER alice PASSWORD 'of alice'");
            statement.execute("CREATE USER bob PASSWORD 'of bob'");
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private String expired() throws IOException {
        return client("expired", Certificates.of(SEED, NAMES, LONG_AGO));
    }

    /** Of the same signer, in another name. */
    private String misnamed() throws IOException {
        var keys = new SeededKeys(SEED, NAMES.namespace() + "/" + NAMES.prefix());
        var key = keys.key("misnamed");
        var bytes = new Issuer(new X500Name("CN=" + NAMES.prefix() + " root"), keys.key("root"))
                .certificate(
                        new X500Name("CN=postgres"),
                        key,
                        keys.serial("misnamed"),
                        NOW.begins(),
                        NOW.expires(),
                        Map.of(Extension.basicConstraints, new BasicConstraints(false)),
                        Map.of());
        return pair(
                "misnamed",
                Map.of(
                        "crt", Certificates.pem("CERTIFICATE", bytes),
                        "key", Certificates.pem("PRIVATE KEY", Certificates.encoded(key))),
                "crt",
                "key");
    }
}
