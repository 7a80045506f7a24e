package streamset.plan;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import streamset.problems.Problems;

/** What an update will do to a cluster that exists, for people to read before it happens. */
public final class Plan {
    private final Declaration before;
    private final Declaration after;
    private final List<SettingChange> settings;
    private final HbaChange hba;
    private final List<Step> steps;

    private Plan(Declaration before, Declaration after) {
        this.before = before;
        this.after = after;
        this.settings = SettingChange.between(before, after);
        this.hba = HbaChange.between(before.pgHbaConf(), after.pgHbaConf());
        this.steps = Steps.of(before, after, settings, hba);
    }

    /**
     * Compares.
     *
     * @param problems gets what is refused; the plan is of use only when nothing is
     */
    public static Plan of(Declaration before, Declaration after, Problems problems) {
        new Refusals(before, after, problems).check();
        return new Plan(before, after);
    }

    /** For a stack of which nothing exists yet. */
    public static String ofFirst(Declaration declared) {
        int standbys = declared.replicas() - 1;
        var pods = standbys == 0
                ? declared.pod(declared.primary()) + ", a primary alone"
                : declared.pod(declared.primary()) + " as primary and " + standbys + " standbys";
        var wal = declared.wal()
                .map(volume -> " and " + volume.size().quantity() + " for WAL")
                .orElse("");
        return "first deployment in the namespace " + declared.names().namespace() + ": PostgreSQL "
                + declared.version() + ", " + pods + ", each with "
                + declared.data().size().quantity() + wal
                + ".\nVolumes that an earlier cluster of this name has left are used again, with their data.\n";
    }

    /** @param title says what the plan starts from */
    public String text(String title) {
        var head = title + ": ";
        if (steps.isEmpty()) {
            return head + "none\n";
        }
        var text = new StringBuilder(head).append(Step.pause(pause())).append("\n");
        if (!settings.isEmpty()) {
            text.append("\n").append(table().indent(2));
        }
        if (!hba.isNone()) {
            text.append("\n  pg_hba.conf, by reload\n").append(hba.text().indent(4));
        }
        text.append("\n  steps\n").append(stepLines().indent(4));
        synchronous().ifPresent(words -> text.append("\n  ").append(words).append("\n"));
        return text.append("\n  ").append(replaced()).append("\n").toString();
    }

    private Duration pause() {
        return steps.stream().map(Step::pause).reduce(Duration.ZERO, Duration::plus);
    }

    private String table() {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("setting", "from", "to", "by"));
        settings.forEach(change -> rows.add(change.row()));
        return Table.text(rows);
    }

    private String stepLines() {
        var lines = new ArrayList<String>();
        for (var step : steps) {
            lines.add((lines.size() + 1) + ". " + step.line());
        }
        return lines.stream().collect(Collectors.joining("\n"));
    }

    /** What a loss of standbys means for writes; told when that changes. */
    private Optional<String> synchronous() {
        var old = Synchronous.of(before);
        var now = Synchronous.of(after);
        boolean changes = !old.equals(now) || !before.lost().equals(after.lost());
        boolean anybodyWaits =
                Stream.of(old, now).flatMap(Optional::stream).anyMatch(synchronous -> synchronous.required() > 0);
        return changes && anybodyWaits
                ? now.map(synchronous -> synchronous.words(after.lost().size()))
                : Optional.empty();
    }

    private String replaced() {
        boolean others = after.replicas() < before.replicas();
        return "replaced: " + objects() + "; all " + (others ? "other " : "") + "volumes stay, with their data";
    }

    private String objects() {
        boolean pods = settings.stream().anyMatch(SettingChange::restart)
                || !before.restart().equals(after.restart())
                || !before.hasPods();
        return pods ? "the pods" : "nothing but Jobs";
    }
}
