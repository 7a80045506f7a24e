package streamset.review;

import java.util.Optional;
import streamset.catalog.ParameterName;
import streamset.cluster.ClusterSpec;
import streamset.features.Archive;
import streamset.features.backup.Timetable;
import streamset.settings.Setting;
import streamset.sizing.RecoveryTime;

/** What a stack's archive comes to, and the one that it begins with: what can be lost, and how long it takes to have the rest back. */
record ArchiveWords(ClusterSpec spec) {
    /** Nothing for a stack without them. */
    String text() {
        return spec.archive().map(this::written).orElse("")
                + spec.restoration()
                        .map(restoration -> "\nBegins with the data in "
                                + restoration.repository().words() + "\n\n" + recovery(Optional.empty()))
                        .orElse("");
    }

    private String written(Archive archive) {
        var wal = spec.budgets().wal();
        return "\nArchive of WAL and base backups in "
                + archive.repository().words() + "\n\n"
                + "  " + wal.queueSegments() + " segments of " + wal.segmentSize()
                + " may wait for it: it can be away for " + wal.queueLasting() + ".\n"
                + "  Beyond that the server goes on without it: pg_wal keeps its bound, and a new base backup ends a gap in the archive.\n"
                + "  With all volumes, the last " + archiveTimeout()
                + " of commits can be lost (archive_timeout), and what waits.\n"
                + "  Points in time can be restored for " + archive.keepDays() + " days.\n"
                + "  " + restoreTest(archive) + "\n"
                + recovery(untilTheNextBackup(archive));
    }

    private static String restoreTest(Archive archive) {
        return archive.tasks().stream()
                .filter(Archive.Task::isRestoreTest)
                .map(test -> "The newest backup is restored as a test at " + test.schedule()
                        + " (cron, in UTC), on a volume of its own that is as large as those of a pod.")
                .findFirst()
                .orElse(
                        "No backup is restored as a test (streamset:backup.restoreTest): nothing says that one can be.");
    }

    private String archiveTimeout() {
        return spec.settings().all().stream()
                .filter(setting -> setting.name().equals(ParameterName.ARCHIVE_TIMEOUT.toString()))
                .map(Setting::value)
                .findFirst()
                .orElse("");
    }

    private String recovery(Optional<RecoveryTime.Wal> wal) {
        var config = spec.config();
        var time = new RecoveryTime(config.storage().size(), config.resources().cpu(), wal);
        return "  A restoration takes about this long at most (" + time.words() + "):\n\n"
                + time.text().indent(4);
    }

    /** Empty where nobody says how much is written, or when the schedules have no two moments. */
    private Optional<RecoveryTime.Wal> untilTheNextBackup(Archive archive) {
        var schedules = archive.tasks().stream()
                .filter(Archive.Task::isBaseBackup)
                .map(Archive.Task::schedule)
                .toList();
        var pause = new Timetable(schedules).longestPause();
        return spec.config()
                .wal()
                .rate()
                .filter(rate -> !pause.isZero())
                .map(rate -> new RecoveryTime.Wal(rate, pause));
    }
}
