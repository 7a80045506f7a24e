package streamset.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The S3 server of testbed/s3.sh, and how a stack is told of it. */
final class TestbedStore implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String KEYS = "s3-keys";
    private static final String AUTHORITY = "s3-authority";

    private final Map<String, String> facts;

    private TestbedStore(Map<String, String> facts) {
        this.facts = facts;
    }

    /** Empty, and ready. */
    static TestbedStore start() {
        script("--stop");
        return new TestbedStore(script().lines()
                .filter(line -> line.matches("[a-z-]+=.*"))
                .collect(Collectors.toMap(line -> line.split("=", 2)[0], line -> line.split("=", 2)[1])));
    }

    /** The Secrets that the settings name, in a cluster's namespace; that with the keys has a passphrase too. */
    void addSecrets(Deployment cluster, String passphrase) {
        cluster.kubectl(
                "create",
                "secret",
                "generic",
                KEYS,
                "--from-literal=access-key-id=" + facts.get("access-key-id"),
                "--from-literal=secret-access-key=" + facts.get("secret-access-key"),
                "--from-literal=cipher-passphrase=" + passphrase);
        cluster.kubectl("create", "secret", "generic", AUTHORITY, "--from-file=ca.crt=" + facts.get("ca"));
    }

    /** @param section the keys' parent: streamset:backup or streamset:restore.from */
    List<String> settings(String section) {
        return List.of(
                section + ".bucket=" + facts.get("bucket"),
                section + ".endpoint=" + facts.get("endpoint"),
                section + ".secretName=" + KEYS,
                section + ".caSecretName=" + AUTHORITY);
    }

    /** The names of all objects below a path. */
    List<String> objects(String path) {
        var words = new ArrayList<>(Cluster.kubectl());
        words.addAll(List.of("-n", "streamset-s3", "exec", "deployment/s3", "--"));
        words.addAll(List.of("find", "/store/" + facts.get("bucket") + path, "-type", "f"));
        var found = new Command(words, Cluster.environment(), LIMIT).run();
        return found.exitCode() == 0 ? found.output().lines().sorted().toList() : List.of();
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
