package streamset.features.backup;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import streamset.config.Section;
import streamset.features.Archive;

/**
 * Reads when backups are made, and when what is stored is verified.
 *
 * @param backup the object that says so
 */
record Tasks(Section backup) {
    /** The kind of backups that store what has changed since the last one. */
    static final String INCREMENTAL = "incremental";

    private static final String NONE = "none";

    List<Archive.Task> all() {
        // at night in Europe, the full one when the fewest people work; the check reads what that one has stored, and
        // the test
        // restores it
        return Stream.of(
                        Optional.of(new Archive.Task(
                                "full", backup.value("schedule", Cron::parse, "30 1 * * 0", "30 1 * * 0"))),
                        task(INCREMENTAL, INCREMENTAL, "30 1 * * 1-6"),
                        task("verify", "verify", "30 4 * * 0"),
                        task(Archive.Task.RESTORE_TEST, "restoreTest", "0 6 * * 0"))
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<Archive.Task> task(String kind, String key, String fallback) {
        return backup.value(
                key,
                text -> text.equals(NONE)
                        ? Optional.<Archive.Task>empty()
                        : Optional.of(new Archive.Task(kind, Cron.parse(text))),
                Optional.of(new Archive.Task(kind, fallback)),
                fallback);
    }
}
