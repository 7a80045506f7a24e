package streamset.conf.hba;

import java.util.Map;

/**
 * What a line of pg_hba.conf says.
 *
 * @param address {@link HbaAddress.Keyword#ALL} for the socket, where none is written
 * @param options of the method, by name
 */
record HbaRule(
        HbaLine line,
        HbaType type,
        HbaValues<HbaDatabase> databases,
        HbaValues<HbaUser> users,
        HbaAddress address,
        HbaMethod method,
        Map<String, String> options) {
    HbaRule {
        options = Map.copyOf(options);
    }

    int number() {
        return line.number();
    }

    Match matches(HbaQuestion question) {
        if (!type.fits(question.connection())) {
            return Match.NO;
        }
        return users.matches(question).and(databases.matches(question)).and(address.matches(question.client()));
    }

    /** Whether it fits every connection that another one fits. */
    boolean covers(HbaRule other) {
        return type.covers(other.type)
                && address.covers(other.address)
                && databases.covers(other.databases)
                && users.covers(other.users);
    }

    /** Whether a client also, or only, needs a certificate. */
    boolean asksForCertificate() {
        return method == HbaMethod.CERT || options.containsKey("clientcert");
    }
}
