package streamset.fuzz;

import java.util.Random;

/**
 * How much random input there is, and which: the same at each run of the tests, so that a change fails on what it changed, and
 * another one at each {@code make fuzz}, so that it can find something.
 */
public final class Fuzz {
    private static final int CASES = 2_000; // in make test
    private static final long SEED = 1;

    private static final String CASES_PROPERTY = "fuzz.cases";
    private static final String SEED_PROPERTY = "fuzz.seed";

    private final long seed = Long.getLong(SEED_PROPERTY, SEED);

    /** The cases of one kind of input. */
    public int cases() {
        return Integer.getInteger(CASES_PROPERTY, CASES);
    }

    /** @param salt so that several users of one seed have different input */
    public Random random(long salt) {
        return new Random(seed + salt);
    }

    /** How to get the same input again, for the message of a failure. */
    public String again() {
        return "-D" + SEED_PROPERTY + "=" + seed + " -D" + CASES_PROPERTY + "=" + cases();
    }
}
