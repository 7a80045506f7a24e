package streamset.library;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import streamset.cluster.Command;

/**
 * A local repository of Maven for one test: it has whatever the user's own one has, and what is installed into it gets into
 * no other.
 */
record LocalRepository(Path folder) {
    private static final Path OF_THE_USER = Path.of(System.getProperty("user.home"), ".m2", "repository");
    private static final Path OWN = Path.of("io", "github", "streamset");
    private static final Pattern COLOURS =
            Pattern.compile("\u001b\\[[0-9;]*m"); // which Maven ends even where none began
    private static final Duration LIMIT = Duration.ofMinutes(3);

    /** @param folder that is to be made */
    static LocalRepository in(Path folder) throws IOException {
        var there = folder;
        var linked = OF_THE_USER;
        for (var step : OWN) { // folders down to the own group, and links beside them
            Files.createDirectories(there);
            linkAllBut(step.toString(), linked, there);
            there = there.resolve(step);
            linked = linked.resolve(step);
        }
        Files.createDirectories(there);
        return new LocalRepository(folder);
    }

    private static void linkAllBut(String name, Path from, Path to) throws IOException {
        if (!Files.isDirectory(from)) {
            return;
        }
        try (Stream<Path> files = Files.list(from)) {
            for (var file : files.toList()) {
                if (!file.getFileName().toString().equals(name)) {
                    Files.createSymbolicLink(to.resolve(file.getFileName()), file);
                }
            }
        }
    }

    /** What was installed. */
    Path installed(String file) {
        return folder.resolve(OWN).resolve(file);
    }

    /** The links lead to files that are not the test's. */
    void removeLinks() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (var link : files.filter(Files::isSymbolicLink).toList()) {
                Files.delete(link);
            }
        }
    }

    /** Maven, which fetches only what neither this repository nor the user's has. */
    Command.Result maven(Path project, String... words) {
        var all = new ArrayList<>(List.of("mvn", "-B", "-ntp", "-q", "-f", project.toString()));
        all.add("-Dmaven.repo.local=" + folder);
        all.addAll(Arrays.asList(words));
        var options = Map.of("MAVEN_OPTS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
        var result = new Command(all, options, LIMIT).run();
        return new Command.Result(
                result.exitCode(), COLOURS.matcher(result.output()).replaceAll(""));
    }
}
