package streamset.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import streamset.cluster.Deployment;
import streamset.features.Encryption;
import streamset.node.Certificates;
import streamset.pod.VolumeKind;

/** The production stack with TLS, small enough for the testbed, and a client beside it; removed with its data when closed. */
final class SecuredCluster implements AutoCloseable {
    private static final String NAMESPACE = "streamset-security";
    private static final String CLIENTS = NAMESPACE + "-clients";
    private static final String SECRET = "postgresql-tls";
    private static final String PRIMARY = host("postgresql-primary");
    private static final String STANDBY_DOMAIN = "." + host("postgresql-svc"); // of one of its names
    private static final String LOOPBACK = "127.0.0.1"; // here, and where the kubelet connects to in the pod

    // what two cores can do; PostgreSQL 18 of the testbed's image has no TLS
    private static final String[] SETTINGS = {
        "streamset:createNamespace=false",
        "streamset:secretName=",
        "streamset:version=15",
        "streamset:replicas=3",
        "streamset:resources.cpu=100m",
        "streamset:resources.memory=256Mi",
        "streamset:storage.size=1Gi",
        "streamset:scheduling.spread.hosts=soft",
        "streamset:scheduling.spread.zones=soft",
        "streamset:tls.secretName=" + SECRET,
        "streamset:tls.required=true"
    };

    private final Deployment deployment = new Deployment("prod", NAMESPACE, SETTINGS);
    private final OutsidePods clients = new OutsidePods(CLIENTS);
    private final OutsidePods others = new OutsidePods(NAMESPACE + "-others");
    private final String appPassword;
    private final Path root;

    private SecuredCluster(Path folder, String appPassword) {
        this.appPassword = appPassword;
        this.root = folder.resolve("servers/secret/ca.crt");
    }

    /**
     * Deploys it from nothing, and waits until all pods are ready.
     *
     * @param folder for the certificates
     * @param appPassword of an application's role, which owns a database
     */
    static SecuredCluster deploy(Path folder, String appPassword) {
        var cluster = new SecuredCluster(folder, appPassword);
        cluster.close(); // what a run that was killed has left
        cluster.start(folder);
        cluster.makeApplication();
        return cluster;
    }

    private void start(Path folder) {
        var servers = new Certificates(
                made(folder.resolve("servers")),
                "*." + host("postgresql-svc"),
                PRIMARY,
                host("postgresql-read"),
                "localhost");
        var otherRoot = new Certificates(made(folder.resolve("others")), "localhost")
                .secret()
                .resolve("ca.crt");
        clients.start(root, otherRoot);
        others.start(root, otherRoot);
        deployment.kubectl("label", "namespace", CLIENTS, OutsidePods.NAMESPACE_LABEL + "=true");
        deployment.kubectl("create", "namespace", NAMESPACE);
        deployment.kubectl("create", "secret", "generic", SECRET, "--from-file=" + servers.secret());
        deployment.apply();
        deployment.kubectl(
                "wait", "--for=condition=Ready", "pod", "-l", "app.kubernetes.io/component=server", "--timeout=150s");
    }

    private static Path made(Path folder) {
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void makeApplication() {
        var statements = "CREATE ROLE %1$s LOGIN PASSWORD '%2$s';\nCREATE DATABASE %1$s OWNER %1$s;\n"
                .formatted(Attempts.APP, appPassword);
        deployment.kubectlWithInput(
                statements,
                "exec",
                "-i",
                Deployment.pod(0),
                "-c",
                "postgresql",
                "--",
                "psql",
                "-Xq",
                "-v",
                "ON_ERROR_STOP=1",
                "-U",
                "postgres");
    }

    /** All who try to get in. */
    List<Attempt> attempts() {
        var superuser = deployment.password("postgres");
        var passwords = new Attempts.Passwords(
                appPassword, superuser, deployment.password("replicator"), passwordOfNodes(superuser));
        var address = deployment.kubectl("get", "pod", Deployment.pod(0), "-o", "jsonpath={.status.podIP}");
        return new Attempts(passwords, host("postgresql-read"), address).all();
    }

    /** As facts/sql.sh computes it. */
    private static String passwordOfNodes(String superuser) {
        try {
            var text = "streamset, role of the nodes\n" + superuser;
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Tries it. */
    Outcome outcome(Attempt attempt) {
        var lines = new HbaLines(deployment);
        return switch (attempt.from()) {
            case POD -> outside(attempt, clients, OutsidePods.CLIENT, lines);
            case UNLABELLED_POD -> outside(attempt, clients, OutsidePods.STRANGER, lines);
            case POD_ELSEWHERE -> outside(attempt, others, OutsidePods.CLIENT, lines);
            case STANDBY -> Outcome.of(attempt, standby(), lines.decisive(attempt.login(), STANDBY_DOMAIN));
            case PORT_FORWARD -> forwarded(attempt, lines.decisive(attempt.login(), LOOPBACK));
        };
    }

    private static Outcome outside(Attempt attempt, OutsidePods pods, String pod, HbaLines lines) {
        return Outcome.of(attempt, pods.psql(pod, PRIMARY), lines.decisive(attempt.login(), ""));
    }

    private Psql standby() {
        var exec = deployment.kubectlCommand("exec", "-i", Deployment.pod(1), "-c", "postgresql", "--");
        var trusted = VolumeKind.DATA.path() + "/tls/current/" + Encryption.ROOT;
        return new Psql(exec.words(), exec.environment(), Map.of("PGHOST", podHost(0), "PGSSLROOTCERT", trusted));
    }

    private Outcome forwarded(Attempt attempt, HbaLines.Line line) {
        var command =
                deployment.kubectlCommand("port-forward", "--address", LOOPBACK, "pod/" + Deployment.pod(0), ":5432");
        try (var forward = new PortForward(command)) {
            var here = Map.of(
                    "PGHOST",
                    "localhost",
                    "PGHOSTADDR",
                    LOOPBACK,
                    "PGPORT",
                    forward.port(),
                    "PGSSLROOTCERT",
                    root.toString());
            return Outcome.of(attempt, new Psql(List.of(), Map.of(), here), line);
        }
    }

    private static String podHost(int ordinal) {
        return Deployment.pod(ordinal) + "." + host("postgresql-svc");
    }

    private static String host(String service) {
        return service + "." + NAMESPACE + ".svc.cluster.local";
    }

    @Override
    public void close() {
        clients.remove();
        others.remove();
        deployment.remove();
    }
}
