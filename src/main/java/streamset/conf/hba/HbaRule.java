package streamset.conf.hba;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The part of a line of pg_hba.conf that the program needs.
 *
 * @param address {@link HbaAddress.Keyword#ALL} for the socket, which has none
 * @param options of the method, by name
 */
record HbaRule(HbaLine line, HbaType type, HbaAddress address, HbaMethod method, Map<String, String> options) {
    private static final int ADDRESS = 3; // the field, after type, database and user
    private static final Pattern MASK =
            Pattern.compile("[0-9a-fA-F]*[.:][0-9a-fA-F.:]+"); // no method has a dot or a colon

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

    /**
     * The same for {@code replicator} alone, which needs a certificate. Empty unless the line names that role, for replication from
     * elsewhere than the program's own lines do: from a Service of the author's that selects the pods, for example.
     */
    Optional<String> ofReplicator() {
        boolean names = (type == HbaType.HOST || type == HbaType.HOSTSSL)
                && line.fields().get(1).stream().anyMatch(word -> word.isKeyword("replication"))
                && line.fields().get(2).stream().anyMatch(word -> word.text().equals("replicator"));
        return names && !addressText().equals(HbaLine.PODS)
                ? Optional.of(
                        method == HbaMethod.REJECT
                                ? "host replication replicator " + addressText() + " reject\n"
                                : "hostssl replication replicator " + addressText() + ClusterAccess.WITH_CERTIFICATE
                                        + "\n")
                : Optional.empty();
    }

    /** With its mask, which may be a field of its own. */
    private String addressText() {
        var first = line.fields().get(ADDRESS).get(0);
        var second = line.fields().get(ADDRESS + 1).get(0);
        boolean hasMask = MASK.matcher(second.text()).matches();
        return line.raw().substring(first.start(), first.end())
                + (hasMask ? " " + line.raw().substring(second.start(), second.end()) : "");
    }

    private static boolean isFor(HbaToken word, String name, String open) {
        boolean isName = word.text().equals(name) && !word.isKeyword("replication"); // which is no database
        return isName || word.isKeyword("all") || !word.quoted() && word.text().matches(open);
    }
}
