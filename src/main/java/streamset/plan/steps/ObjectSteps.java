package streamset.plan.steps;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import streamset.plan.differences.Difference;
import streamset.plan.differences.ObjectChange;
import streamset.plan.differences.ObjectName;
import streamset.plan.differences.Update;
import streamset.problems.Problem;

/** What changes in objects and is no other step: each in Kubernetes' words, once for all objects that it is the same in. */
record ObjectSteps(Update update, TopologySteps topology) {
    private static final int SHOWN_CHARACTERS = 60; // of a value
    private static final int SHOWN_OBJECTS = 3; // by name; more are counted
    private static final String CONFIG_MAP = "ConfigMap";
    private static final String JOB = "Job";

    /** All that no other step tells. */
    List<Step> told() {
        var told = new ToldElsewhere(update, topology);
        return Stream.of(
                        version(),
                        added(told::isAddition),
                        removed(told::isRemoval),
                        changed(told::isChange),
                        passwords())
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

    /** Every difference, for a plan that says nothing else. */
    List<Step> all() {
        var renewed = update.comparison().renewed().stream().map(name -> name + " is made anew");
        return Stream.of(changed(change -> false), added(name -> false), removed(name -> false), renewed)
                .flatMap(words -> words)
                .map(Step::withoutPause)
                .toList();
    }

    private Stream<String> version() {
        return update.comparison()
                .changedBesidePods()
                .filter(ToldElsewhere::isVersion)
                .map(ObjectChange::difference)
                .limit(1)
                .map(version -> "the objects are declared by version " + version.shownTo() + " of streamset, before by "
                        + version.from().orElse("an older one"));
    }

    private Stream<String> added(Predicate<ObjectName> told) {
        return update.comparison().added().stream()
                .filter(told.negate())
                .map(name -> name + " is not there and is made anew");
    }

    private Stream<String> removed(Predicate<ObjectName> told) {
        return update.comparison().removed().stream()
                .filter(told.negate())
                .map(name -> name + " is no longer declared and goes");
    }

    private Stream<String> changed(Predicate<ObjectChange> told) {
        Map<Difference, List<ObjectName>> objects = update.comparison()
                .changedBesidePods()
                .filter(told.negate())
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
                + shown(difference.shownFrom()) + " to " + shown(difference.shownTo());
    }

    private static String shown(String value) {
        return value.isEmpty() ? "''" : Problem.shortened(value.replace("\n", "⏎"), SHOWN_CHARACTERS);
    }

    /** Their values stay hidden; the Job that sets them has a fingerprint of them in its name. */
    private Stream<String> passwords() {
        boolean others = update.comparison().changedBesidePods().anyMatch(ToldElsewhere::isPassword)
                || update.comparison().renews(JOB, "replicator")
                        && !update.comparison().renews(CONFIG_MAP, "jobs")
                        && update.before().hasPods()
                        && update.before().pods().equals(update.after().pods());
        return others ? Stream.of("the passwords of the roles change, and a Job sets them") : Stream.empty();
    }
}
