package streamset.plan;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import streamset.cluster.Place;
import streamset.config.Image;
import streamset.features.Features;
import streamset.plan.differences.SettingChange;
import streamset.plan.differences.Update;
import streamset.plan.reading.Declaration;
import streamset.plan.reading.DeployedObjects;
import streamset.plan.reading.WantedObjects;
import streamset.plan.refusals.ClusterRefusal;
import streamset.plan.refusals.Refusals;
import streamset.plan.steps.Danger;
import streamset.plan.steps.Dangers;
import streamset.plan.steps.DatabaseSteps;
import streamset.plan.steps.Step;
import streamset.plan.steps.Steps;
import streamset.plan.steps.Synchronous;
import streamset.pod.PodClaim;
import streamset.pod.VolumeKind;
import streamset.problems.Problems;

/** What an update will do to an existing cluster, for people to read before it happens. */
public final class Plan {
    private final Update update;
    private final Features features;
    private final List<SettingChange> rows;
    private final List<Step> steps;

    private Plan(Update update, Features features) {
        this.update = update;
        this.features = features;
        this.rows = update.rows();
        this.steps = Steps.of(update);
    }

    /**
     * Compares what is deployed with what is wanted.
     *
     * @param problems receives everything that is refused
     * @return empty when nothing is deployed yet, or something is refused
     */
    public static Optional<Plan> of(DeployedObjects deployed, WantedObjects wanted, Problems problems) {
        var before = deployed.declaration(wanted);
        before.ifPresent(found -> {
            var refusals = new Refusals(found, wanted.declaration(), wanted.features(), problems);
            refusals.check();
            deployed.fixedClasses().ifPresent(refusals::checkGrowth);
        });
        return before.filter(found -> problems.isEmpty())
                .map(found -> new Plan(Update.between(found, deployed, wanted), wanted.features()));
    }

    /** The text for a stack that is not deployed yet. */
    public static String ofFirst(WantedObjects wanted) {
        var declared = wanted.declaration();
        int standbys = declared.replicas() - 1;
        var pods = standbys == 0
                ? declared.pod(declared.primary()) + ", a primary alone"
                : declared.pod(declared.primary()) + " as primary and " + standbys + " standbys";
        var volumes = declared.volumes().stream().map(Plan::words).collect(Collectors.joining(" and "));
        return "first deployment in the namespace " + declared.names().namespace() + ": PostgreSQL "
                + declared.version() + ", " + pods + ", each with "
                + volumes
                + DatabaseSteps.ofFirst(declared)
                + "."
                + Image.versionOfDigest(declared.pods().getOrDefault(Declaration.IMAGE, ""), declared.version())
                        .map(words -> "\n" + words + ".")
                        .orElse("")
                + "\nVolumes that an earlier cluster of this name has left are reused, with their data.\n";
    }

    private static String words(PodClaim claim) {
        var size = claim.volume().size().quantity();
        return claim.kind().equals(VolumeKind.DATA)
                ? size
                : size + " for " + claim.kind().content();
    }

    /** The StorageClasses that must let volumes grow. */
    public Set<String> growingClasses() {
        return refusals(new Problems()).growingClasses();
    }

    /**
     * Refuses what depends on facts that only the Kubernetes cluster itself knows.
     *
     * @param place the Kubernetes cluster of the objects, with everything that was read from it
     * @param fixedClasses those of {@link #growingClasses()} that do not let volumes grow; empty when that was not read
     */
    public void checkAgainstCluster(Place place, Optional<Set<String>> fixedClasses, Problems problems) {
        new ClusterRefusal(update.before().place(), place, problems).check();
        fixedClasses.ifPresent(refusals(problems)::checkGrowth);
    }

    private Refusals refusals(Problems problems) {
        return new Refusals(update.before(), update.after(), features, problems);
    }

    /** All that differs. */
    public Update update() {
        return update;
    }

    /** What changes in the servers and in the pods. */
    public List<SettingChange> settings() {
        return rows;
    }

    /** What happens, in this order; none when no object differs. */
    public List<Step> steps() {
        return steps;
    }

    /** What a reviewer must not miss, the worst first. */
    public List<Danger> dangers() {
        return Dangers.of(update);
    }

    /** @param title names the state that the plan starts from */
    public String text(String title) {
        return text(title, UnaryOperator.identity());
    }

    /**
     * The same in the words of a place where the keys have other names.
     *
     * @param words returns a text in these words
     */
    public String text(String title, UnaryOperator<String> words) {
        var head = title + ": ";
        if (steps.isEmpty()) {
            return head + "none\n";
        }
        var text = new StringBuilder(head).append(Step.pause(pause())).append("\n");
        if (!rows.isEmpty()) {
            text.append("\n").append(table(words).indent(2));
        }
        if (!update.hba().isNone()) {
            text.append("\n  pg_hba.conf, by ")
                    .append(update.restarts() ? "restart" : "reload")
                    .append("\n")
                    .append(update.hba().text().indent(4));
        }
        text.append("\n  steps\n").append(stepLines().indent(4));
        synchronous().ifPresent(line -> text.append("\n  ").append(line).append("\n"));
        return words.apply(text.append("\n  ").append(replaced()).append("\n").toString());
    }

    /** How long writes stand still, all steps together. */
    public Duration pause() {
        return steps.stream().map(Step::pause).reduce(Duration.ZERO, Duration::plus);
    }

    /** In these words already, so that its columns fit them. */
    private String table(UnaryOperator<String> words) {
        var table = new ArrayList<List<String>>();
        table.add(List.of("setting", "from", "to", "by"));
        rows.forEach(change -> table.add(change.row().stream().map(words).toList()));
        return Table.text(table);
    }

    private String stepLines() {
        var lines = new ArrayList<String>();
        for (var step : steps) {
            lines.add((lines.size() + 1) + ". " + step.line());
        }
        return lines.stream().collect(Collectors.joining("\n"));
    }

    /** What a loss of standbys means for writes; empty when that does not change. */
    public Optional<String> synchronous() {
        var old = Synchronous.of(before());
        var now = Synchronous.of(after());
        boolean changes = !old.equals(now) || !before().lost().equals(after().lost());
        boolean anybodyWaits =
                Stream.of(old, now).flatMap(Optional::stream).anyMatch(synchronous -> synchronous.required() > 0);
        return changes && anybodyWaits
                ? now.map(synchronous -> synchronous.words(after().lost().size()))
                : Optional.empty();
    }

    /** What is recreated, and what happens to the volumes. */
    public String replaced() {
        boolean others = after().replicas() < before().replicas();
        return "replaced: "
                + (update.recreatesPods()
                        ? "the StatefulSet and its pods"
                        : update.restarts() ? "the pods" : "only Jobs")
                + "; all " + (others ? "other " : "")
                + "volumes stay, with their data";
    }

    private Declaration before() {
        return update.before();
    }

    private Declaration after() {
        return update.after();
    }
}
