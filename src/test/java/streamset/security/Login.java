package streamset.security;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How a client connects.
 *
 * @param password empty for none
 * @param settings others of libpq's
 */
record Login(String user, String database, String password, Map<String, String> settings) {
    private static final String SSL_MODE = "sslmode";
    private static final String REPLICATION = "replication";

    Login {
        settings = Map.copyOf(settings);
    }

    /** With TLS, and with the server verified, as the outputs of a stack say. */
    static Login of(String user, String database, String password) {
        return new Login(user, database, password, Map.of(SSL_MODE, "verify-full"));
    }

    Login with(String setting, String value) {
        var all = new TreeMap<>(settings);
        all.put(setting, value);
        return new Login(user, database, password, all);
    }

    /** With a wrong password. */
    Login mistyped() {
        return new Login(user, database, password + "x", settings);
    }

    /** With none. */
    Login without() {
        return new Login(user, database, "", settings);
    }

    /** To another database. */
    Login to(String other) {
        return new Login(user, other, password, settings);
    }

    Login withoutTls() {
        return with(SSL_MODE, "disable");
    }

    /** As a standby does: not to a database, but for the WAL of all. */
    Login forReplication() {
        return with(REPLICATION, "true");
    }

    boolean usesTls() {
        return !settings.get(SSL_MODE).equals("disable");
    }

    boolean isForReplication() {
        return settings.containsKey(REPLICATION);
    }

    /** For libpq, without the password, which no command line may show. */
    String words() {
        var all = new TreeMap<>(settings);
        all.put("user", user);
        all.put("dbname", database);
        return all.entrySet().stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue())
                .collect(Collectors.joining(" "));
    }
}
