package streamset.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import streamset.cluster.ClusterSpec;
import streamset.features.Features;
import streamset.problems.BadInput;
import streamset.problems.Problems;

/** A stack's configuration as a test writes it: keys without a namespace are keys of the program. */
public final class StackDraft {
    private final Map<String, String> values = new TreeMap<>();
    private final TreeSet<String> secretKeys = new TreeSet<>();

    private final TreeSet<String> clearParts = new TreeSet<>();

    private StackDraft() {}

    /** Nothing at all. */
    public static StackDraft empty() {
        return new StackDraft();
    }

    /** The least that can be deployed: a cluster and a place where the passwords come from. */
    public static StackDraft minimal() {
        return empty().with("kubernetes:context", "kind").with("secretName", "passwords");
    }

    /** As {@link #minimal()}, with passwords of its own. */
    public static StackDraft withPasswords(String postgres, String replicator) {
        return empty().with("kubernetes:context", "kind")
                .withSecret("passwords", "{\"postgres\":\"" + postgres + "\",\"replicator\":\"" + replicator + "\"}");
    }

    public StackDraft with(String key, String value) {
        values.put(full(key), value);
        return this;
    }

    public StackDraft withSecret(String key, String value) {
        secretKeys.add(full(key));
        return with(key, value);
    }

    /** @param part of a value of which something else is encrypted */
    StackDraft inClearText(String part) {
        clearParts.add(full(part));
        return this;
    }

    public StackDraft without(String key) {
        values.remove(full(key));
        secretKeys.remove(full(key));
        return this;
    }

    private static String full(String key) {
        return key.contains(":") ? key : StackConfig.NAMESPACE + ":" + key;
    }

    public RawConfig raw() {
        return new RawConfig(values, secretKeys, clearParts);
    }

    @Override
    public String toString() {
        return values.toString();
    }

    /** The configuration that comes of it. */
    public StackConfig config() {
        var problems = new Problems();
        var keys = Section.of(StackConfig.NAMESPACE, raw(), problems);
        var config = StackConfig.read(keys);
        Features.read(ClusterSpec.FEATURES, keys, config);
        keys.rejectUnknown();
        problems.throwIfAny();
        return config;
    }

    /** The message for the user instead. */
    String refusal() {
        return assertThrows(BadInput.class, this::config).getMessage();
    }

    /** @param message the whole message for the user */
    public void isRefusedWith(String message) {
        assertEquals(message, refusal());
    }
}
