package streamset.review;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import streamset.cluster.ClusterSpec;
import streamset.cluster.Place;
import streamset.config.Target;
import streamset.fuzz.Fuzz;
import streamset.fuzz.HostileText;
import streamset.kubernetes.ClusterObjects;
import streamset.node.DeployedNodes;
import streamset.problems.BadInput;
import streamset.problems.Problem;
import streamset.problems.Problems;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.StringNode;

/** Stack files with anything in them either come to objects or are refused as people need it told; nothing else happens. */
@Tag("unit")
class StackFuzzTest {
    private static final Path PROJECT = Path.of("");
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final List<String> STACKS = List.of("dev", "staging", "prod");
    private static final int LEAST_PART = 50; // of the files are taken, and are refused, at least one in so many

    private static final int RENDERED = 20; // one in so many files, since their objects take most of the time

    private static final List<String> FIELDS = List.of(
            "tls.secretName",
            "tls.clientSecretName",
            "wal.writeRate",
            "wal.volume.size",
            "resources.memory",
            "resources.cpu",
            "storage.className",
            "services.type",
            "scheduling.priorityClassName",
            "waivers.noTrust",
            "parameters.work_mem",
            "parameters.log_line_prefix",
            "parameters.archive_command");

    @TempDir
    private Path folder;

    private final Fuzz fuzz = new Fuzz();
    private final Random random = fuzz.random(0);
    private final HostileText hostile = new HostileText(random);
    private final RandomConfig configs = new RandomConfig(random);
    private final RandomStackFile files = new RandomStackFile(random);

    @Test
    void comesToObjectsOrIsRefusedAsPeopleNeedItTold() throws IOException {
        var keys = List.copyOf(new TreeSet<>(
                ConfigKeys.of(Files.readString(Path.of("Pulumi.yaml"))).keySet()));
        int taken = 0;
        int refused = 0;
        for (int i = 0; i < fuzz.cases(); i++) {
            var text = text(keys);
            if (isTaken(text)) {
                taken++;
            } else {
                refused++;
            }
        }
        var counts = taken + " taken, " + refused + " refused; " + fuzz.again();
        assertTrue(Math.min(taken, refused) > fuzz.cases() / LEAST_PART, counts);
    }

    private boolean isTaken(byte[] text) throws IOException {
        var file = Files.write(folder.resolve("Pulumi.dev.yaml"), text);
        try {
            var problems = new Problems();
            var raw = StackFile.read(PROJECT, file, problems);
            problems.throwIfAny();
            var target = Target.from(raw, problems);
            var spec = ClusterSpec.of(raw, PROJECT, "dev", problems);
            problems.throwIfAny();
            return random.nextInt(RENDERED) > 0
                    || !ClusterObjects.of(spec, Place.of(target), DeployedNodes.NONE)
                            .json()
                            .isEmpty();
        } catch (BadInput e) {
            assertTrue(e.problems().stream().allMatch(StackFuzzTest::isTold), () -> e + "\n" + described(text));
            return false;
        } catch (RuntimeException | StackOverflowError e) {
            throw new AssertionError(described(text), e);
        }
    }

    private String described(byte[] text) {
        return new String(text, StandardCharsets.UTF_8) + "\n" + fuzz.again();
    }

    /** Key or file and line, value, reason and remedy, and nothing that a terminal would follow. */
    private static boolean isTold(Problem problem) {
        return !problem.subject().isBlank()
                && !problem.reason().isBlank()
                && !problem.fix().isBlank()
                && problem.text().lines().count() >= 3
                && problem.text().codePoints().noneMatch(c -> c != '\n' && Character.isISOControl(c));
    }

    private byte[] text(List<String> keys) throws IOException {
        var text = switch (random.nextInt(6)) {
            case 0 -> files.text();
            case 1 -> hostile.mutated(real(), 3);
            case 2 -> real() + "  " + one(keys) + ": " + hostile.text(4) + "\n";
            case 3 -> "config: " + withHostileValue(keys);
            default -> "config: " + configs.config();
        };
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        if (random.nextInt(100) == 0 && bytes.length > 0) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(0x80, 0x100); // often no UTF-8 any more
        }
        return bytes;
    }

    private static String one(Random random, List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private String one(List<String> choices) {
        return one(random, choices);
    }

    private String real() throws IOException {
        return Files.readString(Path.of("Pulumi." + one(STACKS) + ".yaml"));
    }

    /** A text that means nothing to YAML as the value of a key, of a field or of an element, or as the name of one. */
    private String withHostileValue(List<String> keys) {
        var value = StringNode.valueOf(hostile.text(3));
        var config = configs.config();
        switch (random.nextInt(4)) {
            case 0 -> config.set(one(keys), value);
            case 1 -> config.putArray(one(keys)).add(value);
            case 2 -> config.putObject(one(keys)).put(value.asString(), hostile.text(2));
            default -> {
                var path = one(FIELDS).split("\\.");
                var object = config;
                for (int i = 0; i < path.length - 1; i++) {
                    object = object.putObject(i == 0 ? "streamset:" + path[i] : path[i]);
                }
                object.set(path[path.length - 1], value);
            }
        }
        return JSON.writeValueAsString(config);
    }
}
