package streamset.features.databases;

import java.util.Set;
import java.util.regex.Pattern;

/** The names of roles that can be declared: those that can be keys of a Secret too. */
final class RoleName {
    private static final Pattern KEY = Pattern.compile("(?!\\.(\\.|$))[-._A-Za-z0-9]+");
    private static final Set<String> RESERVED =
            Set.of("postgres", "replicator", "streamset", "streamset_metrics", "streamset_patroni", "public", "none");
    private static final String OF_POSTGRESQL = "pg_";

    private RoleName() {}

    /**
     * @return the name itself
     * @throws IllegalArgumentException when no role can be declared by it
     */
    static String of(String name) {
        if (RESERVED.contains(name) || name.startsWith(OF_POSTGRESQL)) {
            throw new IllegalArgumentException("is a role, or a word, of PostgreSQL or of this program");
        }
        if (!KEY.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "must have only letters, digits, '-', '_' and '.', and be neither '.' nor"
                            + " begin with '..': it is also the key of its password in the Secret");
        }
        return DatabaseName.fitting(name);
    }
}
