package streamset.conf.hba;

import java.util.Map;

/**
 * What a line of pg_hba.conf says about who gets in, as far as the program asks.
 *
 * @param address {@link HbaAddress.Keyword#ALL} for the socket, where none is written
 * @param options of the method, by name
 */
record HbaRule(HbaLine line, HbaType type, HbaAddress address, HbaMethod method, Map<String, String> options) {
    HbaRule {
        options = Map.copyOf(options);
    }

    /** Whether it believes anybody outside the pod about who somebody is. */
    boolean trustsTheNetwork() {
        boolean believes = method == HbaMethod.TRUST || method == HbaMethod.IDENT;
        return believes
                && type != HbaType.LOCAL
                && !address.isWithinPod()
                && !"verify-full".equals(options.get("clientcert")); // then the certificate names the user
    }
}
