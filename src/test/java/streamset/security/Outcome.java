package streamset.security;

/**
 * What came of an attempt.
 *
 * @param words what the client said
 * @param line of pg_hba.conf that matches
 */
record Outcome(Attempt attempt, boolean in, String words, HbaLines.Line line) {
    private static final int CONNECTION_FAILED = 2; // exit code of all requests
    private static final String PREFIX = "(?s)^(psql: error: connection to server at .*? failed|http: connect): ";
    private static final String ADDRESS = "\\b\\d+\\.\\d+\\.\\d+\\.\\d+\\b";

    /** Tries it. */
    static Outcome of(Attempt attempt, Client client, HbaLines.Line line) {
        var result = client.run(attempt.request());
        int code = result.exitCode();
        if (code > CONNECTION_FAILED) {
            throw new AssertionError(attempt.who() + ": the client did not run to its end: " + result.output());
        }
        var words = result.output().replaceFirst(PREFIX, "").lines().findFirst().orElse("");
        return new Outcome(attempt, code != CONNECTION_FAILED, words.replaceAll(ADDRESS, "…"), line);
    }

    /** Whether it is what must come of it, by what must decide it. */
    boolean isRight() {
        return in == attempt.isAllowed() && attempt.words().matcher(words).find() && isByTheRightLine();
    }

    private boolean isByTheRightLine() {
        return switch (attempt.decision()) {
            case LET_IN, PASSWORD, CERTIFICATE, LINE, NO_LINE -> line.method().equals(attempt.decision().method);
            case NETWORK, SERVER, CLIENT, OPEN, PATRONI -> true; // before any line is looked for
        };
    }

    /** Its row of the table. */
    String row() {
        return "| %s | %s | %s | %s |\n"
                .formatted(attempt.who(), in ? "gets in" : "is refused", decidedBy(), in ? "" : "`" + words + "`");
    }

    private String decidedBy() {
        return switch (attempt.decision()) {
            case NETWORK -> "a NetworkPolicy";
            case CLIENT -> "the client";
            case SERVER -> "`ssl_min_protocol_version`";
            case NO_LINE -> "no line";
            case OPEN -> "nobody";
            case PATRONI -> "Patroni";
            case LET_IN, PASSWORD, CERTIFICATE, LINE -> "`" + line.text() + "`";
        };
    }
}
