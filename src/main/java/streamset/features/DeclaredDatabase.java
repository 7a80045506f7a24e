package streamset.features;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A database that an update makes where it is not there yet.
 *
 * @param owner the role that it belongs to
 * @param readers the roles that may read what its owner has in it
 * @param extensions what it is to have of PostgreSQL's own
 */
public record DeclaredDatabase(String name, String owner, List<String> readers, List<String> extensions) {
    public DeclaredDatabase {
        readers = List.copyOf(readers);
        extensions = List.copyOf(extensions);
    }

    /** All roles that can log in to it. */
    public Stream<String> roles() {
        return Stream.concat(Stream.of(owner), readers.stream());
    }

    /** What people read about it. */
    public String words() {
        return "database " + name + ", owner " + owner + list(readers, ", reader ", ", readers ")
                + list(extensions, ", extension ", ", extensions ");
    }

    private static String list(List<String> names, String one, String several) {
        return names.isEmpty() ? "" : (names.size() == 1 ? one : several) + String.join(", ", names);
    }

    /** A line of {@code key=value} for each part; no name has a line feed. */
    Stream<String> lines() {
        return Stream.of(
                        Stream.of(DeclaredDatabases.DATABASE + name, DeclaredDatabases.OWNER + owner),
                        readers.stream().map(DeclaredDatabases.READER::concat),
                        extensions.stream().map(DeclaredDatabases.EXTENSION::concat))
                .flatMap(lines -> lines);
    }

    /** @param lines as {@link #lines} makes them, after the first one */
    static DeclaredDatabase of(String name, List<String> lines) {
        return new DeclaredDatabase(
                name,
                values(lines, DeclaredDatabases.OWNER).collect(Collectors.joining()),
                values(lines, DeclaredDatabases.READER).toList(),
                values(lines, DeclaredDatabases.EXTENSION).toList());
    }

    private static Stream<String> values(List<String> lines, String key) {
        return lines.stream().filter(line -> line.startsWith(key)).map(line -> line.substring(key.length()));
    }
}
