package streamset.config;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import streamset.problems.Problems;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The stack's configuration as the Pulumi engine passes it on: full keys ({@code streamset:replicas}), every value as text,
 * objects as JSON. It is read raw, because Pulumi's own typed access drops unknown keys and turns missing ones into 0. A Java
 * program can also make one from a text or a map.
 *
 * @param values the keys that are set, including defaults of Pulumi.yaml
 * @param secretKeys the keys of which at least a part is encrypted
 * @param clearParts the parts of these keys that stand in clear text beside it ({@code streamset:passwords.postgres}), as far
 *     as the stack's file is known
 * @param origin where the keys of the cluster are written, for messages
 */
public record RawConfig(
        Map<String, String> values, Set<String> secretKeys, Set<String> clearParts, ConfigOrigin origin) {
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final String PASSWORDS = ConfigOrigin.OWN_KEYS + "passwords";

    public RawConfig {
        values = Map.copyOf(values);
        secretKeys = Set.copyOf(secretKeys);
        clearParts = Set.copyOf(clearParts);
    }

    /** The configuration of a stack with the keys of {@code streamset:}, each encrypted as a whole, or not at all. */
    public RawConfig(Map<String, String> values, Set<String> secretKeys) {
        this(values, secretKeys, Set.of());
    }

    /** The configuration of a stack with the keys of {@code streamset:}. */
    public RawConfig(Map<String, String> values, Set<String> secretKeys, Set<String> clearParts) {
        this(values, secretKeys, clearParts, ConfigOrigin.OWN);
    }

    /**
     * The same with what the engine does not tell: it hands over all values decrypted, and names the keys in which anything is
     * encrypted.
     *
     * @param stackFile the file that the values come from; without it, nothing more is known
     */
    public RawConfig beside(Path stackFile) {
        return new RawConfig(values, secretKeys, ClearParts.in(stackFile, secretKeys), origin);
    }

    /** The same as if a key were encrypted as a whole. */
    public RawConfig asEncrypted(String key) {
        var secret = new TreeSet<>(secretKeys);
        secret.add(key);
        var clear = new TreeSet<>(clearParts);
        clear.removeIf(part -> part.startsWith(key + "."));
        return new RawConfig(values, secret, clear, origin);
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

    /**
     * The configuration of one cluster among several: the keys of a namespace of its own, such as {@code orders:replicas}.
     * Problems name these keys, and remedies set them.
     */
    public RawConfig section(String namespace) {
        var prefix = namespace + ":";
        var section = new HashMap<String, String>();
        var secrets = new HashSet<String>();
        values.forEach((key, value) -> {
            if (key.startsWith(prefix)) {
                var own = ConfigOrigin.OWN_KEYS + key.substring(prefix.length());
                section.put(own, value);
                if (secretKeys.contains(key)) {
                    secrets.add(own);
                }
            }
        });
        var clear = clearParts.stream()
                .filter(part -> part.startsWith(prefix))
                .map(part -> ConfigOrigin.OWN_KEYS + part.substring(prefix.length()))
                .collect(Collectors.toSet());
        return new RawConfig(section, secrets, clear, new ConfigOrigin.StackKeys(namespace));
    }

    /**
     * The configuration of one cluster, written in a Java program: keys such as {@code replicas}, objects as maps.
     *
     * @param location what problems call it
     */
    public static RawConfig of(String location, Map<String, ?> fields) {
        return of(location, YAML.<JsonNode>valueToTree(fields));
    }

    /**
     * The configuration of one cluster as a text, in YAML or JSON: {@code replicas: 3}, or <code>{"replicas": 3}</code>.
     *
     * @param location what problems call it; for a file its path
     * @throws streamset.problems.BadInput when it is no such text
     */
    public static RawConfig parse(String location, String text) {
        var problems = new Problems();
        try {
            var fields = YAML.readTree(text);
            if (fields.isObject() || fields.isMissingNode() || fields.isNull()) {
                return of(location, fields);
            }
            refuse(location, "it must have keys, such as replicas: 3", problems);
        } catch (JacksonException e) {
            // not the parser's own words, which quote the text that it could not read: that may be a password
            var flaw = e.getOriginalMessage().startsWith("Duplicate") ? "a key occurs twice" : "this is not YAML";
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            refuse(line > 0 ? location + ":" + line : location, flaw, problems);
        }
        problems.throwIfAny();
        throw new IllegalStateException("there is a problem");
    }

    private static void refuse(String location, String reason, Problems problems) {
        problems.add(location, "(unreadable)", reason, "correct " + location);
    }

    private static RawConfig of(String location, JsonNode fields) {
        var values = new HashMap<String, String>();
        fields.properties().forEach(field -> {
            if (!field.getValue().isNull()) {
                values.put(ConfigOrigin.OWN_KEYS + field.getKey(), text(field.getValue()));
            }
        });
        return new RawConfig(values, Set.of(), Set.of(), new ConfigOrigin.Text(location));
    }

    private static String text(JsonNode value) {
        return value.isContainer() ? JsonMapper.shared().writeValueAsString(value) : value.asString();
    }

    /** The same with the passwords of the two roles, which the program must not hold in clear text. */
    public RawConfig withPasswords(String postgres, String replicator) {
        var all = new HashMap<>(values);
        var secrets = new HashSet<>(secretKeys);
        all.put(
                PASSWORDS,
                JsonMapper.shared().writeValueAsString(Map.of("postgres", postgres, "replicator", replicator)));
        secrets.add(PASSWORDS);
        return new RawConfig(all, secrets, clearParts, origin);
    }

    /** The same with what generated certificates are made from, which the program must not hold in clear text either. */
    public RawConfig withCertificateSeed(String seed) {
        var all = new HashMap<>(values);
        var secrets = new HashSet<>(secretKeys);
        all.put(ConfigOrigin.OWN_KEYS + CertificateSeed.KEY, seed);
        secrets.add(ConfigOrigin.OWN_KEYS + CertificateSeed.KEY);
        return new RawConfig(all, secrets, clearParts, origin);
    }
}
