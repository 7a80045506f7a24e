package streamset.security;

import java.util.regex.Pattern;

/**
 * Somebody tries to connect.
 *
 * @param who tries what, in the words of the table
 * @param words what is found in what it says then: the answer, or the reason of the refusal
 * @param decision who decides, and how
 */
record Attempt(String who, Place from, Request request, Pattern words, Decision decision) {
    /** Where a client is. */
    enum Place {
        /** In a pod that {@code streamset:clients} names. */
        POD,
        /** In one of the same namespace, without the label. */
        UNLABELLED_POD,
        /** In one with the label, of another namespace. */
        POD_ELSEWHERE,
        /** In the pod of a standby. */
        STANDBY,
        /** On this machine, behind {@code kubectl port-forward}. */
        PORT_FORWARD
    }

    /** By what somebody gets in, or not. */
    enum Decision {
        /** A line of pg_hba.conf that asks for a password, which is right. */
        LET_IN("scram-sha-256"),
        /** The same, and the password is wrong, or there is none. */
        PASSWORD("scram-sha-256"),
        /** The same, and the client has no certificate that the line asks for. */
        CERTIFICATE("scram-sha-256"),
        /** A line of pg_hba.conf. */
        LINE("reject"),
        /** No line of pg_hba.conf lets the client in. */
        NO_LINE(""),
        /** The server, before it looks at pg_hba.conf. */
        SERVER(""),
        /** A NetworkPolicy. */
        NETWORK(""),
        /** The client, which does not trust the server. */
        CLIENT(""),
        /** Nobody: who reaches the port is in. */
        OPEN(""),
        /** Patroni, which asks for a password of its own. */
        PATRONI("");

        /** The method of the line that decides; empty when none does. */
        final String method;

        Decision(String method) {
            this.method = method;
        }
    }

    private static final String WHO = "SELECT current_user, current_database()";

    /** One that must get in, as it says who it is. */
    static Attempt allowed(String who, Place from, Login login) {
        var answer = Pattern.compile(Pattern.quote(login.user() + "|" + login.database()));
        return new Attempt(who, from, new Request.Session(login, WHO), answer, Decision.LET_IN);
    }

    /** One that must be let in to the WAL, which is all that it can ask for. */
    static Attempt allowedToStream(String who, Place from, Login login) {
        return new Attempt(
                who,
                from,
                new Request.Session(login.forReplication(), "IDENTIFY_SYSTEM"),
                Pattern.compile("^\\d+\\|\\d+\\|"),
                Decision.LET_IN);
    }

    /** One that must not get in. */
    static Attempt refused(String who, Place from, Login login, Decision decision, String reason) {
        return refused(who, from, new Request.Session(login, WHO), decision, reason);
    }

    /** The same for any request. */
    static Attempt refused(String who, Place from, Request request, Decision decision, String reason) {
        return new Attempt(who, from, request, Pattern.compile(reason), decision);
    }

    /** One that must get an answer, from a port that asks for nothing. */
    static Attempt answered(String who, Place from, Request.Http request) {
        return new Attempt(who, from, request, Pattern.compile("^HTTP/1.[01] 200 "), Decision.OPEN);
    }

    boolean isAllowed() {
        return decision == Decision.LET_IN || decision == Decision.OPEN;
    }
}
