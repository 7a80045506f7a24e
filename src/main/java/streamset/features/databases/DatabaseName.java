package streamset.features.databases;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import streamset.problems.Invisible;

/** The names of databases that can be declared: any that PostgreSQL takes and people can read. */
final class DatabaseName {
    private static final Set<String> OF_POSTGRESQL = Set.of("postgres", "template0", "template1");

    /** Begins the name of a database that is still being made. */
    private static final String OF_THE_PROGRAM = "streamset.";

    private static final int MOST_BYTES = 63; // PostgreSQL's NAMEDATALEN: it cuts longer ones

    private DatabaseName() {}

    /**
     * @return the name itself
     * @throws IllegalArgumentException when no database can be declared by it
     */
    static String of(String name) {
        if (OF_POSTGRESQL.contains(name)) {
            throw new IllegalArgumentException("is a database of PostgreSQL's own");
        }
        if (name.startsWith(OF_THE_PROGRAM)) {
            throw new IllegalArgumentException(
                    "begins with " + OF_THE_PROGRAM + ", as databases do that the program is still making");
        }
        if (Invisible.isIn(name)) {
            throw new IllegalArgumentException(
                    "must have no invisible characters: " + Invisible.firstIn(name) + " is one");
        }
        if (name.contains("\\")) {
            throw new IllegalArgumentException(
                    "must have no backslash, which connection strings and commands read as the beginning of something else");
        }
        return fitting(name);
    }

    /**
     * @return the name itself
     * @throws IllegalArgumentException when it is empty, or PostgreSQL would cut it
     */
    static String fitting(String name) {
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        if (bytes == 0 || bytes > MOST_BYTES) {
            throw new IllegalArgumentException("must have 1 … " + MOST_BYTES + " bytes, this has " + bytes
                    + ": PostgreSQL would cut a longer name");
        }
        return name;
    }
}
