package streamset.review;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import streamset.config.CertificateSeed;
import streamset.config.ClearParts;
import streamset.config.ConfigOrigin;
import streamset.config.ProjectKeys;
import streamset.config.RawConfig;
import streamset.problems.Problems;
import streamset.review.EngineYaml.Field;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The configuration of a stack as the engine would pass it on, read without the engine and by its rules: the values of
 * Pulumi.&lt;stack&gt;.yaml override the defaults of Pulumi.yaml, each key as a whole. Encrypted values stay unknown. Whatever
 * the engine refuses or leaves to chance is refused.
 */
final class StackFile {
    /** Stands for a value that is encrypted or not in the file at all. */
    static final String HIDDEN = "[secret]";

    private static final String PASSWORDS = "streamset:passwords";
    private static final String SEED = ConfigOrigin.OWN_KEYS + CertificateSeed.KEY;
    private static final Pattern KEY = Pattern.compile("([^:]*):(?:config:)?([^:]*)");
    private static final Set<String> TEXTS = Set.of("secretsprovider", "encryptedkey", "encryptionsalt");
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final JsonNodeFactory NODES = JSON.getNodeFactory();

    private final ProjectFile project;
    private final FileProblems problems;
    private final EngineYaml yaml;
    private final Map<String, Integer> lines = new TreeMap<>();
    private final Map<String, String> values = new TreeMap<>();
    private final Set<String> secretKeys = new TreeSet<>();
    private final Set<String> clearParts = new TreeSet<>();

    private StackFile(ProjectFile project, FileProblems problems) {
        this.project = project;
        this.problems = problems;
        this.yaml = new EngineYaml(problems);
    }

    /**
     * @param project the folder of Pulumi.yaml
     * @param file the stack's file
     */
    static RawConfig read(Path project, Path file, Problems problems) {
        var stack = new StackFile(ProjectFile.read(project, problems), new FileProblems(file, problems));
        try {
            YamlFile.read(stack.problems).ifPresent(stack::read);
        } catch (NoSuchFileException e) {
            problems.add(
                    file.toString(),
                    "(missing)",
                    "there is no such stack",
                    "create it, or: pulumi stack init " + stackName(file));
        } catch (IOException e) {
            problems.add(file.toString(), "(unreadable)", e.getMessage(), "replace it with a readable file");
        } catch (Aliases.TooMany e) {
            // already reported
        }
        var raw = stack.raw();
        ProjectKeys.refuse(raw, stack.project.name(), problems);
        return raw;
    }

    /** The same for programs that replace the engine and cannot decrypt: clear text counts as if it had been encrypted. */
    static RawConfig readForTheStandIn(Path project, Path file, Problems problems) {
        return read(project, file, problems).asEncrypted(PASSWORDS).asEncrypted(SEED);
    }

    private static String stackName(Path file) {
        return file.getFileName().toString().replaceFirst("^Pulumi\\.(.*)\\.yaml$", "$1");
    }

    private void read(MappingNode root) {
        var fields = yaml.fields(root);
        for (var field : fields.values()) {
            // the whole file, because the engine refuses problems anywhere in it
            var value = field.name().equals("config") ? NODES.nullNode() : yaml.json(field.value());
            if (!field.isNamedByText()) {
                refuse(field, "is not a text, so it is not a name of a field", "put it in quotation marks");
            } else if (TEXTS.contains(field.name()) && value.isContainer()) {
                refuse(field, "must be a single value", "write the value that the Pulumi CLI wrote");
            } else if (field.name().equals("environment")) {
                refuseEnvironment(field, value);
            } else if (field.name().equals("config")) {
                readKeys(field);
            }
        }
    }

    /** Only Pulumi Cloud knows the values of an environment, and this program does not query it. */
    private void refuseEnvironment(Field field, JsonNode value) {
        if (!value.isNull() && !(value.isArray() && value.isEmpty())) {
            refuse(
                    field,
                    "brings values that are in no file: without them, the stack's configuration is not known",
                    "write its values into the file, below config, and delete the field");
        }
    }

    private void readKeys(Field config) {
        if (config.value() instanceof MappingNode mapping) {
            yaml.fields(mapping).values().forEach(this::readKey);
        } else if (!yaml.json(config.value()).isNull()) {
            refuse(config, "must be an object with keys such as streamset:replicas", "write the keys below it");
        }
    }

    private void readKey(Field field) {
        if (!field.isNamedByText()) {
            refuse(field, "is not a text, so it is not a key", "delete the line, or correct the key");
            return;
        }
        var name = field.name();
        var parts = KEY.matcher(name.contains(":") ? name : project.name() + ":" + name);
        if (!parts.matches()) {
            refuse(field, "has too many colons: a key is <namespace>:<name>", "correct the key");
            return;
        }
        var key = parts.group(1) + ":" + parts.group(2);
        var first = lines.putIfAbsent(key, field.line());
        if (first != null) {
            refuse(
                    field,
                    "is " + key + ", which line " + first + " sets too: which of the two applies is left to chance",
                    "delete one of the two lines");
            return;
        }
        readValue(key, field, yaml.json(field.value()));
    }

    private void readValue(String key, Field field, JsonNode value) {
        var blinded = EngineValue.blinded(value);
        if (!blinded.equals(value)) {
            secretKeys.add(key);
            clearParts.addAll(ClearParts.of(key, value));
        }
        values.put(key, EngineValue.text(blinded));
        Optional.ofNullable(project.keys().get(key))
                .flatMap(ProjectFile.Declared::type)
                .filter(type -> !type.takes(blinded))
                .ifPresent(type -> refuseType(field, type, value, blinded));
    }

    private void refuseType(Field field, KeyType type, JsonNode value, JsonNode blinded) {
        boolean encrypted = value.isObject() && blinded.isString();
        var reason = "must be " + type.words();
        if (encrypted && type.isSingle()) {
            reason += "; this is encrypted, so its value is not known";
        } else if (encrypted || EngineValue.isJson(blinded)) {
            reason += ", not " + (encrypted ? "a text that is encrypted as a whole" : "a text that contains JSON");
        }
        refuse(field, reason, "write " + type.words() + ", or delete the line");
    }

    private RawConfig raw() {
        project.keys()
                .forEach((key, declared) ->
                        declared.fallback().ifPresent(fallback -> values.putIfAbsent(key, EngineValue.text(fallback))));
        standInForPasswords();
        standInForSeed();
        return new RawConfig(values, secretKeys, clearParts);
    }

    /** A stack file in git has no password; its objects can be reviewed anyway. */
    private void standInForPasswords() {
        boolean declared = !values.getOrDefault("streamset:secretName", "").isEmpty()
                || values.getOrDefault(PASSWORDS, "{}").length() > "{}".length();
        if (!declared) {
            var hidden = NODES.objectNode().put("postgres", HIDDEN).put("replicator", HIDDEN);
            values.put(PASSWORDS, JSON.writeValueAsString(hidden));
            secretKeys.add(PASSWORDS);
        }
    }

    /** The same for certificates that the program makes. */
    private void standInForSeed() {
        boolean generates = values.getOrDefault("streamset:tls", "").contains("\"generate\"");
        if (generates && values.getOrDefault(SEED, "").isEmpty()) {
            values.put(SEED, HIDDEN);
            secretKeys.add(SEED);
        }
    }

    private void refuse(Field field, String reason, String fix) {
        problems.add(field.line(), field.name().isEmpty() ? "(nothing)" : field.name(), reason, fix);
    }
}
