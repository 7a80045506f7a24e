package streamset.plan.steps;

import java.util.List;
import java.util.stream.Stream;
import streamset.conf.hba.HbaEntry;
import streamset.plan.differences.HbaChange;

/** Changes of pg_hba.conf that let others in, or let passwords be read on their way. */
final class WiderAccess {
    private static final List<String> METHODS = List.of("trust", "ident", "password");

    private WiderAccess() {}

    static Stream<String> of(HbaChange change) {
        var added = change.added().stream()
                .filter(HbaEntry::ofTheNetwork)
                .filter(entry -> METHODS.contains(entry.method()))
                .map(entry -> "pg_hba.conf lets clients in by " + entry.method() + ": " + entry.shown());
        var removed = change.removed().stream()
                .filter(entry -> entry.method().equals("reject"))
                .map(entry -> "pg_hba.conf no longer rejects: " + entry.shown());
        var moved = change.moved()
                ? Stream.of("lines of pg_hba.conf change places, and the first that fits decides")
                : Stream.<String>empty();
        return Stream.of(added, removed, moved).flatMap(texts -> texts);
    }
}
