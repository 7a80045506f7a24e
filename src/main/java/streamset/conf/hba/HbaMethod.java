package streamset.conf.hba;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The authentication methods of pg_hba.conf, in servers that are built for Linux. */
enum HbaMethod {
    TRUST,
    REJECT,
    SCRAM_SHA_256,
    MD5,
    PASSWORD,
    PEER,
    IDENT,
    GSS,
    PAM,
    LDAP,
    RADIUS,
    CERT,
    OAUTH;

    private static final int OAUTH_VERSION = 18; // the first major that has it

    static Optional<HbaMethod> of(String word, int version) {
        return in(version).stream().filter(method -> method.word().equals(word)).findAny();
    }

    /** The words of all methods in servers of this major. */
    static List<String> words(int version) {
        return in(version).stream().map(HbaMethod::word).toList();
    }

    private static List<HbaMethod> in(int version) {
        return Arrays.stream(values())
                .filter(method -> method != OAUTH || version >= OAUTH_VERSION)
                .toList();
    }

    /** The word in the file. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
