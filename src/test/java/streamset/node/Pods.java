package streamset.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A StatefulSet's pods on this machine. Pod N has the address 127.0.1.(N+1) and the name db-N.db-svc, which the pods
 * alone resolve; db-0 is the declared primary. Closing ends all that was started.
 */
final class Pods implements AutoCloseable {
    static final String FIRST_REVISION = "first";

    private static final String SERVICE = "db-primary";

    private final Programs programs;
    private final Path folder;
    private final int port;
    private final List<Pod> pods;
    private final List<Container> containers = new ArrayList<>();
    private final Map<String, Container> latest = new HashMap<>(); // by host name
    private final Secrets secrets;
    private final Map<String, String> addresses = new HashMap<>(); // by host name
    private final Map<String, String> ofCluster = new HashMap<>(); // environment
    private final Map<String, Path> ownTopology = new HashMap<>(); // by host name
    private final Map<String, Path> ownPasswords = new HashMap<>(); // by host name
    private Map<String, String> ofImage = Map.of();
    private Optional<Certificates> certificates = Optional.empty();
    private Path tools;
    private int primary;
    private String lost = "";
    private boolean keepDiverged;
    private int generation;
    private String podDigest = Pod.FIRST_DIGEST;

    private Pods(int replicas, int port, Programs programs) {
        this.programs = programs;
        this.folder = newFolder();
        this.port = port;
        this.secrets = new Secrets(folder);
        password("postgres", "postgres-secret");
        password("replicator", "replicator-secret");
        copyScripts();
        tools = ImageTools.gnu(folder);
        program("docker-entrypoint.sh", FAKE_ENTRYPOINT);
        this.pods = IntStream.range(0, replicas)
                .mapToObj(ordinal -> new Pod(this, folder.resolve("db-" + ordinal), ordinal))
                .toList();
        pods.forEach(pod -> addresses.put(pod.host, pod.address));
        revision(FIRST_REVISION);
        writeHosts();
    }

    /** Fake: stands for the official image's, which on a volume with a database does no more either. */
    private static final String FAKE_ENTRYPOINT = "#!/bin/sh\nexec \"$@\"\n";

    /** This many pods with empty volumes. */
    static Pods of(int replicas) {
        return new Pods(replicas, freePort(), Programs.DEBIAN);
    }

    /** This many pods that look for servers on this port. */
    static Pods of(int replicas, int port) {
        return new Pods(replicas, port, Programs.DEBIAN);
    }

    /** This many pods with these programs. */
    static Pods of(int replicas, Programs programs) {
        return new Pods(replicas, freePort(), programs);
    }

    /** The folder of everything here. */
    Path folder() {
        return folder;
    }

    int size() {
        return pods.size();
    }

    /** The folder with the small programs of the image. */
    Path tools() {
        return tools;
    }

    /** The small programs of the image are BusyBox's from now on. */
    void withBusyBox() {
        tools = ImageTools.busyBox(folder);
    }

    /** What the image brings into the environment of all containers from now on. */
    void environment(Map<String, String> variables) {
        ofImage = Map.copyOf(variables);
    }

    Programs programs() {
        return programs;
    }

    Pod get(int ordinal) {
        return pods.get(ordinal);
    }

    int port() {
        return port;
    }

    /** The declared password of a role. */
    String password(String role) {
        return secrets.password(role);
    }

    /** Declares that the servers have a certificate: containers that start from now on know where it is. */
    void encrypt(Certificates declared) {
        certificates = Optional.of(declared);
    }

    /** Declares none again. */
    void encryptNoMore() {
        certificates = Optional.empty();
    }

    private Map<String, String> encryption(Path pod, boolean ofServer) {
        return certificates
                .map(declared -> {
                    var adopted = pod.resolve("volume/tls/current");
                    var variables = new HashMap<>(Map.of(
                            "STREAMSET_MOUNTED_TLS", declared.secret().toString(),
                            "STREAMSET_TRIAL_PORT", Integer.toString(freePort()),
                            "TLS_NAMES", declared.names(),
                            "ROOT_CERTIFICATE",
                                    (ofServer ? adopted : declared.secret())
                                            .resolve("ca.crt")
                                            .toString()));
                    if (ofServer && declared.hasClient()) {
                        variables.put(
                                "STREAMSET_MOUNTED_TLS_CLIENT",
                                declared.client().toString());
                        variables.put(
                                "CLIENT_CERTIFICATE",
                                adopted.resolve("client.crt").toString());
                    }
                    return Map.copyOf(variables);
                })
                .orElse(Map.of());
    }

    /** Declares another password; the kubelet brings it in one step. */
    void password(String role, String password) {
        secrets.password(role, password);
    }

    /** The Secret is that of somebody else, with passwords alone, which server pods mount too. */
    Pods withSecretOfSomebodyElse() {
        secrets.areOfSomebodyElse();
        return this;
    }

    /** The servers that run are of a version that lets no Job log in as nodes do: Jobs have all passwords. */
    Pods withServersOfAFormerVersion() {
        secrets.areOfFormerVersion();
        return this;
    }

    /** Where the pods' Secret is mounted. */
    Path secretOfNodes() {
        return secrets.ofNodes();
    }

    /** The Secret that is declared from now on does not reach the containers of this pod that are started from now on. */
    void secretSleeps(Pod pod) {
        var own = folder.resolve(pod.name).resolve("passwords");
        Machine.run("cp", "-a", secrets.ofNodes().toString(), own.toString());
        ownPasswords.put(pod.name, own);
    }

    /** It reaches them. */
    void secretArrives(Pod pod) {
        var own = ownPasswords.get(pod.name);
        for (String key : secrets.keysOfNodes()) {
            Machine.run("cp", secrets.ofNodes().resolve(key).toString(), own + "/..new");
            Machine.run("mv", own + "/..new", own.resolve(key).toString());
        }
    }

    /** Declares a revision of the conf files. */
    void revision(String revision) {
        revision(revision, 0);
    }

    /** Declares a revision of the conf files whose WAL settings need a file system of this many kB. */
    void revision(String revision, long walKilobytes) {
        declare(pods.size(), revision, walKilobytes);
    }

    /** Declares a revision of the conf files together with another template of the pods. */
    void revisionForPods(String revision, String digest) {
        podDigest = digest;
        revision(revision);
    }

    /** The digest of the declared template of the pods. */
    String podDigest() {
        return podDigest;
    }

    /** How many declarations there have been: the last one has this as its generation. */
    int generation() {
        return generation;
    }

    /** Declares fewer pods, or all again; those that run go on. */
    void replicas(int replicas) {
        declare(replicas, FIRST_REVISION, 0);
    }

    /** Declares another primary. */
    void primary(int ordinal) {
        primary = ordinal;
        declare(pods.size(), FIRST_REVISION, 0);
    }

    /** Declares another primary, and that nobody waits for these. */
    void lost(int primary, String lost) {
        this.lost = lost;
        primary(primary);
    }

    /** Declares that lost pods keep their old data. */
    void keepDiverged() {
        keepDiverged = true;
        declare(pods.size(), FIRST_REVISION, 0);
    }

    private void declare(int replicas, String revision, long walKilobytes) {
        var hosts = pods.stream().limit(replicas).map(pod -> pod.host).collect(Collectors.joining(" "));
        writeTopology("hosts=" + hosts + "\nprimary=" + primary + "\nlost=" + lost + "\nkeep_diverged=" + keepDiverged
                + "\nrevision=" + revision + "\nwal_kilobytes=" + walKilobytes + "\npod=" + podDigest + "\ngeneration="
                + ++generation + "\n");
    }

    /** Declares the roles of databases. */
    void roles(String... roles) {
        writeRoles("roles=" + String.join(" ", roles) + "\n");
    }

    /** The same with any text. */
    void writeRoles(String text) {
        Machine.write(folder.resolve("topology/new"), text);
        Machine.run(
                "mv",
                folder.resolve("topology/new").toString(),
                folder.resolve("topology/roles").toString());
    }

    /** As the kubelet brings it: in one step. */
    void writeTopology(String text) {
        Machine.write(folder.resolve("topology/new"), text);
        Machine.run(
                "mv",
                folder.resolve("topology/new").toString(),
                folder.resolve("topology/topology").toString());
    }

    /** Puts something between the pods and a pod: its name resolves to this address from now on. */
    void redirect(Pod pod, String address) {
        addresses.put(pod.host, address);
        writeHosts();
    }

    /**
     * Fake: stands for the Service for writing, by a name that resolves to the address of the pod that it selects. Containers
     * that start from now on know that name.
     */
    void service(Pod selected) {
        ofCluster.put("PRIMARY_SERVICE", SERVICE);
        addresses.put(SERVICE, selected.address);
        writeHosts();
    }

    private void writeHosts() {
        Machine.write(
                folder.resolve("hosts"),
                addresses.entrySet().stream()
                        .map(entry -> entry.getValue() + " " + entry.getKey() + "\n")
                        .sorted()
                        .collect(Collectors.joining("", "127.0.0.1 localhost\n", "")));
    }

    /** The container of a pod that was started last. */
    Container latest(Pod pod) {
        return latest.get(pod.name);
    }

    /** The conf files that are mounted in Jobs from now on: those of this pod. */
    void confOfJobs(Pod pod) {
        var job = folder.resolve("job");
        Machine.run("rm", "-rf", job.resolve("conf").toString());
        Machine.run("mkdir", "-p", job.toString());
        Machine.run("cp", "-r", pod.conf.toString(), job.resolve("conf").toString());
    }

    /** A Job's only container. */
    Container job(String script, String... arguments) {
        var job = folder.resolve("job");
        makeWritable(job.resolve("tmp"));
        return run("jobs/" + script, "job", job, Map.of(), arguments);
    }

    /** The kubelet brings what is declared to this pod again, also to its running containers. */
    void kubeletWakes(Pod pod) {
        var topology = folder.resolve(pod.name).resolve("topology/topology");
        Machine.run("cp", folder.resolve("topology/topology").toString(), topology + ".new");
        Machine.run("mv", topology + ".new", topology.toString());
    }

    Container run(String script, String hostname, Path pod, Map<String, String> more, String... arguments) {
        var command = new ArrayList<>(Machine.podCommand(folder.resolve("hosts")));
        command.addAll(List.of("bash", folder.resolve("scripts").resolve(script).toString()));
        command.addAll(List.of(arguments));
        var environment = new HashMap<>(Map.of(
                "PATH",
                folder.resolve("bin") + ":" + programs.folder() + ":" + tools,
                "LANG",
                "C.UTF-8",
                "HOSTNAME",
                hostname,
                "TMPDIR",
                pod.resolve("tmp").toString(),
                "STREAMSET_SOCKETS",
                pod.resolve("run").toString(),
                "STREAMSET_PORT",
                Integer.toString(port),
                "STREAMSET_TOPOLOGY",
                ownTopology
                        .getOrDefault(hostname, folder.resolve("topology"))
                        .resolve("topology")
                        .toString(),
                "STREAMSET_PASSWORDS",
                ownPasswords
                        .getOrDefault(hostname, secrets.mounted(script, more.containsKey("PGDATA")))
                        .toString(),
                "STREAMSET_CONF",
                pod.resolve("etc").toString(),
                "STREAMSET_MOUNTED_CONF",
                pod.resolve("conf").toString()));
        environment.put("POSTGRES_MAJOR", Integer.toString(programs.major()));
        environment.putAll(ofImage);
        environment.putAll(ofCluster);
        environment.putAll(encryption(pod, more.containsKey("PGDATA")));
        environment.putAll(more);
        var output = pod.resolve(script.replace('/', '.') + "." + containers.size() + ".log");
        var container = Container.run(command, environment, output);
        containers.add(container);
        latest.put(hostname, container);
        return container;
    }

    /** Puts a program before all others of this name that the scripts could find. */
    void program(String name, String text) {
        var file = folder.resolve("bin").resolve(name);
        Machine.write(file, text);
        file.toFile().setExecutable(true, false);
    }

    /** Changes a constant of a script, so that a test need not wait for as long as people do. */
    void constant(String script, String name, int value) {
        Machine.run(
                "sed",
                "-i",
                "s/^" + name + "=[0-9]*/" + name + "=" + value + "/",
                folder.resolve("scripts").resolve(script).toString());
    }

    /** A script of the test beside those of the repository, which it can source. */
    void addScript(String name, String text) {
        Machine.write(folder.resolve("scripts").resolve(name), text);
    }

    void makeWritable(Path path) {
        try {
            Files.createDirectories(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Machine.give(path);
    }

    private void copyScripts() {
        Machine.run("cp", "-r", "src/main/bash", folder.resolve("scripts").toString());
        Machine.run("chmod", "-R", "a+rX", folder.resolve("scripts").toString());
    }

    /** What is declared from now on does not reach the containers of this pod that are started from now on. */
    void kubeletSleeps(Pod pod) {
        var topology = folder.resolve(pod.name).resolve("topology");
        Machine.run("cp", "-a", folder.resolve("topology").toString(), topology.toString());
        ownTopology.put(pod.name, topology);
    }

    private static Path newFolder() {
        try {
            var folder = Files.createTempDirectory("streamset"); // short: a socket's path has at most 107 bytes
            return Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Free at all addresses, and below those that the kernel gives to whoever asks for any: it is used again and again. */
    static int freePort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(15_000, 30_000);
            try (var socket = new ServerSocket(port)) {
                return socket.getLocalPort();
            } catch (IOException taken) {
                // another one
            }
        }
    }

    @Override
    public void close() {
        containers.forEach(Container::close);
        Machine.run("rm", "-rf", folder.toString());
    }
}
