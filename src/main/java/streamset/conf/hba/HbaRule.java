package streamset.conf.hba;

import java.util.Map;

/**
 * The part of a line of pg_hba.conf that the program needs.
 *
 * @param address {@link HbaAddress.Keyword#ALL} for the socket, which has none
 * @param options of the method, by name
 */
record HbaRule(HbaLine line, HbaType type, HbaAddress address, HbaMethod method, Map<String, String> options) {
    HbaRule {
        options = Map.copyOf(options);
    }

    /** Whether it lets somebody outside the pod log in without proof. */
    boolean trustsTheNetwork() {
        boolean believes = method == HbaMethod.TRUST || method == HbaMethod.IDENT;
        return believes
                && type != HbaType.LOCAL
                && !address.isWithinPod()
                && !"verify-full".equals(options.get("clientcert")); // with that, the certificate proves the user
    }

    /**
     * Whether it could let a role in to a database from outside the pod. What a word such as {@code +group} means only the server
     * knows: it counts as yes.
     */
    boolean letsIn(String database, String role, boolean tls) {
        return type != HbaType.LOCAL
                && (tls || type != HbaType.HOSTSSL)
                && !address.isWithinPod()
                && method != HbaMethod.REJECT
                && line.fields().get(1).stream()
                        .anyMatch(word -> isFor(word, database, "samerole|samegroup|/.*|@.*")
                                || word.isKeyword("sameuser") && role.equals(database))
                && line.fields().get(2).stream().anyMatch(word -> isFor(word, role, "[+/@].*"));
    }

    private static boolean isFor(HbaToken word, String name, String open) {
        boolean isName = word.text().equals(name) && !word.isKeyword("replication"); // which is no database
        return isName || word.isKeyword("all") || !word.quoted() && word.text().matches(open);
    }
}
