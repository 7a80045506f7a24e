package streamset.plan.steps;

import java.util.Optional;
import java.util.stream.Stream;
import streamset.patroni.DynamicConfiguration;
import streamset.plan.differences.Difference;
import streamset.plan.differences.ObjectChange;
import streamset.plan.differences.Update;
import streamset.settings.PatroniParameters;

/** The changes of what Patroni shares among the pods, which patronictl can change too. */
record PatroniSteps(Update update) {
    private static final String SYNCHRONOUS = "synchronous_"; // such settings are declared in some stacks only

    /** Whether a change is one of these. */
    static boolean isOne(ObjectChange change) {
        return change.object().kind().equals("ConfigMap")
                && change.difference().isIn("metadata", "annotations", DynamicConfiguration.ANNOTATION, "*");
    }

    Stream<String> words() {
        return update.comparison()
                .changedBesidePods()
                .filter(PatroniSteps::isOne)
                .map(ObjectChange::difference)
                .flatMap(difference -> words(difference).stream());
    }

    private Optional<String> words(Difference difference) {
        var name = difference.path().get(difference.path().size() - 1);
        var now = difference.shownFrom();
        var wanted = difference.shownTo();
        var file = declaredBefore(name);
        if (file.isPresent() && !file.equals(difference.from())) {
            return Optional.of(name + ", which was changed by hand to " + now + " (patronictl edit-config), becomes "
                    + wanted + "; a server that has restarted since then has the other value until its next restart");
        } else if (update.ofServers().stream().anyMatch(change -> change.name().equals(name))) {
            return Optional.empty(); // which has a row
        } else if (difference.to().isEmpty() && !name.startsWith(SYNCHRONOUS)) {
            return Optional.of(
                    name + ", which is " + now + " and not declared (patronictl edit-config sets it), is removed");
        }
        return Optional.of("Patroni's " + name + " changes from " + now + " to " + wanted);
    }

    /** The program writes parameters of the server to the conf file too, which patronictl does not change. */
    private Optional<String> declaredBefore(String name) {
        return PatroniParameters.NAMES.stream()
                .filter(parameter -> parameter.toString().equals(name))
                .map(parameter -> update.before().settings().value(parameter).canonical())
                .findFirst();
    }
}
