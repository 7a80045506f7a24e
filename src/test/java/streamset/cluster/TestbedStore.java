package streamset.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The S3 server of testbed/s3.sh, and how a stack is told of it. */
public final class TestbedStore implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String IMAGE = "localhost/postgres-pgbackrest:"; // and the major version
    private static final String NAMESPACE = "streamset-s3";
    private static final String SERVER = "deployment/s3";
    private static final String KEYS = "s3-keys";
    private static final String AUTHORITY = "s3-authority";

    /** The Secrets that the settings name. */
    public record Secrets(String keys, String authority) {}

    private final Map<String, String> facts;

    private TestbedStore(Map<String, String> facts) {
        this.facts = facts;
    }

    /** Empty, and ready. */
    public static TestbedStore start() {
        script("--stop");
        return new TestbedStore(script().lines()
                .filter(line -> line.matches("[a-z-]+=.*"))
                .collect(Collectors.toMap(line -> line.split("=", 2)[0], line -> line.split("=", 2)[1])));
    }

    /** A namespace with nothing but the Secrets that the settings name; that with the keys has a passphrase too. */
    public void prepare(Deployment cluster, String passphrase) {
        cluster.remove();
        cluster.kubectl("create", "namespace", cluster.namespace());
        changeKeys(cluster, facts.get("secret-access-key"), passphrase);
        cluster.kubectl("create", "secret", "generic", AUTHORITY, "--from-file=ca.crt=" + facts.get("ca"));
    }

    /** The right one again. */
    public void rightKey(Deployment cluster, String passphrase) {
        changeKeys(cluster, facts.get("secret-access-key"), passphrase);
    }

    /** Another key than the store knows. */
    public void wrongKey(Deployment cluster, String passphrase) {
        changeKeys(cluster, "wrong", passphrase);
    }

    private void changeKeys(Deployment cluster, String key, String passphrase) {
        var declared = cluster.kubectl(
                "create",
                "secret",
                "generic",
                KEYS,
                "--from-literal=access-key-id=" + facts.get("access-key-id"),
                "--from-literal=secret-access-key=" + key,
                "--from-literal=cipher-passphrase=" + passphrase,
                "--dry-run=client",
                "-o",
                "yaml");
        cluster.kubectlWithInput(declared, "apply", "-f", "-");
    }

    /** What a stack of this major version with backups here is told. */
    public List<String> backupSettings(int major) {
        var settings = new ArrayList<>(settings("streamset:backup"));
        settings.add("streamset:backup.image=" + IMAGE + major);
        return settings;
    }

    /** @param section the keys' parent: streamset:backup or streamset:restore.from */
    public List<String> settings(String section) {
        return List.of(
                section + ".bucket=" + facts.get("bucket"),
                section + ".endpoint=" + facts.get("endpoint"),
                section + ".secretName=" + KEYS,
                section + ".caSecretName=" + AUTHORITY);
    }

    public Secrets secrets() {
        return new Secrets(KEYS, AUTHORITY);
    }

    /** What the script says of it: endpoint, bucket, region and others. */
    public String fact(String name) {
        return facts.get(name);
    }

    /** The names of all objects below a path. */
    public List<String> objects(String path) {
        var found = kubectl("exec", SERVER, "--", "find", "/store/" + facts.get("bucket") + path, "-type", "f");
        return found.exitCode() == 0 ? found.output().lines().sorted().toList() : List.of();
    }

    /** Where an object is a file of this machine. */
    public Path file(String object) {
        return Path.of(facts.get("store"), object.substring("/store".length()));
    }

    /** Nobody answers at its address any more; the objects stay. */
    public void leave() {
        must("scale", SERVER, "--replicas=0");
        must("wait", "--for=delete", "pod", "-l", "app=s3", "--timeout=60s");
    }

    public void comeBack() {
        must("scale", SERVER, "--replicas=1");
        must("rollout", "status", SERVER, "--timeout=90s");
    }

    /** The uid of its pod. */
    public String pod() {
        return must("get", "pod", "-l", "app=s3", "-o", "jsonpath={.items[0].metadata.uid}");
    }

    /** @param port of its pod to which its Service leads from now on: a number, or https for its own */
    public void reachedBy(String port) {
        var value = port.equals("https") ? "\"https\"" : port;
        must(
                "patch",
                "service",
                "s3",
                "--type=json",
                "-p=[{\"op\":\"replace\",\"path\":\"/spec/ports/0/targetPort\",\"value\":" + value + "}]");
    }

    private static String must(String... words) {
        var result = kubectl(words);
        assertEquals(0, result.exitCode(), result.output());
        return result.output();
    }

    private static Command.Result kubectl(String... words) {
        var all = new ArrayList<>(Cluster.kubectl());
        all.addAll(List.of("-n", NAMESPACE));
        all.addAll(List.of(words));
        return new Command(all, Cluster.environment(), LIMIT).run();
    }

    @Override
    public void close() {
        script("--stop");
    }

    private static String script(String... words) {
        var all = new ArrayList<>(List.of("testbed/s3.sh"));
        all.addAll(List.of(words));
        var result = new Command(all, Cluster.environment(), LIMIT).run();
        assertEquals(0, result.exitCode(), result.output());
        return result.output();
    }
}
