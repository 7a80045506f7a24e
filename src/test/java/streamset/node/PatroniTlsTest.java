package streamset.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Servers with a certificate, and the real Patroni, which connects to them. */
@Tag("server")
class PatroniTlsTest {
    private static final String UPSTREAM = "SELECT conninfo FROM pg_stat_wal_receiver";

    private final PatroniPods cluster = PatroniPods.of(3);

    private final Certificates certificates =
            new Certificates(cluster.pods.folder().resolve("tls"), "localhost", "*.db-svc");

    @AfterEach
    void end() {
        cluster.close();
    }

    private void encrypt() {
        cluster.pods.encrypt(certificates);
        for (int ordinal : cluster.all()) {
            cluster.get(ordinal).serveTls();
        }
    }

    private String others() {
        return cluster.get(0)
                .ask("SELECT string_agg(version, ' ') FROM pg_stat_replication JOIN pg_stat_ssl USING (pid)");
    }

    @Test
    void standbysCloneAndStreamVerifiedWhereItIsRequired() {
        cluster.pods.encrypt(certificates);
        for (int ordinal : cluster.all()) {
            cluster.get(ordinal).requireTls();
        }

        cluster.startAll();

        assertEquals("TLSv1.3 TLSv1.3", others());
        var conninfo = cluster.get(1).ask(UPSTREAM);
        assertTrue(conninfo.contains("sslmode=verify-full") && conninfo.contains("host=db-0.db-svc "), conninfo);
    }

    @Test
    void standbysCloneStreamAndFollowWithACertificate() {
        cluster.pods.encrypt(certificates.withClient());
        for (int ordinal : cluster.all()) {
            cluster.get(ordinal).requireClientCertificates(true);
        }

        cluster.startAll();

        awaitTwoClients(0);
        cluster.pods.latest(cluster.get(0)).interrupt();
        Await.until(
                "another node leads",
                () -> cluster.role(1).equals(Optional.of("primary"))
                        || cluster.role(2).equals(Optional.of("primary")),
                () -> cluster.role(1) + " " + cluster.role(2));
        cluster.initAndStart(0);
        int leader = cluster.role(1).equals(Optional.of("primary")) ? 1 : 2;
        cluster.get(leader).awaitStandby(cluster.get(0));
        cluster.get(leader).awaitStandby(cluster.get(3 - leader));
        awaitTwoClients(leader);
    }

    /** The standbys; what else they ask for as replicator ends soon. */
    private void awaitTwoClients(int leader) {
        Await.until(
                "two streams with a certificate",
                () -> clients(leader).equals("/CN=replicator /CN=replicator"),
                () -> clients(leader));
    }

    private String clients(int leader) {
        return cluster.get(leader)
                .ask("SELECT string_agg(client_dn, ' ') FROM pg_stat_replication JOIN pg_stat_ssl USING (pid)");
    }

    @Test
    void standbysVerifyFromTheMomentThatEveryServerHasOfferedIt() {
        encrypt();
        cluster.startAll();

        for (int ordinal = 1; ordinal < 3; ordinal++) {
            var standby = cluster.get(ordinal);
            Await.until(
                    standby.name + " verifies",
                    () -> standby.ask(UPSTREAM).contains("sslmode=verify-full"),
                    () -> cluster.pods.latest(standby).output());
        }
    }

    @Test
    void aRenewedCertificateIsServed() {
        encrypt();
        cluster.startAll();
        var started = cluster.get(0).ask("SELECT pg_postmaster_start_time()");

        certificates.renew();

        for (int ordinal : cluster.all()) {
            var pod = cluster.get(ordinal);
            Await.until(
                    pod.name + " serves the renewed certificate",
                    () -> Certificates.serialOf(pod.address, cluster.pods.port())
                            .equals(certificates.serial()),
                    () -> cluster.pods.latest(pod).output());
        }
        assertEquals(started, cluster.get(0).ask("SELECT pg_postmaster_start_time()"));
    }
}
