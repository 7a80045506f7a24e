package streamset.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import streamset.cluster.ClusterSpec;
import streamset.conf.ProjectDraft;
import streamset.config.StackDraft;
import streamset.problems.ConfigCommand;
import streamset.problems.Problem;
import streamset.problems.Problems;

/** If a budget does not fit, each printed remedy is enough alone, in one round. */
@Tag("unit")
class RemediesOfBudgetsTest {
    private static final long SEED = Long.getLong("remedies.seed", 11);
    private static final int STACKS = Integer.getInteger("remedies.stacks", 60);
    private static final int KIND_CHARACTERS = 20;
    private static final Set<String> VOLUMES = Set.of("storage.size", "wal.volume.size");
    private static final Pattern DELETION = Pattern.compile("delete line (\\d+) of");
    private static final Pattern EDIT = Pattern.compile("write in \\S+?:(\\d+): (\\S+ = \\S+)");

    /** Name, least and most, unit. */
    private static final List<String> PARAMETERS = List.of(
            "wal_keep_size 0 100000 MB",
            "max_slot_wal_keep_size 64 100000 MB",
            "max_wal_size 32 100000 MB",
            "min_wal_size 32 100000 MB",
            "shared_buffers 16 50000 MB",
            "wal_buffers 1 1000 MB",
            "work_mem 64 2000000 kB",
            "maintenance_work_mem 1 8000 MB",
            "autovacuum_work_mem 1 2000 MB",
            "max_connections 10 4000",
            "superuser_reserved_connections 1 40",
            "max_wal_senders 20 2000",
            "max_replication_slots 10 200000",
            "autovacuum_max_workers 1 50",
            "max_parallel_workers 1 200",
            "max_parallel_workers_per_gather 1 200",
            "max_worker_processes 1 300",
            "max_logical_replication_workers 0 200",
            "max_locks_per_transaction 10 100000",
            "max_pred_locks_per_transaction 10 100000",
            "max_prepared_transactions 0 20000",
            "hash_mem_multiplier 1 50",
            "track_activity_query_size 100 1000000",
            "min_dynamic_shared_memory 0 2000 MB");

    @TempDir
    private Path folder;

    private ProjectDraft project;

    @BeforeEach
    void writeProject() {
        project = ProjectDraft.in(folder);
    }

    /** A stack that remedies can be applied to. */
    private record Stack(List<String> lines, Map<String, String> keys) {
        /** @param path with a dot between sections, without the program's namespace */
        Stack with(String path, String value) {
            var changed = new TreeMap<>(keys);
            changed.put(path, value);
            return new Stack(lines, changed);
        }

        Stack without(String path) {
            var changed = new TreeMap<>(keys);
            changed.remove(path);
            return new Stack(lines, changed);
        }

        Stack withLine(int number, String line) {
            var changed = new ArrayList<>(lines);
            changed.set(number - 1, line);
            return new Stack(changed, keys);
        }

        StackDraft draft() {
            var draft = StackDraft.minimal();
            keys.keySet().stream()
                    .map(path -> path.replaceFirst("\\..*", ""))
                    .distinct()
                    .forEach(key -> draft.with(key, keys.containsKey(key) ? keys.get(key) : object(key + ".")));
            return draft;
        }

        private String object(String prefix) {
            return keys.keySet().stream()
                    .filter(path -> path.startsWith(prefix))
                    .map(path -> path.substring(prefix.length()))
                    .map(field -> field.contains(".") ? field.replaceFirst("\\..*", "") : field)
                    .distinct()
                    .map(field -> '"' + field + "\":"
                            + (keys.containsKey(prefix + field)
                                    ? '"' + keys.get(prefix + field) + '"'
                                    : object(prefix + field + ".")))
                    .collect(Collectors.joining(",", "{", "}"));
        }
    }

    private List<Problem> problems(Stack stack) {
        project.base("postgresql.conf", String.join("\n", stack.lines()) + "\n");
        var problems = new Problems();
        ClusterSpec.of(stack.draft().raw(), folder, ProjectDraft.STACK, problems);
        return problems.found();
    }

    @Test
    void workInOneRound() {
        var random = new Random(SEED);
        var tried = new TreeMap<String, Integer>();
        for (int i = 0; i < STACKS; i++) {
            var stack = random(random);
            var found = problems(stack);
            found.forEach(problem -> tryRemedies(stack, found, problem, tried));
        }
        assertTrue(tried.getOrDefault("volume", 0) > STACKS / 10, tried::toString);
        assertTrue(tried.getOrDefault("memory", 0) > STACKS / 10, tried::toString);
        assertTrue(tried.getOrDefault("value", 0) > STACKS / 10, tried::toString);
        assertTrue(tried.getOrDefault("wal", 0) > STACKS / 20, tried::toString);
    }

    private void tryRemedies(Stack stack, List<Problem> found, Problem problem, Map<String, Integer> tried) {
        for (var fix : problem.fix().split("\nor ")) {
            var left = problems(applied(stack, fix, tried));
            var others = found.stream()
                    .filter(one -> one != problem)
                    .map(RemediesOfBudgetsTest::kind)
                    .collect(Collectors.toSet());
            assertTrue(
                    left.stream().map(RemediesOfBudgetsTest::kind).allMatch(others::contains),
                    () -> described(stack, problem, fix, left));
        }
    }

    /** The beginning of the reason, which contains no numbers. */
    private static String kind(Problem problem) {
        return problem.reason().substring(0, KIND_CHARACTERS);
    }

    private static String described(Stack stack, Problem problem, String fix, List<Problem> left) {
        return "seed " + SEED + "\n" + stack + "\n" + problem.text() + "\n\nafter " + fix + "\n"
                + left.stream().map(Problem::text).collect(Collectors.joining("\n\n"));
    }

    private static Stack applied(Stack stack, String fix, Map<String, Integer> tried) {
        var changed = stack;
        for (var part : fix.split(" and (?=pulumi|delete)")) {
            changed = appliedPart(changed, part, tried);
        }
        return changed;
    }

    private static Stack appliedPart(Stack stack, String fix, Map<String, Integer> tried) {
        var edit = EDIT.matcher(fix);
        if (edit.find()) {
            tried.merge("value", 1, Integer::sum);
            return stack.withLine(Integer.parseInt(edit.group(1)), edit.group(2));
        }
        var deletion = DELETION.matcher(fix);
        if (deletion.find()) {
            return stack.withLine(Integer.parseInt(deletion.group(1)), "");
        }
        var commands = new ArrayList<ConfigCommand.Written>();
        ConfigCommand.replaced(fix, written -> {
            commands.add(written);
            return "";
        });
        assertEquals(1, commands.size(), fix);
        var path = commands.get(0).key().replaceFirst("^streamset:", "");
        if (path.startsWith("wal.") && !VOLUMES.contains(path)) {
            tried.merge("wal", 1, Integer::sum);
        }
        tried.merge(
                VOLUMES.contains(path) ? "volume" : path.equals("resources.memory") ? "memory" : "value",
                1,
                Integer::sum);
        return commands.get(0).value().map(value -> stack.with(path, value)).orElseGet(() -> stack.without(path));
    }

    private static Stack random(Random random) {
        var lines = new ArrayList<String>();
        var keys = new TreeMap<String, String>();
        keys.put("version", Integer.toString(14 + random.nextInt(5)));
        keys.put("replicas", Integer.toString(1 + 2 * random.nextInt(4)));
        keys.put("resources.memory", (200 + (long) Math.exp(random.nextDouble() * 9)) + "Mi");
        keys.put("resources.cpu", (1 + random.nextInt(8)) + "");
        keys.put("storage.size", (200 + (long) Math.exp(random.nextDouble() * 12)) + "Mi");
        if (random.nextInt(3) == 0) {
            keys.put("wal.volume.size", (100 + (long) Math.exp(random.nextDouble() * 10)) + "Mi");
        }
        boolean keepsWal = random.nextInt(3) == 0;
        if (keepsWal) {
            keep(random, keys);
        }
        for (var parameter : PARAMETERS) {
            var words = parameter.split(" ");
            if (random.nextInt(PARAMETERS.size()) < 3 && !(words[0].equals("wal_keep_size") && keepsWal)) {
                var value = amount(random, Long.parseLong(words[1]), Long.parseLong(words[2]))
                        + (words.length > 3 ? words[3] : "");
                if (random.nextBoolean()) {
                    keys.put("parameters." + words[0], value);
                } else {
                    lines.add(words[0] + " = " + value);
                }
            }
        }
        return new Stack(lines, keys);
    }

    private static void keep(Random random, Map<String, String> keys) {
        switch (random.nextInt(3)) {
            case 0 -> keys.put("wal.keepSize", amount(random, 16, 100_000) + "MB");
            case 1 -> keys.put("wal.keepSegments", Long.toString(amount(random, 1, 6_000)));
            default -> {
                keys.put("wal.standbyOutage", amount(random, 1, 30_000) + "s");
                keys.put("wal.writeRate", amount(random, 100, 20_000) + "kB");
            }
        }
    }

    private static long amount(Random random, long least, long most) {
        double exponent = random.nextDouble() * Math.log((double) most / Math.max(1, least));
        return random.nextInt(12) == 0 ? least : Math.round(Math.max(1, least) * Math.exp(exponent));
    }
}
