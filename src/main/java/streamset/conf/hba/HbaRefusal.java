package streamset.conf.hba;

/** A line of pg_hba.conf cannot be used. */
final class HbaRefusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final String fix;

    /**
     * @param reason why
     * @param fix the edit that mends it
     */
    HbaRefusal(String reason, String fix) {
        super(reason, null, false, false); // it says what is wrong with a file, not where in the program that was seen
        this.fix = fix;
    }

    String reason() {
        return getMessage();
    }

    String fix() {
        return fix;
    }
}
