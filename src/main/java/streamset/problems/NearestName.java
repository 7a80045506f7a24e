package streamset.problems;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Finds the name that was probably intended by one that does not exist. */
public final class NearestName {
    private static final int LETTERS_PER_SLIP = 3; // more typing errors than one in three letters make another word
    private static final int MOST_SLIPS = 3;

    private NearestName() {}

    /** The name with the fewest typing errors, in doubt the first in the alphabet; empty when none is similar. */
    public static Optional<String> to(String text, Collection<String> names) {
        var distance = new LevenshteinDistance(Math.min(MOST_SLIPS, text.length() / LETTERS_PER_SLIP));
        return names.stream()
                .filter(name -> distance.apply(text, name) >= 0)
                .min(Comparator.<String>comparingInt(name -> distance.apply(text, name))
                        .thenComparing(name -> name));
    }
}
