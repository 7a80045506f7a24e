package streamset.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import streamset.fuzz.Fuzz;
import streamset.fuzz.HostileText;

/**
 * The nodes and the program read the same in a topology, and nobody executes any of it. The nodes refuse whatever has not the
 * form that is written down here once more. The program reads some of that too: it counts generations on from what is deployed,
 * whatever somebody has made of the rest by hand.
 */
@Tag("server")
class TopologyFuzzTest {
    private static final int FILES = 2_000; // that one shell reads
    private static final int LIMIT_SECONDS = 300; // for these
    private static final int LEAST_PART = 20; // of the files are taken, and are refused, at least one in so many

    private static final String ORDINAL = "(?:0|[1-9][0-9]{0,2})";
    private static final Pattern FORM = Pattern.compile("hosts=(?<hosts>[A-Za-z0-9._-]+(?: [A-Za-z0-9._-]+)*)\n"
            + "primary=(?<primary>" + ORDINAL + ")\n"
            + "lost=(?:" + ORDINAL + "(?: " + ORDINAL + ")*)?\n"
            + "keep_diverged=(?:true|false)\n"
            + "revision=[A-Za-z0-9]{1,64}\n"
            + "wal_kilobytes=(?:0|[1-9][0-9]{0,14})\n"
            + "pod=[A-Za-z0-9]{1,64}\n"
            + "generation=[1-9][0-9]{0,17}\n");

    private static final String READ = """
            set -euo pipefail
            cd "$1"
            SCRIPTS=$2
            STREAMSET_SOCKETS=. STREAMSET_TOPOLOGY=mounted
            source "$SCRIPTS/shared/log.sh"
            source "$SCRIPTS/shared/session.sh"
            source "$SCRIPTS/shared/topology.sh"
            declare -A found=()
            keys=(hosts primary lost keep_diverged revision wal_kilobytes pod generation)
            for ((i = 0; i < $3; i++)); do
              if parse_topology "cases/$i" found "${keys[@]}"; then
                for key in "${keys[@]}"; do printf '%s|' "${found[$key]}"; done
                echo
              else
                echo "refused: ${found[problem]}"
              fi
            done
            """;

    @TempDir
    private Path folder;

    private final Fuzz fuzz = new Fuzz();
    private final Random random = fuzz.random(0);
    private final HostileText hostile = new HostileText(random);

    @Test
    void bothSidesReadTheSameAndExecuteNothing() {
        int taken = 0;
        for (int done = 0; done < fuzz.cases(); done += FILES) {
            var texts = Stream.generate(this::text)
                    .limit(Math.min(FILES, fuzz.cases() - done))
                    .toList();
            var read = readByANode(texts);
            var differences = new ArrayList<String>();
            for (int i = 0; i < texts.size(); i++) {
                var expected = isOfTheForm(texts.get(i)) ? "" : "refused: ";
                boolean same = expected.isEmpty()
                        ? read.get(i).equals(byTheProgram(texts.get(i)))
                        : read.get(i).matches("refused: .+")
                                && !byTheProgram(texts.get(i)).isEmpty();
                if (!same) {
                    differences.add(texts.get(i) + "\n  node   : " + read.get(i) + "\n  program: "
                            + byTheProgram(texts.get(i)));
                }
                taken += expected.isEmpty() ? 1 : 0;
            }
            assertEquals("", String.join("\n", differences), fuzz.again());
            assertEquals(List.of("cases"), Machine.names(folder), fuzz.again());
        }
        var counts = taken + " of " + fuzz.cases() + " are taken; " + fuzz.again();
        assertTrue(Math.min(taken, fuzz.cases() - taken) > fuzz.cases() / LEAST_PART, counts);
    }

    private List<String> readByANode(List<String> texts) {
        for (int i = 0; i < texts.size(); i++) {
            Machine.write(folder.resolve("cases").resolve(Integer.toString(i)), texts.get(i));
        }
        var scripts = Path.of("src/main/bash").toAbsolutePath();
        return Machine.runWithin(
                        LIMIT_SECONDS,
                        "bash",
                        "-c",
                        READ,
                        "test",
                        folder.toString(),
                        scripts.toString(),
                        Integer.toString(texts.size()))
                .lines()
                .toList();
    }

    private static boolean isOfTheForm(String text) {
        var form = FORM.matcher(text);
        return form.matches()
                && Integer.parseInt(form.group("primary")) < form.group("hosts").split(" ").length;
    }

    private static String byTheProgram(String text) {
        return Topology.parse(text).map(TopologyFuzzTest::values).orElse("another form");
    }

    private static String values(Topology topology) {
        return Stream.of(
                        String.join(" ", topology.hosts()),
                        topology.primary(),
                        topology.lost().stream().map(String::valueOf).collect(Collectors.joining(" ")),
                        topology.keepDiverged(),
                        topology.revision(),
                        topology.walKilobytes(),
                        topology.pod(),
                        topology.generation())
                .map(value -> value + "|")
                .collect(Collectors.joining());
    }

    private String text() {
        var text = written();
        return switch (random.nextInt(4)) {
            case 0 -> text;
            case 1 -> hostile.mutated(text, 2);
            case 2 -> text.replaceFirst("=[^\n]*", "=" + literal(hostile.text(3)));
            case 3 -> random.nextInt(20) == 0 ? text + "\0" + hostile.text(2) : withAnotherValue(text);
            default -> withAnotherValue(text);
        };
    }

    /** As a replacement, in which a backslash and a dollar sign mean something else. */
    private static String literal(String text) {
        return text.replace("\\", "\\\\").replace("$", "\\$");
    }

    private String withAnotherValue(String text) {
        var lines = text.split("(?<=\n)");
        int line = random.nextInt(lines.length);
        var key = lines[line].substring(0, lines[line].indexOf('=') + 1);
        lines[line] = random.nextInt(8) == 0 ? "" : key + hostile.text(2) + "\n";
        return String.join("", lines) + (random.nextInt(8) == 0 ? hostile.text(2) : "");
    }

    /** As the program writes it. */
    private String written() {
        int hosts = 1 + random.nextInt(12);
        return new Topology(
                        IntStream.range(0, hosts)
                                .mapToObj(i -> "db-" + i + ".db-svc.shop.svc.cluster.local")
                                .toList(),
                        random.nextInt(hosts + (random.nextInt(8) == 0 ? 3 : 0)),
                        random.ints(random.nextInt(4), 0, 1_000).boxed().toList(),
                        random.nextBoolean(),
                        Long.toHexString(random.nextLong()),
                        random.nextLong(1_000_000_000_000_000L),
                        Long.toHexString(random.nextLong()),
                        1 + random.nextLong(1_000_000_000_000_000_000L - 1))
                .text();
    }
}
