package streamset.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import streamset.cluster.Command;
import streamset.cluster.Deployment;

/** A cluster of its own on the testbed, with writers and an observer while it is open; removed with its data then. */
final class FaultCluster implements AutoCloseable {
    private static final String POD_FIELDS = "jsonpath={.metadata.name} {.metadata.uid} {.status.podIP}{\"\\n\"}";
    private static final String SERVERS = "app.kubernetes.io/component=server";

    private final String namespace;
    private final Deployment deployment;
    private final Declared declared;
    private final Engine engine;
    private String password;
    private Observer observer;
    private PodWatch pods;
    private Clients clients;

    /** Nothing runs yet: only the names of events can be asked for. */
    FaultCluster(String namespace, Deployment deployment, Declared declared, Engine engine) {
        this.namespace = namespace;
        this.deployment = deployment;
        this.declared = declared;
        this.engine = engine;
    }

    /** Deploys a cluster of the dev stack with the settings of an engine over it, from nothing, and waits until it is whole. */
    static FaultCluster deploy(String namespace, Engine engine) {
        var deployment = new Deployment("dev", namespace, engine.settings());
        deployment.remove();
        var declared = new Declared();
        deployment.apply(declared.words());
        return new FaultCluster(namespace, deployment, declared, engine).open();
    }

    /** One of the declared engine that is deployed already. */
    static FaultCluster of(String namespace, Deployment deployment, Declared declared) {
        return new FaultCluster(namespace, deployment, declared, new DeclaredEngine()).open();
    }

    private FaultCluster open() {
        password = deployment.password();
        observer = new Observer(password);
        var watch = deployment.kubectlCommand("get", "pods", "-l", SERVERS, "--watch", "-o", POD_FIELDS);
        pods = new PodWatch(watch, observer::see);
        new Health(this).await();
        tryWrite(Writer.TABLE);
        clients = Clients.start(namespace, declared.replicas(), password, folder(namespace));
        awaitRows(Limits.MOMENT);
        return this;
    }

    /** For logs of a run. */
    static Path folder(String namespace) {
        try {
            return Files.createDirectories(Command.PROJECT.resolve("target").resolve(namespace));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String namespace() {
        return namespace;
    }

    Deployment deployment() {
        return deployment;
    }

    Declared declared() {
        return declared;
    }

    Engine engine() {
        return engine;
    }

    String password() {
        return password;
    }

    Observer observer() {
        return observer;
    }

    Clients clients() {
        return clients;
    }

    List<Writer> writers() {
        return clients.all();
    }

    /** The server of a pod, at the address that the pod has now. */
    Server server(int ordinal) {
        var pod = pod(ordinal);
        if (pod.address().isEmpty()) {
            throw new AssertionError(pod.name() + " has no address yet");
        }
        return new Server(pod.address(), password);
    }

    /**
     * The pod that writes, or that should.
     *
     * @throws AssertionError when that is not one pod
     */
    int primary() {
        return engine.primary(this);
    }

    Server primaryServer() {
        return server(primary());
    }

    PodWatch.Pod pod(int ordinal) {
        var name = Deployment.pod(ordinal);
        return pods.find(name).orElseThrow(() -> new AssertionError("no pod " + name));
    }

    boolean hasPod(int ordinal) {
        return pods.find(Deployment.pod(ordinal)).isPresent();
    }

    PodProcesses processes(int ordinal) {
        return new PodProcesses(pod(ordinal).uid());
    }

    PodNetwork network(int ordinal) {
        return PodNetwork.of(processes(ordinal));
    }

    PodVolume volume(int ordinal) {
        var claim = "data-" + Deployment.pod(ordinal);
        var volume = deployment.kubectl("get", "pvc", claim, "-o", "jsonpath={.spec.volumeName}");
        return new PodVolume(Path.of(deployment.kubectl("get", "pv", volume, "-o", "jsonpath={.spec.local.path}")));
    }

    /** What the container that runs the server has said, and the one before it when there was one. */
    String log(int ordinal) {
        var pod = Deployment.pod(ordinal);
        return deployment
                        .tryKubectl("logs", pod, "-c", "postgresql", "--previous")
                        .output() + "\n"
                + deployment.tryKubectl("logs", pod, "-c", "postgresql").output();
    }

    /** Waits until the server of a pod answers a question like this. */
    void awaitAnswer(int ordinal, String sql, String answer) {
        Waiting.until(
                Deployment.pod(ordinal) + " answers " + answer + " to " + sql,
                Limits.HEALTHY,
                () -> tryAsk(ordinal, sql).equals(answer),
                () -> ", but: " + tryAsk(ordinal, sql));
    }

    String tryAsk(int ordinal, String sql) {
        return hasPod(ordinal) && !pod(ordinal).address().isEmpty()
                ? server(ordinal).tryValue(sql)
                : "";
    }

    private void tryWrite(String sql) {
        try {
            primaryServer().row(sql);
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }

    /** Begins to deploy what is declared now. */
    Deploying deploying() {
        return Deploying.begin(
                deployment.deploy(declared.words()), folder(namespace).resolve("deploy.log"));
    }

    /** Deploys what is declared now, and again when that was disturbed; nothing else would an operator do. */
    void deploy() {
        try (var first = deploying()) {
            if (first.succeeds()) {
                return;
            }
        }
        try (var again = deploying()) {
            again.mustSucceed();
        }
    }

    /** Ends an update in the middle, as when its terminal is gone. What the engine has locked then, people unlock. */
    void cancel(Deploying update) {
        update.cancel();
        if (deployment.byPulumi()) {
            deployment.pulumi("cancel", "--yes");
        }
    }

    /** Waits until all writers have a row that was sent after now. */
    void awaitRows(Duration limit) {
        clients.awaitRows(limit);
    }

    @Override
    public void close() {
        clients.close();
        observer.close();
        pods.close();
        deployment.remove();
    }
}
