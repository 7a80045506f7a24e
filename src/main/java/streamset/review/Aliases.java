package streamset.review;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.function.Supplier;
import org.snakeyaml.engine.v2.nodes.Node;

/** Refuses YAML files that contain themselves, and small ones that aliases make huge. */
final class Aliases {
    // The engine's own limits (decode.go): from this number of values on, this share of them may come from aliases.
    private static final int FREE_ALIASES = 100;
    private static final int FREE_VALUES = 1000;
    private static final double SHARE = 0.99;
    private static final int MOST_VALUES = 400_000; // where the engine begins to allow less; no stack file comes close

    private final FileProblems problems;
    private final Set<Node> open = nodes(); // being read: an alias of one of them would contain itself
    private final Set<Node> met = nodes();
    private int depth;
    private int values;
    private int aliased;

    Aliases(FileProblems problems) {
        this.problems = problems;
    }

    /** Ends the reading: problems in the rest of the file are not reported. */
    static final class TooMany extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private static Set<Node> nodes() {
        return Collections.newSetFromMap(new IdentityHashMap<>());
    }

    /**
     * Reads a list or an object.
     *
     * @param instead the result for a collection that contains itself
     * @throws TooMany when aliases produce too many values
     */
    <T> T inside(Node collection, Supplier<T> read, T instead) {
        if (!open.add(collection)) {
            problems.add(
                    FileProblems.line(collection),
                    "(an anchor)",
                    "contains itself",
                    "write out the value instead of the alias");
            return instead;
        }
        boolean again = !met.add(collection);
        depth += again ? 1 : 0;
        count();
        var result = read.get();
        depth -= again ? 1 : 0;
        open.remove(collection);
        return result;
    }

    /** Counts one value. */
    void count() {
        values++;
        aliased += depth > 0 ? 1 : 0;
        boolean most = aliased > FREE_ALIASES && values > FREE_VALUES && aliased > SHARE * values;
        if (most || values > MOST_VALUES) {
            problems.add(
                    1,
                    "(aliases)",
                    "more than " + (values - 1) + " values come from its aliases, which the engine refuses",
                    "write the values out");
            throw new TooMany();
        }
    }
}
