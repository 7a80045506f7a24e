package streamset.security;

import static streamset.security.Attempt.Decision.CERTIFICATE;
import static streamset.security.Attempt.Decision.LINE;
import static streamset.security.Attempt.Decision.NETWORK;
import static streamset.security.Attempt.Decision.NO_LINE;
import static streamset.security.Attempt.Decision.PASSWORD;
import static streamset.security.Attempt.Decision.PATRONI;
import static streamset.security.Attempt.Place.POD;
import static streamset.security.Attempt.Place.POD_ELSEWHERE;
import static streamset.security.Attempt.Place.PORT_FORWARD;
import static streamset.security.Attempt.Place.STANDBY;
import static streamset.security.Attempt.Place.UNLABELLED_POD;
import static streamset.security.Attempt.allowed;
import static streamset.security.Attempt.allowedToStream;
import static streamset.security.Attempt.answered;
import static streamset.security.Attempt.refused;
import static streamset.security.Refusals.NO_ENTRY;
import static streamset.security.Refusals.NO_PASSWORD;
import static streamset.security.Refusals.REJECTED;
import static streamset.security.Refusals.UNREACHABLE;
import static streamset.security.Refusals.WRONG_PASSWORD;

import java.util.List;
import java.util.stream.Stream;

/** Who tries to get in with what the cluster has for itself, or by a way that leads into its pods. */
record InnerAttempts(Logins who, Servers servers) {
    private static final String APP = Logins.APP;
    private static final int METRICS_PORT = 9187;
    private static final int REST_PORT = 8008;

    /** @param patroni whether Patroni decides who writes */
    List<Attempt> all(boolean patroni) {
        return Stream.of(replicator(), nodes(), metrics(), forwarded(), patroni ? rest() : List.<Attempt>of())
                .flatMap(List::stream)
                .toList();
    }

    private List<Attempt> replicator() {
        var role = "`replicator`, for replication, ";
        return List.of(
                allowedToStream(role + "from the pod of a standby, with its certificate", STANDBY, showing("client")),
                refused(
                        role + "from there, without a certificate",
                        STANDBY,
                        who.replicator().forReplication(),
                        CERTIFICATE,
                        "FATAL:  connection requires a valid client certificate"),
                refused(
                        role + "from there, with a certificate in another name",
                        STANDBY,
                        showing("tls").forReplication(),
                        CERTIFICATE,
                        WRONG_PASSWORD), // so the client hears; the server's log has the reason
                refused(
                        role + "from there, with its certificate and a wrong password",
                        STANDBY,
                        showing("client").mistyped().forReplication(),
                        PASSWORD,
                        WRONG_PASSWORD),
                refused(
                        role + "from a pod that is not of the cluster",
                        POD,
                        who.replicator().forReplication(),
                        LINE,
                        REJECTED),
                refused("`replicator`, in an ordinary session", POD, who.replicator(), LINE, REJECTED),
                refused("an application, for replication", POD, who.app().forReplication(), NO_LINE, NO_ENTRY));
    }

    private Login showing(String certificate) {
        var file = servers.certificates() + "/" + certificate;
        return who.replicator().with("sslcert", file + ".crt").with("sslkey", file + ".key");
    }

    private List<Attempt> nodes() {
        var role = "`streamset`, the role of the nodes, ";
        return List.of(
                allowed(role + "from the pod of a standby", STANDBY, who.node()),
                refused(
                        role + "from there, with a wrong password",
                        STANDBY,
                        who.node().mistyped(),
                        PASSWORD,
                        WRONG_PASSWORD),
                refused(
                        role + "from there, to the database of an application",
                        STANDBY,
                        who.node().to(APP),
                        LINE,
                        REJECTED),
                refused(
                        role + "from there, for replication",
                        STANDBY,
                        who.node().forReplication(),
                        NO_LINE,
                        NO_ENTRY),
                allowed(role + "from a pod that is not of the cluster", POD, who.node()));
    }

    private List<Attempt> metrics() {
        var role = "`streamset_metrics`, the role of the exporter, ";
        return List.of(
                refused(role + "from a pod that is not of the cluster", POD, who.metrics(), LINE, REJECTED),
                refused(role + "from the pod of a standby", STANDBY, who.metrics(), LINE, REJECTED),
                answered("a client, to the metrics", POD, readsMetrics()),
                refused(
                        "a pod without the label, to the metrics",
                        UNLABELLED_POD,
                        readsMetrics(),
                        NETWORK,
                        UNREACHABLE),
                refused(
                        "a pod of another namespace with the label, to the metrics",
                        POD_ELSEWHERE,
                        readsMetrics(),
                        NETWORK,
                        UNREACHABLE));
    }

    private Request.Http readsMetrics() {
        return new Request.Http(servers.pod(), METRICS_PORT, "GET /metrics");
    }

    private List<Attempt> rest() {
        var asks = new Request.Http(servers.pod(), REST_PORT, "GET /patroni");
        var switches = new Request.Http(servers.pod(), REST_PORT, "POST /switchover");
        return List.of(
                refused("a client, to Patroni's REST API", POD, asks, NETWORK, UNREACHABLE),
                answered("the pod of a standby, asking Patroni's REST API", STANDBY, asks),
                refused(
                        "the pod of a standby, switching over without a password",
                        STANDBY,
                        switches,
                        PATRONI,
                        "^HTTP/1.[01] 401 "));
    }

    private List<Attempt> forwarded() {
        var by = " through `kubectl port-forward`";
        return List.of(
                allowed("an application" + by, PORT_FORWARD, who.app()),
                refused(
                        "an application" + by + ", without a password",
                        PORT_FORWARD,
                        who.app().without(),
                        PASSWORD,
                        NO_PASSWORD),
                refused(
                        "an application" + by + ", without TLS",
                        PORT_FORWARD,
                        who.app().withoutTls(),
                        LINE,
                        REJECTED + ".*no encryption"),
                refused(
                        "the superuser" + by + ", without a password",
                        PORT_FORWARD,
                        who.superuser().without(),
                        PASSWORD,
                        NO_PASSWORD),
                refused(
                        "the superuser" + by + ", to the database of an application",
                        PORT_FORWARD,
                        who.superuser().to(APP),
                        LINE,
                        REJECTED),
                allowed("`streamset`" + by, PORT_FORWARD, who.node()),
                allowed("`streamset_metrics`" + by, PORT_FORWARD, who.metrics()),
                refused(
                        "`streamset_metrics`" + by + ", to the database of an application",
                        PORT_FORWARD,
                        who.metrics().to(APP),
                        LINE,
                        REJECTED),
                refused(
                        "`replicator`" + by + ", for replication",
                        PORT_FORWARD,
                        who.replicator().forReplication(),
                        LINE,
                        REJECTED));
    }
}
