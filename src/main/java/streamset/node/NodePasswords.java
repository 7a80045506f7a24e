package streamset.node;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import streamset.config.Credentials.Passwords;
import streamset.config.Digest;
import streamset.config.ScramVerifier;

/**
 * What server pods have of the passwords that this program declares. They set the superuser's, for which the verifier is enough, and log
 * in to each other as roles whose passwords follow from it (facts/sql.sh).
 *
 * @param others of the roles of databases, by role
 * @param purpose gives the same passwords other verifiers elsewhere
 */
public record NodePasswords(Passwords passwords, Map<String, String> others, String purpose) {
    /** The key of the password of the role with which nodes query each other. */
    static final String NODES = "streamset";

    /** The key of the password of the role with which the exporter of metrics logs in. */
    static final String METRICS = "streamset_metrics";

    /** The key of the password of Patroni's REST API. */
    static final String PATRONI = "streamset_patroni";

    public NodePasswords {
        others = new TreeMap<>(others);
    }

    /** By key. Those of features that a stack does not have are there too: pods must find them while it gets such a feature. */
    public Map<String, String> byKey() {
        var byKey = new TreeMap<>(others);
        byKey.put("postgres", ScramVerifier.of(passwords.postgres(), purpose).orElse(passwords.postgres()));
        byKey.put("replicator", passwords.replicator()); // standbys log in with it
        byKey.put(NODES, derived("streamset, role of the nodes"));
        byKey.put(METRICS, derived("streamset, role of the metrics"));
        byKey.put(PATRONI, derived("streamset, REST API of Patroni"));
        return byKey;
    }

    /** As pods and Jobs that have the superuser's password compute it. */
    private String derived(String what) {
        var text = what + "\n" + passwords.postgres();
        return HexFormat.of().formatHex(Digest.sha256(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public String toString() {
        return "NodePasswords[secret]"; // a record's default text would put them into logs
    }
}
