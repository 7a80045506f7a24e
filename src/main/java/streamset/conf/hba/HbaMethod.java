package streamset.conf.hba;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How a line of pg_hba.conf has the server make sure who connects, and the options of it. */
enum HbaMethod {
    TRUST,
    REJECT,
    SCRAM_SHA_256,
    MD5,
    PASSWORD,
    PEER("map"),
    IDENT("map"),
    GSS("map", "krb_realm", "include_realm"),
    PAM("pamservice", "pam_use_hostname"),
    LDAP(
            "ldapserver",
            "ldapport",
            "ldapscheme",
            "ldaptls",
            "ldapurl",
            "ldapprefix",
            "ldapsuffix",
            "ldapbasedn",
            "ldapbinddn",
            "ldapbindpasswd",
            "ldapsearchattribute",
            "ldapsearchfilter"),
    RADIUS("radiusservers", "radiussecrets", "radiusports", "radiusidentifiers"),
    CERT("map"),
    OAUTH("issuer", "scope", "validator", "map", "delegate_ident_mapping"),
    SSPI,
    BSD;

    private static final int OAUTH_VERSION = 18; // the first major that has it

    private final List<String> options;

    HbaMethod(String... options) {
        this.options = List.of(options);
    }

    static Optional<HbaMethod> of(String word) {
        return Arrays.stream(values())
                .filter(method -> method.word().equals(word))
                .findAny();
    }

    /** What is written in the file. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The names of what can be written behind it. */
    List<String> options() {
        return options;
    }

    private boolean isIn(int version) {
        return switch (this) {
            case SSPI, BSD -> false; // of Windows and OpenBSD
            case OAUTH -> version >= OAUTH_VERSION;
            default -> true;
        };
    }

    /** The words of all that servers of this major have, built as they are for Linux. */
    static List<String> wordsIn(int version) {
        return Arrays.stream(values())
                .filter(method -> method.isIn(version))
                .map(HbaMethod::word)
                .toList();
    }

    /** Whether a client gets in with the password of its role, as the server itself keeps it. */
    boolean takesPassword() {
        return this == SCRAM_SHA_256 || this == MD5 || this == PASSWORD;
    }
}
