package streamset.plan.steps;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import streamset.features.DeclaredDatabase;
import streamset.plan.differences.Update;
import streamset.plan.reading.Declaration;

/** What a Job makes of databases, roles and extensions; it drops none. */
public record DatabaseSteps(Update update) {
    /** What a cluster gets that does not exist yet, as the rest of a sentence; empty without databases. */
    public static String ofFirst(Declaration declared) {
        return declared.databases().stream()
                .map(DeclaredDatabase::words)
                .collect(Collectors.joining("\n", declared.databases().isEmpty() ? "" : ".\nA Job makes:\n", ""));
    }

    List<Step> steps() {
        var after = update.after().databases();
        var made = after.stream().flatMap(database -> made(database).stream());
        var left = update.before().databases().stream()
                .filter(old -> named(after, old.name()).isEmpty())
                .map(old -> "database " + old.name()
                        + " is no longer declared, and stays with all that is in it, as do its roles");
        return Stream.concat(made, left).map(Step::withoutPause).toList();
    }

    private Optional<String> made(DeclaredDatabase database) {
        var before = named(update.before().databases(), database.name());
        if (before.equals(Optional.of(database))) {
            return Optional.empty();
        }
        return Optional.of(database.words()
                + before.map(old -> left(old, database)).orElse(": a Job makes what of this is not there yet"));
    }

    /** What a database has, and is no longer declared to have. */
    private static String left(DeclaredDatabase old, DeclaredDatabase now) {
        var left = Stream.of(
                        old.roles()
                                .filter(role -> now.roles().noneMatch(role::equals))
                                .map("role "::concat),
                        old.extensions().stream()
                                .filter(extension -> !now.extensions().contains(extension))
                                .map("extension "::concat))
                .flatMap(names -> names)
                .toList();
        return ": a Job makes what of this is not there yet"
                + (left.isEmpty() ? "" : "; no longer declared, and left as they are: " + String.join(", ", left));
    }

    private static Optional<DeclaredDatabase> named(List<DeclaredDatabase> databases, String name) {
        return databases.stream().filter(one -> one.name().equals(name)).findFirst();
    }
}
