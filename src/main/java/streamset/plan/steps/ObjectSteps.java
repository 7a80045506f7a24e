package streamset.plan.steps;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import streamset.patroni.DynamicConfiguration;
import streamset.plan.differences.Cut;
import streamset.plan.differences.Difference;
import streamset.plan.differences.ObjectChange;
import streamset.plan.differences.ObjectName;
import streamset.plan.differences.Update;

/** Changes of objects that no other step covers: in Kubernetes' words, once for all objects with the same change. */
record ObjectSteps(Update update, TopologySteps topology) {
    private static final int SHOWN_OBJECTS = 3; // by name; more are counted
    private static final String CONFIG_MAP = "ConfigMap";
    private static final String JOB = "Job";

    /** All changes that no other step covers. */
    List<Step> others() {
        var covered = new CoveredElsewhere(update, topology);
        return Stream.of(
                        version(),
                        added(covered::isAddition),
                        removed(covered::isRemoval),
                        changed(covered::isChange),
                        new PatroniSteps(update).words(),
                        passwords(),
                        new CertificateSteps(update).words())
                .flatMap(words -> words)
                .map(Step::withoutPause)
                .toList();
    }

    /** The Jobs whose scripts change run again. */
    List<Step> jobs() {
        return update.comparison().renews(CONFIG_MAP, "jobs") && update.before().hasPods()
                ? List.of(Step.withoutPause("the Jobs run again, because their scripts change"))
                : List.of();
    }

    /** Every difference, for a plan that has no other step. */
    List<Step> all() {
        var renewed = update.comparison().renewed().stream().map(name -> name + " is recreated");
        return Stream.of(changed(change -> false), added(name -> false), removed(name -> false), renewed)
                .flatMap(words -> words)
                .map(Step::withoutPause)
                .toList();
    }

    private Stream<String> version() {
        return update.comparison()
                .changedBesidePods()
                .filter(CoveredElsewhere::isVersion)
                .map(ObjectChange::difference)
                .limit(1)
                .map(version -> "the objects are declared by version " + version.shownTo()
                        + " of streamset, previously by " + version.from().orElse("an older one"));
    }

    private Stream<String> added(Predicate<ObjectName> covered) {
        return update.comparison().added().stream()
                .filter(covered.negate())
                .map(name -> name + " does not exist and is created");
    }

    private Stream<String> removed(Predicate<ObjectName> covered) {
        return update.comparison().removed().stream()
                .filter(covered.negate())
                .map(name -> name + " is no longer declared and " + (staysWhenRemoved(name) ? "stays" : "is removed"));
    }

    /** What Patroni remembers outlives its declaration, for a way back. */
    private boolean staysWhenRemoved(ObjectName name) {
        return name.kind().equals(CONFIG_MAP)
                && DynamicConfiguration.OBJECTS.stream()
                        .map(update.before().names()::patroniState)
                        .anyMatch(name.name()::equals);
    }

    private Stream<String> changed(Predicate<ObjectChange> covered) {
        Map<Difference, List<ObjectName>> objects = update.comparison()
                .changedBesidePods()
                .filter(covered.negate())
                .collect(Collectors.groupingBy(
                        ObjectChange::difference,
                        LinkedHashMap::new,
                        Collectors.mapping(ObjectChange::object, Collectors.toList())));
        return objects.entrySet().stream().map(change -> words(change.getKey(), change.getValue()));
    }

    private static String words(Difference difference, List<ObjectName> objects) {
        var names = objects.size() > SHOWN_OBJECTS
                ? objects.size() + " objects"
                : objects.stream().map(ObjectName::toString).collect(Collectors.joining(", "));
        return names + (objects.size() == 1 ? " changes: " : " change: ") + difference.where() + " from "
                + shown(difference.shownFrom(), difference.shownTo()) + " to "
                + shown(difference.shownTo(), difference.shownFrom());
    }

    private static String shown(String value, String other) {
        return value.isEmpty() ? "''" : Cut.text(onOneLine(value), onOneLine(other));
    }

    private static String onOneLine(String value) {
        return value.replace("\n", "⏎");
    }

    /** The values stay hidden; the name of the Job that sets them contains their fingerprint. */
    boolean changesPasswords() {
        return update.comparison().changedBesidePods().anyMatch(this::isAnotherPassword)
                || update.comparison().renews(JOB, "replicator")
                        && !update.comparison().renews(CONFIG_MAP, "jobs")
                        && update.before().hasPods()
                        && !update.pods().changesPodsOfJobs()
                        // all Jobs run again when their connections change
                        && update.before()
                                .state()
                                .encryption()
                                .equals(update.after().state().encryption())
                        && update.before().pods().equals(update.after().pods());
    }

    /** Not that of a role which had none. */
    private boolean isAnotherPassword(ObjectChange change) {
        return CoveredElsewhere.isInASecret(change)
                && !CertificateSteps.isOne(change, update.after().names())
                && change.difference().from().isPresent()
                && change.difference().to().isPresent();
    }

    private Stream<String> passwords() {
        return changesPasswords()
                ? Stream.of(
                        "the passwords of the roles change: Jobs set them, but the server that writes that of postgres,"
                                + " when the kubelet has brought it; no connection ends")
                : Stream.empty();
    }
}
