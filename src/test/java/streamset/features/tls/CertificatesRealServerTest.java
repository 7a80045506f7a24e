package streamset.features.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import streamset.cluster.Command;
import streamset.conf.RealPostgres;
import streamset.config.CertificateSeed;
import streamset.config.Names;
import streamset.features.ServerCertificate;

/** Generated certificates on a real server, verified by Debian's psql, with the longest names that a cluster can have. */
@Tag("server")
class CertificatesRealServerTest {
    private static final CertificateSeed SEED = new CertificateSeed("planted-0123456789-0123456789-0123");
    private static final Names NAMES = new Names("a".repeat(41), "b".repeat(63), "k.test");
    private static final Names OTHERS = new Names("others", "shop", "k.test");
    private static final Validity NOW = Validity.at(Clock.systemUTC());
    private static final Duration LIMIT = Duration.ofMinutes(1);

    @TempDir
    private Path folder;

    private static ServerCertificate made(Names names) {
        return Certificates.of(SEED, names, NOW);
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    /** What the client gets, or what it says. */
    private static String answer(String... command) {
        return new Command(List.of(command), Map.of(), LIMIT).run().output().strip();
    }

    private static String connect(RealPostgres.Server server, String host, Path root) {
        return answer(
                "psql",
                "-X",
                "-A",
                "-t",
                "-c",
                "SELECT version FROM pg_stat_ssl WHERE pid = pg_backend_pid()",
                "-d",
                "host=" + host + " hostaddr=127.0.0.1 port=" + server.port()
                        + " user=postgres dbname=postgres sslmode=verify-full sslrootcert=" + root);
    }

    private void serve(RealPostgres postgres, ServerCertificate certificate) throws IOException, InterruptedException {
        for (var file : certificate.files().entrySet()) {
            postgres.writeSecret(file.getKey(), file.getValue());
        }
    }

    private RealPostgres.Server start(RealPostgres postgres) throws IOException, InterruptedException {
        return postgres.start("""
                ssl = on
                ssl_cert_file = '/etc/postgresql/tls.crt'
                ssl_key_file = '/etc/postgresql/tls.key'
                """, "host all all 127.0.0.1/32 trust\n");
    }

    @Test
    void isAcceptedByEachNameOfTheClusterAndByNoOther() throws IOException, InterruptedException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        var root = write("root", made(NAMES).files().get("ca.crt"));
        var otherRoot = write("other", made(OTHERS).files().get("ca.crt"));
        var postgres = RealPostgres.installDebian(folder);
        serve(postgres, made(NAMES));
        try (var server = start(postgres)) {
            for (var host : List.of(
                    NAMES.podHost(0),
                    NAMES.podHost(99),
                    NAMES.host(NAMES.primaryService()),
                    NAMES.host(NAMES.readService()),
                    "localhost")) {
                assertEquals("TLSv1.3", connect(server, host, root), host);
            }
            var stranger = connect(server, OTHERS.podHost(0), root);
            assertTrue(stranger.contains("does not match host name"), stranger);
            var unknown = connect(server, "localhost", otherRoot);
            assertTrue(unknown.contains("certificate verify failed"), unknown);
        }
    }

    /** Whoever has got hold of the root's key cannot make a certificate for another host with it. */
    @Test
    void theRootIsTrustedForNamesOfItsClusterAlone() throws IOException {
        var root = write("root", made(NAMES).files().get("ca.crt"));
        var own = write("own", made(NAMES).files().get("tls.crt"));
        var foreign = write("foreign", forged());
        assertEquals(own + ": OK", verify(root, own));
        assertTrue(verify(root, foreign).contains("permitted subtree violation"), verify(root, foreign));
    }

    private static String verify(Path root, Path certificate) {
        return answer(
                "openssl",
                "verify",
                "-x509_strict",
                "-purpose",
                "sslserver",
                "-CAfile",
                root.toString(),
                certificate.toString());
    }

    /** Certificate for a host of another cluster, with the key of this one's root. */
    private static String forged() {
        var keys = new SeededKeys(SEED, NAMES.namespace() + "/" + NAMES.prefix());
        var name = new X500Name("CN=" + NAMES.prefix() + " root");
        var host = new GeneralName(GeneralName.dNSName, OTHERS.podHost(0));
        var bytes = new Issuer(name, keys.key("root"))
                .certificate(
                        new X500Name("CN=servers"),
                        keys.key("forged"),
                        keys.serial("forged"),
                        NOW.begins(),
                        NOW.expires(),
                        Map.of(Extension.basicConstraints, new BasicConstraints(false)),
                        Map.of(Extension.subjectAlternativeName, new GeneralNames(host)));
        return "-----BEGIN CERTIFICATE-----\n" + Base64.getMimeEncoder().encodeToString(bytes)
                + "\n-----END CERTIFICATE-----\n";
    }
}
