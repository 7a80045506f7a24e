package streamset.conf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import streamset.problems.Problems;

/**
 * A conf file as its author wrote it.
 *
 * @param location its path below the project's folder, for messages
 * @param text of the whole, what stands in front included
 * @param front the file whose lines stand in front of its own
 */
public record SourceFile(String location, String text, Front front) {
    /**
     * The base file, where a stack's own file includes it.
     *
     * @param lines how many; 0 when there is none
     */
    public record Front(String location, int lines) {
        static final Front NONE = new Front("", 0);
    }

    /** A file with nothing in front of it. */
    public SourceFile(String location, String text) {
        this(location, text, Front.NONE);
    }

    private static final String PG_HBA_CONF = "pg_hba.conf";
    private static final Path BASE = Path.of("src", "main", "postgresql");
    private static final long SIZE_LIMIT_BYTES = 1L << 20; // it must fit into a ConfigMap, which has at most 1 MiB

    /** postgresql.conf of the stack: its own if it has one, otherwise the base file; both if its own includes the base. */
    public static SourceFile postgresqlConf(Path project, String stack, Problems problems) {
        return read(project, stack, "postgresql.conf", problems);
    }

    /** pg_hba.conf of the stack: its own if it has one, otherwise the base file; both if its own includes the base. */
    public static SourceFile pgHbaConf(Path project, String stack, Problems problems) {
        return read(project, stack, PG_HBA_CONF, problems);
    }

    private static SourceFile read(Path project, String stack, String name, Problems problems) {
        var own = Path.of("stacks", stack, name);
        var include = new IncludeBase(problems);
        return Files.exists(project.resolve(own))
                ? include.in(read(project, own, problems), () -> base(project, name, include))
                : base(project, name, include);
    }

    private static SourceFile base(Path project, String name, IncludeBase include) {
        return include.none(read(project, BASE.resolve(name), include.problems()));
    }

    private static SourceFile read(Path project, Path file, Problems problems) {
        return new SourceFile(file.toString(), readText(project.resolve(file), file.toString(), problems));
    }

    private static String readText(Path path, String location, Problems problems) {
        try {
            if (!Files.exists(path)) {
                problems.add(location, "(missing)", "the file does not exist", "git checkout -- " + location);
                return "";
            }
            if (Files.size(path) > SIZE_LIMIT_BYTES) {
                problems.add(
                        location,
                        Files.size(path) + " bytes",
                        "it must fit into a ConfigMap, which has at most 1048576 bytes",
                        "make the file smaller");
                return "";
            }
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(path)))
                    .toString();
            if (text.indexOf('\0') >= 0) {
                problems.add(
                        location,
                        "line " + lineOf(text, text.indexOf('\0')),
                        "has a NUL byte, at which PostgreSQL would stop reading",
                        "delete the byte: tr -d '\\000' < " + location);
            }
            return text;
        } catch (CharacterCodingException e) {
            if (hasNul(path)) {
                problems.add(
                        location,
                        "(no text)",
                        "has bytes that no text contains: it may be encrypted (git-crypt, for example) or another kind of file",
                        "replace it with the conf file itself; if it is encrypted, decrypt it first: git-crypt unlock");
                return "";
            }
            problems.add(
                    location,
                    "(not UTF-8)",
                    "a ConfigMap can contain only text in UTF-8",
                    "iconv -f LATIN1 -t UTF-8 " + location + " > new && mv new " + location);
        } catch (IOException e) {
            problems.add(
                    location, "(unreadable)", "the file cannot be read: " + e.getMessage(), "chmod u+r " + location);
        }
        return "";
    }

    /** No text in any encoding that PostgreSQL reads contains NUL. */
    private static boolean hasNul(Path path) {
        try {
            return new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1).indexOf('\0') >= 0;
        } catch (IOException e) {
            return false; // it could be read a moment ago, so that result is reported
        }
    }

    private static long lineOf(String text, int position) {
        return text.substring(0, position).chars().filter(c -> c == '\n').count() + 1;
    }

    List<String> lines() {
        return text.lines().toList();
    }

    /** Where a line of the text stands, for messages. */
    public String line(int number) {
        return file(number) + ":" + numberInFile(number);
    }

    /** The edit that takes a line of the text away. */
    public String deletion(int number) {
        return deletion(List.of(number));
    }

    /** The edit that deletes several lines, as far as they are in the file of the last one: other stacks use the base file. */
    public String deletion(List<Integer> numbers) {
        var file = file(numbers.get(numbers.size() - 1));
        var inFile = numbers.stream()
                .filter(number -> file(number).equals(file))
                .map(number -> Integer.toString(numberInFile(number)))
                .toList();
        int last = inFile.size() - 1;
        return "delete "
                + (last == 0
                        ? "line " + inFile.get(0)
                        : "lines " + String.join(", ", inFile.subList(0, last)) + " and " + inFile.get(last))
                + " of " + file;
    }

    /** Whether a line of the text belongs to the file in front. */
    boolean isInFront(int number) {
        return number <= front.lines();
    }

    /** Whether a file begins with this line of the text. */
    boolean isFirst(int number) {
        return numberInFile(number) == 1;
    }

    /** The file that has a line of the text. */
    String file(int number) {
        return isInFront(number) ? front.location() : location;
    }

    /** The number that a line of the text has there. */
    int numberInFile(int number) {
        return isInFront(number) ? number : number - front.lines();
    }
}
