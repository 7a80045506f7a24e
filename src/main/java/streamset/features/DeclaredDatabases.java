package streamset.features;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The databases that an update makes where they are not there yet.
 *
 * @param all sorted by name
 * @param passwords of their roles, by role; none where an existing Secret has them
 */
public record DeclaredDatabases(List<DeclaredDatabase> all, Map<String, String> passwords) implements Part {
    /** The cluster has only what people make in it. */
    public static final DeclaredDatabases NONE = new DeclaredDatabases(List.of(), Map.of());

    /** The purpose of the Job that makes them. */
    public static final String JOB = "databases";

    /** The variable of the Job that makes them: {@link #text}. */
    public static final String VARIABLE = "DATABASES";

    static final String DATABASE = "database=";
    static final String OWNER = "owner=";
    static final String READER = "reader=";
    static final String EXTENSION = "extension=";

    public DeclaredDatabases {
        all = List.copyOf(all);
        passwords = new TreeMap<>(passwords);
    }

    /** What the Job reads: data, which it never executes. */
    public String text() {
        return all.stream().flatMap(DeclaredDatabase::lines).collect(Collectors.joining("\n"));
    }

    /** The inverse of {@link #text}. */
    public static List<DeclaredDatabase> parse(String text) {
        var databases = new ArrayList<DeclaredDatabase>();
        var lines = text.lines().toList();
        for (int start = 0; start < lines.size(); start++) {
            if (lines.get(start).startsWith(DATABASE)) {
                var others = lines.subList(start + 1, lines.size()).stream()
                        .takeWhile(line -> !line.startsWith(DATABASE))
                        .toList();
                databases.add(DeclaredDatabase.of(lines.get(start).substring(DATABASE.length()), others));
            }
        }
        return databases;
    }

    /** All their roles, each once. */
    public List<String> roles() {
        return all.stream().flatMap(DeclaredDatabase::roles).distinct().sorted().toList();
    }

    @Override
    public String toString() {
        return "DeclaredDatabases" + all; // a record's default text would put passwords into logs
    }
}
