package streamset.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.json.JsonMapper;

/**
 * The stack's configuration as the Pulumi engine passes it on: full keys ({@code streamset:replicas}), every value as text,
 * objects as JSON. It is read raw, because Pulumi's own typed access drops unknown keys and turns missing ones into 0.
 *
 * @param values the keys that are set, including defaults of Pulumi.yaml
 * @param secretKeys the keys of which at least a part is encrypted
 * @param clearParts the parts of these keys that stand in clear text beside it ({@code streamset:passwords.postgres}), as far
 *     as the stack's file is known
 */
public record RawConfig(Map<String, String> values, Set<String> secretKeys, Set<String> clearParts) {
    public RawConfig {
        values = Map.copyOf(values);
        secretKeys = Set.copyOf(secretKeys);
        clearParts = Set.copyOf(clearParts);
    }

    /** Each key is encrypted as a whole, or not at all. */
    public RawConfig(Map<String, String> values, Set<String> secretKeys) {
        this(values, secretKeys, Set.of());
    }

    /**
     * The same with what the engine does not tell: it hands over all values decrypted, and names the keys in which anything is
     * encrypted.
     *
     * @param stackFile the file that the values come from; without it, nothing more is known
     */
    public RawConfig beside(Path stackFile) {
        return new RawConfig(values, secretKeys, ClearParts.in(stackFile, secretKeys));
    }

    /** The same as if a key were encrypted as a whole. */
    public RawConfig asEncrypted(String key) {
        var secret = new TreeSet<>(secretKeys);
        secret.add(key);
        var clear = new TreeSet<>(clearParts);
        clear.removeIf(part -> part.startsWith(key + "."));
        return new RawConfig(values, secret, clear);
    }

    @Override
    public String toString() {
        return "RawConfig" + values.keySet(); // a record's default text would put secrets into logs
    }

    /** Reads the two variables that the engine sets for every language host. */
    @SuppressWarnings("unchecked")
    public static RawConfig fromEnvironment(Map<String, String> environment) {
        var json = JsonMapper.shared();
        Map<String, String> values = json.readValue(environment.getOrDefault("PULUMI_CONFIG", "{}"), Map.class);
        String[] secretKeys =
                json.readValue(environment.getOrDefault("PULUMI_CONFIG_SECRET_KEYS", "[]"), String[].class);
        return new RawConfig(values, Set.of(secretKeys));
    }
}
