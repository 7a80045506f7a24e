package streamset.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers with a certificate, which everything that connects to them verifies. */
@Tag("server")
class TlsTest {
    private static final String STREAMS_BY =
            "SELECT string_agg(coalesce(version, 'plain'), ' ') FROM pg_stat_replication JOIN pg_stat_ssl USING (pid)";

    @AutoClose
    private final Pods pods = Pods.of(2);

    private final Certificates certificates = new Certificates(pods.folder().resolve("tls"), "localhost", "*.db-svc");
    private final Pod primary = pods.get(0).withDataOfAPrimary();
    private final Pod standby = pods.get(1);

    private static final Map<String, Consumer<Certificates>> BROKEN = Map.of(
            "expired", Certificates::expire,
            "misnamed", Certificates::misname,
            "forged", Certificates::forge,
            "mismatched", Certificates::mismatch,
            "empty", Certificates::empty);

    private void encrypt() {
        pods.encrypt(certificates);
        primary.serveTls();
        standby.serveTls();
    }

    private String serialOf(Pod pod) {
        return Certificates.serialOf(pod.address, pods.port());
    }

    private static String upstreamOf(Pod pod) {
        return Machine.read(pod.data.resolve("postgresql.auto.conf"));
    }

    @Test
    void standbysCloneAndStreamVerifiedFromTheFirstDayWhereItIsRequired() {
        pods.encrypt(certificates);
        primary.requireTls();
        standby.requireTls();
        primary.start();
        standby.initAndStart();
        primary.awaitStandby(standby);

        assertEquals("TLSv1.3", primary.ask(STREAMS_BY));
        assertTrue(upstreamOf(standby).contains(" sslmode=verify-full "), upstreamOf(standby));
        assertThrows(SQLException.class, () -> primary.connect("postgres", "wrong"));
        assertEquals("rejected", plain());
    }

    private String plain() {
        var answer = Machine.run(
                "bash",
                "-c",
                "PGPASSWORD=postgres-secret psql -X -w -A -t -c \"SELECT 'let in'\" -d \"$1\" 2>&1 || true",
                "client",
                "host=" + primary.address + " port=" + pods.port() + " user=postgres dbname=postgres sslmode=disable");
        return answer.contains("pg_hba.conf rejects connection") && answer.contains("no encryption")
                ? "rejected"
                : answer;
    }

    @Test
    void withoutThatPlainClientsGetInAsWell() {
        encrypt();
        primary.start();

        assertEquals("let in", plain());
    }

    @Test
    void aRenewedCertificateIsServedWhileSessionsGoOn() throws SQLException {
        encrypt();
        primary.start();
        standby.initAndStart();
        primary.awaitStandby(standby);
        assertEquals(certificates.serial(), serialOf(primary));
        var sender = primary.ask("SELECT pid FROM pg_stat_replication");

        try (var session = primary.connect("postgres", pods.password("postgres"))) {
            certificates.renew();
            for (var pod : new Pod[] {primary, standby}) {
                Await.until(
                        pod.name + " serves the renewed certificate",
                        () -> serialOf(pod).equals(certificates.serial()),
                        () -> pods.latest(pod).output());
            }
            assertTrue(session.isValid(1));
        }
        assertEquals(sender, primary.ask("SELECT pid FROM pg_stat_replication"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"expired", "misnamed", "forged", "mismatched", "empty"})
    void aBrokenOneIsKeptOutAndTheFormerOneGoesOn(String how) {
        encrypt();
        var server = primary.start();
        var serial = certificates.serial();

        BROKEN.get(how).accept(certificates);
        Await.until("the node says so", () -> server.output().contains("; the former one goes on\n"), server::output);

        assertEquals(serial, serialOf(primary));
        server.interrupt();
        primary.start(); // which has nothing else
        assertEquals(serial, serialOf(primary));
    }

    @Test
    void aPodWithoutAFormerOneWaitsForOneThatCanBeUsed() {
        encrypt();
        certificates.mismatch();
        var init = primary.script("init.sh");
        Await.until("it says so", () -> init.output().contains("key values mismatch"), init::output);
        assertTrue(init.isRunning());

        certificates.renew();

        init.mustSucceed();
    }

    @Test
    void podsGetItOneAtATimeAndNobodyGoesBackToPlainText() {
        primary.start();
        standby.initAndStart();
        primary.awaitStandby(standby);

        encrypt();
        pods.latest(standby).interrupt();
        standby.initAndStart();
        primary.awaitStandby(standby);
        assertEquals("plain", primary.ask(STREAMS_BY));

        pods.latest(primary).interrupt();
        primary.initAndStart();
        Await.until(
                "the standby streams with TLS",
                () -> "TLSv1.3".equals(primary.ask(STREAMS_BY)),
                () -> pods.latest(standby).output());
        assertTrue(upstreamOf(standby).contains(" sslmode=verify-full "), upstreamOf(standby));

        pods.latest(primary).interrupt();
        primary.conf("");
        pods.encryptNoMore();
        primary.initAndStart();
        pods.latest(standby).interrupt();
        pods.encrypt(certificates);
        standby.init().mustSucceed();
        standby.startWithoutWaiting();
        Await.until(
                "the standby insists on it",
                () -> pods.latest(standby).output().contains("server does not support SSL"),
                () -> pods.latest(standby).output());
        assertFalse(upstreamOf(standby).contains(" sslmode=disable "), upstreamOf(standby));
    }

    /** What cannot be asked is not trusted, but nothing is concluded from its silence for good. */
    @Test
    void aServerThatWasAwayWhenItsStandbyGotTlsIsStreamedFromAllTheSame() {
        primary.start();
        standby.initAndStart();
        primary.awaitStandby(standby);
        pods.latest(primary).interrupt();
        pods.latest(standby).interrupt();

        pods.encrypt(certificates);
        standby.serveTls();
        standby.init().mustSucceed();
        standby.startWithoutWaiting();
        Await.until(
                "the standby trusts nobody",
                () -> upstreamOf(standby).contains(" sslmode=verify-full "),
                () -> pods.latest(standby).output());
        pods.encryptNoMore();
        primary.start();

        primary.awaitStandby(standby);
        assertEquals("plain", primary.ask(STREAMS_BY));
    }

    @Test
    void theJobRefusesABrokenOne() {
        encrypt();
        pods.program("openssl", "#!/bin/sh\nexec /usr/bin/openssl \"$@\"\n"); // which not every image has
        certificates.expire();

        var check = primary.check();

        assertEquals(1, check.exitCode(), check::output);
        assertTrue(
                check.output()
                        .startsWith(
                                "the certificate in the Secret cannot be used: SSL error: certificate verify failed:"
                                        + " certificate has expired; nothing was changed, all pods run on with what they have\n"),
                check::output);
    }

    @Test
    void theJobSaysThatThereIsNone() {
        encrypt();
        Machine.run("rm", "-r", certificates.secret().toString());

        var check = primary.check();

        assertEquals(1, check.exitCode(), check::output);
        assertTrue(
                check.output().startsWith("there is no such Secret, or it lacks one of tls.crt tls.key ca.crt;"),
                check::output);
    }

    @Test
    void theJobTakesOneThatCanBeUsed() {
        encrypt();

        assertEquals(
                "a server runs with these files\n",
                standby.check().mustSucceed().output());
    }
}
