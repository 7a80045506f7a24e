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
}
