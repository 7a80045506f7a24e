package streamset.review;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The commands that the sources print, and the list of how each is tried. */
final class PrintedCommands {
    static final Path LIST = Path.of("src/test/resources/streamset/review/printed-commands.txt");

    /** Stands in the list for what only looks like a command. */
    static final String NO_COMMAND = "-";

    private static final Path RUNNING_TESTBED = Path.of("testbed/.state");
    private static final Pattern SOURCE = Pattern.compile(".*\\.(java|sh)");
    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern SAYING = Pattern.compile("\\b(?:die|say|echo|step|printf) (['\"])(.*?)\\1");
    private static final Pattern COMMENT = Pattern.compile("\\s*(//|\\*|/\\*|#).*");

    private PrintedCommands() {}

    /** @param command as it stands in the source */
    record Tried(String file, String command, String example) {
        String place() {
            return file + " | " + command;
        }
    }

    static List<Tried> tried() throws IOException {
        return Files.readAllLines(LIST).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split(" \\| ", 3))
                .map(parts -> new Tried(parts[0], parts[1].strip(), parts[2]))
                .toList();
    }

    /** Each with the file that prints it. */
    static Set<String> inTheSources() throws IOException {
        var command = command();
        var found = new TreeSet<String>();
        for (var file : sources()) {
            for (String line : Files.readAllLines(file)) {
                if (!COMMENT.matcher(line).matches()) {
                    for (String text : texts(file, line)) {
                        var matcher = command.matcher(text);
                        while (matcher.find()) {
                            found.add(file + " | " + matcher.group().replaceFirst("['\\s]+$", ""));
                        }
                    }
                }
            }
        }
        return found;
    }

    private static Pattern command() throws IOException {
        var targets = Files.readAllLines(Path.of("Makefile")).stream()
                .filter(line -> line.startsWith(".PHONY: "))
                .map(line -> line.substring(".PHONY: ".length()).replace(' ', '|'))
                .collect(Collectors.joining("|"));
        return Pattern.compile("(?<![\\w/.-])(?:pulumi (?:config|stack|up|refresh|preview|destroy|login|plugin)\\b"
                + "|(?:kubectl|\\$\\(kubectl_here\\)) |make (?:-s )?(?:" + targets + ")\\b)[^\"]*");
    }

    private static List<Path> sources() throws IOException {
        var files = new ArrayList<Path>(List.of(Path.of("Makefile")));
        for (String folder : List.of("src/main/java", "src/main/bash", "tools", "testbed")) {
            Files.walkFileTree(Path.of(folder), new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path found, BasicFileAttributes attributes) {
                    // its files come and go
                    return found.endsWith(RUNNING_TESTBED) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path found, BasicFileAttributes attributes) {
                    if (SOURCE.matcher(found.toString()).matches()) {
                        files.add(found);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        }
        return files;
    }

    /** What a line of a source can print. The scripts of the pods run none of these commands, those of tools do. */
    private static List<String> texts(Path file, String line) {
        if (file.toString().endsWith(".java")) {
            return LITERAL.matcher(line).results().map(found -> found.group(1)).toList();
        }
        return file.startsWith("src/main/bash")
                ? List.of(line)
                : SAYING.matcher(line).results().map(found -> found.group(2)).toList();
    }
}
