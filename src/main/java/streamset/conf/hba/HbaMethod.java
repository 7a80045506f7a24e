package streamset.conf.hba;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How a line of pg_hba.conf has the server make sure who connects: what servers that are built for Linux have. */
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

    /** The words of all that servers of this major have. */
    static List<String> words(int version) {
        return in(version).stream().map(HbaMethod::word).toList();
    }

    private static List<HbaMethod> in(int version) {
        return Arrays.stream(values())
                .filter(method -> method != OAUTH || version >= OAUTH_VERSION)
                .toList();
    }

    /** What is written in the file. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
