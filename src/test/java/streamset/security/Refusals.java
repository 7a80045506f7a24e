package streamset.security;

/** What clients say who do not get in. */
final class Refusals {
    static final String UNREACHABLE = "Connection refused|timeout expired"; // as the engine of the network has it
    static final String WRONG_PASSWORD = "FATAL:  password authentication failed for user";
    static final String NO_PASSWORD = "no password supplied";
    static final String REJECTED = "FATAL:  pg_hba.conf rejects (replication )?connection";
    static final String NO_ENTRY = "FATAL:  no pg_hba.conf entry for replication connection";

    private Refusals() {}
}
