package streamset.security;

import static streamset.security.Attempt.Decision.CLIENT;
import static streamset.security.Attempt.Decision.LINE;
import static streamset.security.Attempt.Decision.NETWORK;
import static streamset.security.Attempt.Decision.NO_LINE;
import static streamset.security.Attempt.Decision.PASSWORD;
import static streamset.security.Attempt.Decision.SERVER;
import static streamset.security.Attempt.Place.POD;
import static streamset.security.Attempt.Place.POD_ELSEWHERE;
import static streamset.security.Attempt.Place.PORT_FORWARD;
import static streamset.security.Attempt.Place.STANDBY;
import static streamset.security.Attempt.Place.UNLABELLED_POD;
import static streamset.security.Attempt.allowed;
import static streamset.security.Attempt.allowedToStream;
import static streamset.security.Attempt.refused;

import java.util.List;
import java.util.stream.Stream;

/** Everybody who tries to get in. */
final class Attempts {
    /** A role of an application, and its database. */
    static final String APP = "app";

    private static final String POSTGRES = "postgres";
    private static final String REPLICATOR = "replicator";
    private static final String NODES = "streamset";

    private static final String UNREACHABLE =
            "Connection refused|timeout expired"; // as the engine of the network has it
    private static final String WRONG_PASSWORD = "FATAL:  password authentication failed for user";
    private static final String NO_PASSWORD = "no password supplied";
    private static final String REJECTED = "FATAL:  pg_hba.conf rejects connection";
    private static final String NO_ENTRY = "FATAL:  no pg_hba.conf entry for replication connection";

    private final Login app;
    private final Login appWithout = Login.of(APP, APP, "");
    private final Login superuser;
    private final Login replicator;
    private final Login node;
    private final String readService;
    private final String address;

    /**
     * @param passwords of the roles
     * @param readService the name of the Service on all pods
     * @param address of a server's pod
     */
    Attempts(Passwords passwords, String readService, String address) {
        this.app = Login.of(APP, APP, passwords.app());
        this.superuser = Login.of(POSTGRES, POSTGRES, passwords.superuser());
        this.replicator = Login.of(REPLICATOR, POSTGRES, passwords.replicator());
        this.node = Login.of(NODES, POSTGRES, passwords.nodes());
        this.readService = readService;
        this.address = address;
    }

    /** The right passwords. */
    record Passwords(String app, String superuser, String replicator, String nodes) {}

    List<Attempt> all() {
        return Stream.of(applications(), strangers(), certificates(), roles(), nodes(), forwarded())
                .flatMap(List::stream)
                .toList();
    }

    private List<Attempt> applications() {
        return List.of(
                allowed("an application, to its database", POD, app),
                allowed("an application, to the Service for reading", POD, app.with("host", readService)),
                refused("an application with a wrong password", POD, wrong(app), PASSWORD, WRONG_PASSWORD),
                refused("an application without a password", POD, appWithout, PASSWORD, NO_PASSWORD),
                refused("a role that does not exist", POD, Login.of("nobody", APP, "x"), PASSWORD, WRONG_PASSWORD),
                refused("an application without TLS", POD, app.withoutTls(), LINE, REJECTED + ".*no encryption"));
    }

    private List<Attempt> strangers() {
        return List.of(
                refused("an application, from a pod without the label", UNLABELLED_POD, app, NETWORK, UNREACHABLE),
                refused(
                        "an application, from a pod of another namespace with the label",
                        POD_ELSEWHERE,
                        app,
                        NETWORK,
                        UNREACHABLE));
    }

    private List<Attempt> certificates() {
        return List.of(
                refused(
                        "an application that trusts another issuer",
                        POD,
                        app.with("sslrootcert", OutsidePods.OTHER_ROOT),
                        CLIENT,
                        "SSL error: certificate verify failed"),
                refused(
                        "an application, by a name that the certificate does not have",
                        POD,
                        app.with("host", address),
                        CLIENT,
                        "server certificate for .* does not match host name"),
                refused(
                        "an application with TLS 1.2",
                        POD,
                        app.with("ssl_max_protocol_version", "TLSv1.2"),
                        SERVER,
                        "SSL error: tlsv1 alert protocol version"));
    }

    private List<Attempt> roles() {
        return List.of(
                allowedToStream("`replicator`, for replication, from the pod of a standby", STANDBY, replicator),
                refused("an application, for replication", POD, app.forReplication(), NO_LINE, NO_ENTRY),
                refused(
                        "`replicator`, for replication, from a pod that is not of the cluster",
                        POD,
                        replicator.forReplication(),
                        NO_LINE,
                        NO_ENTRY),
                refused("`replicator`, in an ordinary session", POD, replicator, LINE, REJECTED),
                refused("the superuser, to the database of an application", POD, to(APP), LINE, REJECTED),
                refused(
                        "the superuser with a wrong password, to database `postgres`",
                        POD,
                        wrong(superuser),
                        PASSWORD,
                        WRONG_PASSWORD),
                refused("the superuser without TLS", POD, superuser.withoutTls(), LINE, REJECTED + ".*no encryption"),
                allowed("the superuser with the password, to database `postgres`", POD, superuser));
    }

    private List<Attempt> nodes() {
        var role = "`streamset`, the role of the nodes, ";
        return List.of(
                allowed(role + "from the pod of a standby", STANDBY, node),
                refused(role + "from there, with a wrong password", STANDBY, wrong(node), PASSWORD, WRONG_PASSWORD),
                refused(
                        role + "from there, to the database of an application",
                        STANDBY,
                        Login.of(NODES, APP, node.password()),
                        LINE,
                        REJECTED),
                refused(role + "from there, for replication", STANDBY, node.forReplication(), NO_LINE, NO_ENTRY),
                refused(role + "from a pod that is not of the cluster", POD, node, LINE, REJECTED));
    }

    private List<Attempt> forwarded() {
        var by = " through `kubectl port-forward`";
        return List.of(
                allowed("an application" + by, PORT_FORWARD, app),
                refused(
                        "an application" + by + ", without a password",
                        PORT_FORWARD,
                        appWithout,
                        PASSWORD,
                        NO_PASSWORD),
                refused(
                        "an application" + by + ", without TLS",
                        PORT_FORWARD,
                        app.withoutTls(),
                        LINE,
                        REJECTED + ".*no encryption"),
                refused(
                        "the superuser" + by + ", without a password",
                        PORT_FORWARD,
                        Login.of(POSTGRES, POSTGRES, ""),
                        PASSWORD,
                        NO_PASSWORD),
                refused(
                        "the superuser" + by + ", to the database of an application",
                        PORT_FORWARD,
                        to(APP),
                        LINE,
                        REJECTED),
                refused("`streamset`" + by, PORT_FORWARD, node, LINE, REJECTED),
                refused(
                        "`replicator`" + by + ", for replication",
                        PORT_FORWARD,
                        replicator.forReplication(),
                        NO_LINE,
                        NO_ENTRY));
    }

    private Login to(String database) {
        return Login.of(POSTGRES, database, superuser.password());
    }

    private static Login wrong(Login right) {
        return new Login(right.user(), right.database(), right.password() + "x", right.settings());
    }
}
