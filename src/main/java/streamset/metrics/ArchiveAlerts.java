package streamset.metrics;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import streamset.cluster.ClusterSpec;
import streamset.features.Archive;
import streamset.features.backup.Timetable;

/** The rules about the archive of a cluster that has one. */
record ArchiveAlerts(ClusterSpec spec, Archive archive) {
    private static final String OF_ARCHIVE = "archive-alerts.yaml";
    private static final String OF_TASK = "task-alerts.yaml";
    private static final Duration LONGEST_WORK = Duration.ofDays(1); // what the Jobs have

    /**
     * Something that is done at times.
     *
     * @param kinds of tasks that do it
     */
    private record Work(String task, List<String> kinds, String alert, String words, String section) {}

    private static final List<Work> WORKS = List.of(
            new Work("backup", List.of("full", "incremental"), "BaseBackup", "base backup", "a-base-backup-is-missing"),
            new Work("verify", List.of("verify"), "ArchiveCheck", "check of the archive", "the-archive-is-damaged"),
            new Work(
                    Archive.Task.RESTORE_TEST,
                    List.of(Archive.Task.RESTORE_TEST),
                    "RestoreTest",
                    "restore test",
                    "a-backup-cannot-be-restored"));

    String text() {
        return new ClusterNumbers(spec).in(MetricsFiles.text(OF_ARCHIVE))
                + WORKS.stream().map(this::ofWork).collect(Collectors.joining());
    }

    /** Nothing where the stack does not have it done. */
    private String ofWork(Work work) {
        var schedules = archive.tasks().stream()
                .filter(task -> work.kinds().contains(task.kind()))
                .map(Archive.Task::schedule)
                .toList();
        return schedules.isEmpty() ? "" : rules(work, late(new Timetable(schedules).longestPause()));
    }

    private String rules(Work work, Duration late) {
        return new ClusterNumbers(spec)
                .and("task", work.task())
                .and("alert", work.alert())
                .and("words", work.words())
                .and("section", work.section())
                .and("lateSeconds", Long.toString(late.toSeconds()))
                .in(MetricsFiles.text(OF_TASK));
    }

    /** The next time and as long as it may take then; for what is done often, until one time more has passed. */
    private static Duration late(Duration pause) {
        return pause.plus(pause.compareTo(LONGEST_WORK) < 0 ? pause : LONGEST_WORK);
    }
}
