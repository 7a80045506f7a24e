package streamset.conf.hba;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which line of pg_hba.conf decides.
 *
 * @param possible the lines that decide if they fit, in their order: for that, something must be known that is not
 * @param certain the first line that fits in any case; empty when there is none, and then the server refuses
 */
record HbaDecision(List<HbaRule> possible, Optional<HbaRule> certain) {
    HbaDecision {
        possible = List.copyOf(possible);
    }

    /** All that can come of it; empty stands for no line at all. */
    Stream<Optional<HbaRule>> outcomes() {
        return Stream.concat(possible.stream().map(Optional::of), Stream.of(certain));
    }
}
