package streamset.conf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import streamset.fuzz.Fuzz;
import streamset.fuzz.HostileText;
import streamset.problems.Problem;
import streamset.problems.Problems;

/**
 * Small files of postgresql.conf, each with what a server of each version reads in it. The server reads many at once: one file
 * includes them all.
 */
@Tag("server")
class ConfFuzzTest {
    private static final int VERSIONS = 5;
    private static final int FILES = 500; // that a server reads at once
    private static final Pattern LINE = Pattern.compile("case:(\\d+)");

    /** What a server takes although nobody means it, or what is in no pod. */
    private static final Pattern STRICTER_THAN_SERVERS = Pattern.compile(String.join(
            "|",
            "PostgreSQL reads this mark at the beginning of the file as part of the first name",
            "contains U\\+.*, which PostgreSQL does not treat as a blank",
            "an octal escape is a NUL byte, at which PostgreSQL ends the value",
            "octal escapes produce bytes that are not a text in UTF-8",
            "an included file does not exist in the pods",
            "includes a file that the pods have for another purpose.*",
            "PostgreSQL cannot read this line", // a line with a secret: the reason is not told
            "PostgreSQL cannot read them either"));

    @TempDir
    private static Path folder;

    private final Fuzz fuzz = new Fuzz();

    /** What was read in one of the files, by either side. */
    private record Case(String text, Problems problems, List<ConfFile.Entry> settings) {
        static Case of(String text) {
            var problems = new Problems();
            var read = new SourceText("case", true, problems).of(text.getBytes(StandardCharsets.UTF_8));
            var file = ConfFile.parse(new SourceFile("case", read), problems);
            return new Case(text, problems, file.occurrences());
        }

        /** Which lines are refused, with the problem of each. */
        Map<Integer, Problem> refused() {
            var lines = new TreeMap<Integer, Problem>();
            for (var problem : problems.found()) {
                var line = LINE.matcher(problem.subject());
                if (line.matches()) {
                    lines.putIfAbsent(Integer.valueOf(line.group(1)), problem);
                }
            }
            return lines;
        }

        boolean hasNul() {
            return text.indexOf('\0') >= 0;
        }

        /** Empty when the server reads the same. A server reads nothing more behind its first syntax error. */
        String difference(ConfReading.Found their) {
            var refused = refused();
            int end = their.syntaxError();
            boolean strictAbout = refused.keySet().containsAll(their.otherErrors());
            boolean refusesTheSame = end == Integer.MAX_VALUE || refused.containsKey(end);
            boolean refusesNoMore = refused.entrySet().stream()
                    .allMatch(line -> line.getKey() >= end
                            || STRICTER_THAN_SERVERS
                                    .matcher(line.getValue().reason())
                                    .matches());
            UnaryOperator<List<ConfFile.Entry>> taken = all -> all.stream()
                    .filter(setting -> setting.line() < end && !refused.containsKey(setting.line()))
                    .toList();
            boolean readsTheSame = taken.apply(settings).equals(taken.apply(their.settings()));
            boolean same = strictAbout && refusesTheSame && refusesNoMore && readsTheSame;
            return same ? "" : quoted(text) + "\n  server : " + their + "\n  program: " + settings + problems.found();
        }
    }

    private static String quoted(String text) {
        return text.length() > 2_000 ? "a long text" : text.replace("\n", "⏎\n").replace("\r", "␍");
    }

    @ParameterizedTest(name = "PostgreSQL {0} reads the same in small files")
    @ValueSource(ints = {14, 15, 16, 17, 18})
    void readsWhatAServerReads(int major) throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        var random = fuzz.random(major);
        int most = (fuzz.cases() + VERSIONS - 1) / VERSIONS;
        int taken = 0;
        int refused = 0;
        try (var server = ConfReading.start(major, folder)) {
            for (int done = 0; done < most; done += FILES) {
                var cases = cases(random, Math.min(FILES, most - done));
                var found = server.read(cases.stream().map(Case::text).toList());
                var differences = new ArrayList<String>();
                for (int i = 0; i < cases.size(); i++) {
                    differences.add(cases.get(i).difference(found.get(i)));
                    taken += cases.get(i).settings().size();
                    refused += found.get(i).syntaxError() < Integer.MAX_VALUE ? 1 : 0;
                }
                differences.removeIf(String::isEmpty);
                assertEquals("", String.join("\n", differences), fuzz.again());
            }
        }
        assertTrue(taken > most / 5 && refused > most / 5, taken + " settings, " + refused + " files refused");
    }

    /** No server reads those with a NUL: the file as a whole is refused before. */
    private List<Case> cases(Random random, int count) {
        var conf = new RandomConf(random.nextLong());
        var hostile = new HostileText(random);
        var cases = new ArrayList<Case>();
        while (cases.size() < count) {
            var one = Case.of(text(random, conf, hostile));
            one.problems().found().forEach(this::assertIsTold);
            if (one.hasNul()) {
                assertTrue(!one.problems().isEmpty(), () -> quoted(one.text()) + fuzz.again());
            } else {
                cases.add(one);
            }
        }
        return cases;
    }

    private void assertIsTold(Problem problem) {
        assertTrue(
                !problem.subject().isBlank()
                        && !problem.reason().isBlank()
                        && !problem.fix().isBlank()
                        && problem.text().codePoints().noneMatch(c -> c != '\n' && Character.isISOControl(c)),
                () -> problem + "\n" + fuzz.again());
    }

    private static String text(Random random, RandomConf conf, HostileText hostile) {
        var text = switch (random.nextInt(6)) {
            case 0 -> hostile.mutated(conf.line(), 3);
            case 1 -> "my.param = " + hostile.line(4);
            case 2 -> "my.param = '" + hostile.line(6) + "'";
            case 3 -> hostile.text(6);
            case 4 -> conf.line() + "\n" + hostile.mutated(conf.line(), 2) + "\n" + conf.line();
            default -> conf.line();
        };
        // includes are told by name, without a look at what is there; nothing that exists may be included here
        return text.replaceAll("(?i)^([ \t\r]*)include(\\w*)", "$1include$2 'nosuch' # ")
                        .replaceAll("(?i)\n([ \t\r]*)include(\\w*)", "\n$1include$2 'nosuch' # ")
                + "\n";
    }
}
