package streamset.config;

import java.util.Map;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;

/**
 * The stack's configuration as the Pulumi engine passes it on: full keys ({@code streamset:replicas}), every value as text,
 * objects as JSON. It is read raw, because Pulumi's own typed access drops unknown keys and turns missing ones into 0.
 *
 * @param values the keys that are set, including defaults of Pulumi.yaml
 * @param secretKeys the keys of which at least a part is encrypted
 */
public record RawConfig(Map<String, String> values, Set<String> secretKeys) {
    public RawConfig {
        values = Map.copyOf(values);
        secretKeys = Set.copyOf(secretKeys);
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
