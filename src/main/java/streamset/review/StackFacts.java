package streamset.review;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import streamset.cluster.ClusterSpec;
import streamset.conf.ConfFiles;
import streamset.config.StackConfig;
import streamset.plan.Plan;
import streamset.plan.differences.Comparison;
import streamset.plan.differences.Cut;
import streamset.plan.differences.Difference;
import streamset.plan.differences.ObjectChange;
import streamset.plan.differences.ObjectName;
import streamset.plan.differences.SettingChange;
import streamset.plan.reading.Keeping;
import streamset.plan.steps.Danger;
import streamset.plan.steps.Step;
import streamset.review.report.Changes;
import streamset.review.report.Row;
import streamset.review.report.Verdict;
import streamset.settings.Setting;
import streamset.units.ByteSize;

/**
 * The facts of one plan, in the words of the report.
 *
 * @param before the stack as its base declared it; empty when that cannot be read any more
 */
record StackFacts(Plan plan, Optional<ClusterSpec> before, ClusterSpec after) {
    Verdict verdict() {
        if (plan.steps().isEmpty()) {
            return Verdict.NOTHING;
        } else if (!plan.dangers().isEmpty()) {
            return Verdict.SECOND_APPROVAL;
        } else if (plan.update().changesTopology()) {
            return Verdict.TOPOLOGY;
        } else if (plan.update().restarts()) {
            return Verdict.RESTART;
        }
        return plan.update().changesConf() ? Verdict.RELOAD : Verdict.OBJECTS;
    }

    List<String> irreversible() {
        return plan.dangers().stream()
                .filter(danger -> danger.kind() == Danger.Kind.IRREVERSIBLE)
                .map(Danger::text)
                .toList();
    }

    Changes changes() {
        if (plan.steps().isEmpty()) {
            return Changes.NONE;
        }
        return new Changes(
                plan.dangers().stream()
                        .map(danger -> danger.kind() + ": " + danger.text())
                        .toList(),
                settings(),
                plan.update().hba().text().lines().toList(),
                plan.steps().stream().map(Step::line).toList(),
                plan.synchronous().orElse(""),
                plan.replaced(),
                budgets(before, after),
                StackResources.rows(plan.update().before(), plan.update().after()),
                rows(plan.update().comparison(), plan.update().before().keeping()),
                List.of());
    }

    private List<Row.Setting> settings() {
        Map<String, Setting> now =
                after.settings().all().stream().collect(Collectors.toMap(Setting::name, setting -> setting));
        return plan.settings().stream()
                .map(change -> {
                    var row = change.row();
                    return new Row.Setting(row.get(0), row.get(1), row.get(2), row.get(3), why(change, now));
                })
                .toList();
    }

    private String why(SettingChange change, Map<String, Setting> now) {
        var setting = now.get(change.name());
        if (setting != null) {
            return setting.origin() + ": " + setting.reason();
        } else if (change.name().startsWith(StackConfig.NAMESPACE + ":")) {
            return "the stack's file";
        }
        return plan.update().ofServers().stream().anyMatch(one -> one.name().equals(change.name()))
                ? "no longer set: the server's default"
                : "the program's own";
    }

    /** Memory of one pod and space for WAL, whether they change or not. */
    static List<Row.Budget> budgets(Optional<ClusterSpec> before, ClusterSpec after) {
        return Stream.of(
                        budget("memory of each pod", before, after, StackFacts::memory),
                        budget("pg_wal of each pod", before, after, StackFacts::wal))
                .toList();
    }

    private static Row.Budget budget(
            String name, Optional<ClusterSpec> before, ClusterSpec after, Function<ClusterSpec, String> words) {
        return new Row.Budget(name, before.map(words).orElse(""), words.apply(after));
    }

    private static String memory(ClusterSpec spec) {
        var memory = spec.budgets().memory();
        return of(memory.use().sum().total(), memory.limit());
    }

    private static String wal(ClusterSpec spec) {
        var wal = spec.budgets().wal();
        return of(wal.sum().total(), wal.space().size());
    }

    private static String of(ByteSize sum, ByteSize limit) {
        return sum.megabytes() + " of " + limit.megabytes() + " MB";
    }

    /**
     * Every difference of objects.
     *
     * @param keeping what outlives its declaration
     */
    static List<Row.Place> rows(Comparison comparison, Keeping keeping) {
        var changed = comparison.changed().stream().map(StackFacts::place);
        var added = comparison.added().stream().map(name -> new Row.Place(name.toString(), "", "", "added"));
        var renewed = comparison.renewed().stream()
                .map(name -> new Row.Place(name.toString(), "", "", "replaced by another one"));
        var removed =
                comparison.removed().stream().map(name -> new Row.Place(name.toString(), "", "", fate(name, keeping)));
        return Stream.of(changed, added, renewed, removed).flatMap(rows -> rows).toList();
    }

    private static String fate(ObjectName name, Keeping keeping) {
        return switch (name.kind()) {
            case "Namespace" ->
                keeping.namespace().orElse(true)
                        ? "no longer belongs to the stack, and stays"
                        : "goes with everything in it";
            case "PersistentVolumeClaim" ->
                keeping.volumes()
                        .map(kept -> kept ? "is no longer declared, and stays with its data" : "goes with its data")
                        .orElse("is no longer declared, and stays, unless streamset:keepVolumes was false");
            default -> "goes";
        };
    }

    private static Row.Place place(ObjectChange change) {
        var difference = change.difference();
        var object = change.object().toString();
        return isConf(difference)
                ? new Row.Place(object, difference.where(), "(the file)", "(the file with other lines)")
                : new Row.Place(
                        object,
                        difference.where(),
                        shown(difference.shownFrom(), difference.shownTo()),
                        shown(difference.shownTo(), difference.shownFrom()));
    }

    private static boolean isConf(Difference difference) {
        return difference.isIn("data", ConfFiles.POSTGRESQL_CONF) || difference.isIn("data", ConfFiles.PG_HBA_CONF);
    }

    private static String shown(String value, String other) {
        return value.isEmpty() ? "''" : Cut.text(value.replace("\n", "⏎"), other.replace("\n", "⏎"));
    }
}
