package streamset.fuzz;

import java.util.Random;

/**
 * How much random input there is, and which. It is another one at each run, so that every run can find something; what a
 * failure prints makes it the same again.
 */
public final class Fuzz {
    private static final int CASES = 2_000; // in make test: seconds for each kind of input

    private static final String CASES_PROPERTY = "fuzz.cases";
    private static final String SEED_PROPERTY = "fuzz.seed";

    private final long seed = Long.getLong(SEED_PROPERTY, System.nanoTime());

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
