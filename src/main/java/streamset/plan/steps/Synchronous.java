package streamset.plan.steps;

import java.util.Optional;
import streamset.plan.reading.Declaration;
import streamset.settings.StandbyNames;

/**
 * How many of the standbys must have a commit on disk before it is acknowledged.
 *
 * @param required 0 for none
 */
public record Synchronous(int required, int standbys) {
    /** Empty if synchronous_standby_names contains names of no pod of the cluster. */
    public static Optional<Synchronous> of(Declaration declaration) {
        var value = declaration.standbyNames();
        int replicas = declaration.replicas();
        if (value.isBlank()) {
            return Optional.of(new Synchronous(0, replicas - 1));
        }
        return StandbyNames.parse(value)
                .filter(names -> names.strangers(declaration.names(), replicas).isEmpty())
                .map(names -> new Synchronous(
                        names.required(), names.standbys(declaration.names(), replicas, declaration.primary())))
                .filter(synchronous -> synchronous.required() <= synchronous.standbys());
    }

    /** The number of standbys that can be away while writes go on. */
    int spare() {
        return standbys - required;
    }

    boolean everyStandbyCounts() {
        return required > 0 && spare() == 0;
    }

    /** What that means for writes. */
    public String words(int lost) {
        if (required == 0) {
            return "a commit waits for no standby: what the primary has not sent yet is lost with it";
        }
        var consequence = spare() == 0
                ? "while one of them is away, writes wait"
                : "while " + spare() + " of them " + (spare() == 1 ? "is" : "are") + " away, writes go on; with "
                        + (spare() + 1) + " away they wait";
        var now =
                lost > spare() ? "; " + lost + " of them " + (lost == 1 ? "is" : "are") + " lost, so writes wait" : "";
        return "a commit waits for " + required + " of " + standbys + " standbys: " + consequence + now;
    }
}
