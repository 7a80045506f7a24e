package streamset.conf.hba;

/** A line of pg_hba.conf cannot be used. */
final class HbaRefusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final String fix;

    /**
     * @param reason why
     * @param fix the edit that corrects it
     */
    HbaRefusal(String reason, String fix) {
        super(reason, null, false, false); // no stack trace: the problem is in a file, not in the program
        this.fix = fix;
    }

    String reason() {
        return getMessage();
    }

    String fix() {
        return fix;
    }
}
