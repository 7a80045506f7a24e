package streamset.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that let replicator in with a certificate and its password. */
@Tag("server")
class ClientCertificatesTest {
    private static final String STREAMS_AS =
            "SELECT string_agg(coalesce(client_dn, 'nobody'), ' ') FROM pg_stat_replication JOIN pg_stat_ssl USING (pid)";
    private static final String STREAMS_WITH =
            "SELECT client_serial::text FROM pg_stat_replication JOIN pg_stat_ssl USING (pid)";
    private static final String SENDER = "SELECT pid FROM pg_stat_replication";
    private static final String END_SENDERS = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_replication";
    private static final String AS_REPLICATOR = "/CN=replicator";

    @AutoClose
    private final Pods pods = Pods.of(2);

    private final Certificates certificates = new Certificates(pods.folder().resolve("tls"), "localhost", "*.db-svc");
    private final Pod primary = pods.get(0).withDataOfAPrimary();
    private final Pod standby = pods.get(1);

    private static final Map<String, Consumer<Certificates>> BROKEN = Map.of(
            "expired", Certificates::expireClient,
            "misnamed", Certificates::misnameClient,
            "forged", Certificates::forgeClient,
            "mismatched", Certificates::mismatchClient,
            "misused", Certificates::misuseClient);

    private void offer() {
        pods.encrypt(certificates.withClient());
        primary.serveTls();
        standby.serveTls();
    }

    private void require() {
        offer();
        primary.requireClientCertificates(true);
        standby.requireClientCertificates(true);
    }

    private void startBoth() {
        primary.initAndStart();
        standby.initAndStart();
        primary.awaitStandby(standby);
    }

    private void demand(boolean required, String revision) {
        pods.revision(revision);
        primary.requireClientCertificates(required).revision(revision);
        standby.requireClientCertificates(required).revision(revision);
        pods.job("reload.sh").mustSucceed();
    }

    /** The attempt of somebody who knows the password; with the certificate of a pod, or without one. */
    private String login(String words) {
        return Machine.run(
                "bash",
                "-c",
                "PGPASSWORD=$2 psql -X -w -A -t -c IDENTIFY_SYSTEM -d \"$1\" 2>&1 || true",
                "client",
                "host=" + primary.address + " port=" + pods.port() + " user=replicator replication=true " + words,
                pods.password("replicator"));
    }

    @Test
    void standbysCloneStreamAndFollowWithIt() {
        require();
        startBoth();
        assertEquals(AS_REPLICATOR, primary.ask(STREAMS_AS));
        var refused = login("sslmode=require sslcert=/nowhere");
        assertTrue(refused.contains("connection requires a valid client certificate"), refused);
        var plain = login("sslmode=disable");
        assertTrue(plain.contains("pg_hba.conf rejects replication connection"), plain);

        pods.primary(1);
        assertTrue(pods.job("handover.sh").mustSucceed().said().contains("db-0.db-svc knows what is declared"));
        standby.awaitStandby(primary);
        assertEquals(AS_REPLICATOR, standby.ask(STREAMS_AS));
    }

    @Test
    void aFormerPrimaryIsRewoundAndStreamsWithIt() {
        require();
        startBoth();
        primary.ask("CREATE TABLE row (id int)");
        standby.awaitAnswer("SELECT to_regclass('row') IS NOT NULL", "t");
        standby.awaitNodeRole();
        pods.latest(standby).kill();
        primary.ask("INSERT INTO row VALUES (1)");
        pods.latest(primary).kill();
        standby.initAndStart();
        pods.lost(1, "0");
        pods.job("handover.sh").mustSucceed();
        standby.ask("INSERT INTO row VALUES (2)");

        primary.init().mustSucceed();
        primary.start().awaitSaying("rewound to where db-1.db-svc went on");

        standby.awaitStandby(primary);
        primary.awaitAnswer("SELECT string_agg(id::text, ',') FROM row", "2");
        assertEquals(AS_REPLICATOR, standby.ask(STREAMS_AS));
    }

    @Test
    void theDemandComesAndGoesByReloadsThatEndNoStream() {
        offer();
        startBoth();
        var sender = primary.ask(SENDER);
        assertEquals(AS_REPLICATOR, primary.ask(STREAMS_AS)); // shown before anybody demands it
        assertTrue(login("sslmode=require sslcert=/nowhere").contains("|"));

        demand(true, "second");
        var refused = login("sslmode=require sslcert=/nowhere");
        assertTrue(refused.contains("connection requires a valid client certificate"), refused);
        assertEquals(sender, primary.ask(SENDER));
        primary.ask(END_SENDERS);
        primary.awaitStandby(standby);
        assertEquals(AS_REPLICATOR, primary.ask(STREAMS_AS));

        sender = primary.ask(SENDER);
        demand(false, "third");
        assertTrue(login("sslmode=require sslcert=/nowhere").contains("|"));
        assertEquals(sender, primary.ask(SENDER));
    }

    @Test
    void podsGetTheCertificateAndLoseItOneAtATime() {
        pods.encrypt(certificates);
        primary.serveTls();
        standby.serveTls();
        startBoth();
        assertEquals("nobody", primary.ask(STREAMS_AS));

        pods.encrypt(certificates.withClient());
        pods.latest(standby).interrupt();
        standby.initAndStart();
        primary.awaitStandby(standby);
        assertEquals(AS_REPLICATOR, primary.ask(STREAMS_AS));

        pods.encrypt(certificates.withoutClient());
        pods.latest(standby).interrupt();
        standby.initAndStart();
        primary.awaitStandby(standby);
        assertEquals("nobody", primary.ask(STREAMS_AS));
        assertFalse(Files.exists(standby.volume.resolve("tls/current/client.key")));
    }

    @Test
    void aRenewedOneIsShownAtTheNextConnection() {
        require();
        startBoth();
        assertEquals(decimal(certificates.serialOfClient()), primary.ask(STREAMS_WITH));
        var sender = primary.ask(SENDER);

        certificates.renewClient();
        pods.latest(standby).awaitSaying("the certificate in the Secret is accepted");
        assertEquals(sender, primary.ask(SENDER));
        primary.ask(END_SENDERS);

        primary.awaitStandby(standby);
        assertEquals(decimal(certificates.serialOfClient()), primary.ask(STREAMS_WITH));
    }

    @Test
    void aChangedSignerIsKnownAfterAReload() {
        require();
        startBoth();
        for (var change : new Runnable[] {certificates::changeSigner, certificates::renewClient}) {
            change.run();
            for (var pod : new Pod[] {primary, standby}) {
                Await.until(
                        pod.name + " has what the Secrets have",
                        () -> has(pod, "ca.crt", certificates.secret().resolve("ca.crt"))
                                && has(pod, "client.crt", certificates.client().resolve("client.crt")),
                        () -> pods.latest(pod).output());
            }
        }
        primary.ask(END_SENDERS);

        primary.awaitStandby(standby);
        assertEquals(decimal(certificates.serialOfClient()), primary.ask(STREAMS_WITH));
    }

    private static boolean has(Pod pod, String file, Path mounted) {
        return Machine.read(pod.volume.resolve("tls/current").resolve(file)).equals(Machine.read(mounted));
    }

    private static String decimal(String serial) {
        return new BigInteger(serial.strip().replace("serial=", ""), 16).toString();
    }

    @ParameterizedTest
    @CsvSource({
        "expired, certificate expired",
        "misnamed, that of replicator has another name",
        "forged, unknown ca",
        "mismatched, key values mismatch",
        "misused, that of replicator: SSL error: "
    })
    void aBrokenOneIsKeptOutAndTheFormerOneGoesOn(String how, String reason) {
        require();
        startBoth();
        var serial = decimal(certificates.serialOfClient());

        BROKEN.get(how).accept(certificates);
        for (var pod : new Pod[] {primary, standby}) {
            var server = pods.latest(pod);
            Await.until("it says so", () -> server.output().contains("; the former one goes on\n"), server::output);
            assertTrue(server.output().contains(reason), server.output());
        }
        primary.ask(END_SENDERS);

        primary.awaitStandby(standby);
        assertEquals(serial, primary.ask(STREAMS_WITH));
    }

    @ParameterizedTest
    @ValueSource(strings = {"misnamed", "forged"})
    void theJobRefusesABrokenOne(String how) {
        require();
        BROKEN.get(how).accept(certificates);

        var check = primary.check();

        assertEquals(1, check.exitCode(), check::output);
        assertTrue(
                check.output().startsWith("the certificate in the Secret cannot be used: that of replicator"),
                check::output);
    }

    @Test
    void theJobSaysThatThereIsNone() {
        require();
        Machine.run("rm", "-r", certificates.client().toString());

        var check = primary.check();

        assertEquals(1, check.exitCode(), check::output);
        assertTrue(
                check.output()
                        .startsWith(
                                "there is no such Secret with the certificate of replicator, or it lacks one of tls.crt"
                                        + " tls.key;"),
                check::output);
    }

    @Test
    void theJobTakesOneThatCanBeUsed() {
        require();

        assertEquals(
                "a server runs with these files\n",
                standby.check().mustSucceed().output());
    }
}
