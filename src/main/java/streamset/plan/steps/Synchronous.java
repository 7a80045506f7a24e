package streamset.plan.steps;

import java.util.Optional;
import java.util.regex.Pattern;
import streamset.catalog.ParameterName;
import streamset.plan.reading.Declaration;

/**
 * How many standbys must have a commit on disk before it is acknowledged, out of those there are.
 *
 * @param required 0 for none
 */
public record Synchronous(int required, int standbys) {
    private static final Pattern ANY = Pattern.compile("ANY (\\d+) \\(.*\\)"); // as the program writes it

    /** Empty when synchronous_standby_names is somebody's own, which can say much else. */
    public static Optional<Synchronous> of(Declaration declaration) {
        var names = declaration
                .settings()
                .value(ParameterName.SYNCHRONOUS_STANDBY_NAMES)
                .canonical();
        int standbys = declaration.replicas() - 1;
        if (names.isEmpty()) {
            return Optional.of(new Synchronous(0, standbys));
        }
        var matcher = ANY.matcher(names);
        return matcher.matches()
                ? Optional.of(new Synchronous(Integer.parseInt(matcher.group(1)), standbys))
                : Optional.empty();
    }

    /** Standbys that can be away while writes go on. */
    int spare() {
        return standbys - required;
    }

    boolean everyStandbyCounts() {
        return required > 0 && spare() == 0;
    }

    /** What that means for writes. */
    public String words(int lost) {
        if (required == 0) {
            return "a commit waits for no standby: what the primary has not passed on yet is lost with it";
        }
        var consequence = spare() == 0
                ? "while one of them is away, writes wait"
                : "while " + spare() + " of them " + (spare() == 1 ? "is" : "are") + " away, writes go on; with "
                        + (spare() + 1) + " away they wait";
        var now = lost > spare() ? "; " + lost + " of them " + (lost == 1 ? "is" : "are") + " lost, so they wait" : "";
        return "a commit waits for " + required + " of " + standbys + " standbys: " + consequence + now;
    }
}
