package streamset.conf.hba;

import static streamset.conf.hba.HbaConnection.GSS;
import static streamset.conf.hba.HbaConnection.LOCAL;
import static streamset.conf.hba.HbaConnection.PLAIN;
import static streamset.conf.hba.HbaConnection.SSL;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The first word of a line of pg_hba.conf: the kinds of connections that it fits. */
enum HbaType {
    LOCAL_SOCKET("local", LOCAL),
    HOST("host", PLAIN, SSL, GSS),
    HOSTSSL("hostssl", SSL),
    HOSTNOSSL("hostnossl", PLAIN, GSS),
    HOSTGSSENC("hostgssenc", GSS),
    HOSTNOGSSENC("hostnogssenc", PLAIN, SSL);

    private final String word;
    private final Set<HbaConnection> connections;

    HbaType(String word, HbaConnection... connections) {
        this.word = word;
        this.connections = Set.of(connections);
    }

    static Optional<HbaType> of(String word) {
        return Arrays.stream(values()).filter(type -> type.word.equals(word)).findAny();
    }

    static List<String> words() {
        return Arrays.stream(values()).map(HbaType::word).toList();
    }

    String word() {
        return word;
    }

    boolean fits(HbaConnection connection) {
        return connections.contains(connection);
    }

    /** Whether it fits every connection that another type fits. */
    boolean covers(HbaType other) {
        return connections.containsAll(other.connections);
    }
}
