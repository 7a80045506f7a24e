package streamset.conf.hba;

import java.util.Optional;

/**
 * A connection that somebody wants to make.
 *
 * @param database empty for physical replication, which is to no database
 */
record HbaQuestion(HbaConnection connection, HbaClient client, Optional<String> database, String user) {
    HbaQuestion {
        if ((connection == HbaConnection.LOCAL) != (client instanceof HbaClient.Socket)) {
            throw new IllegalArgumentException(connection + " from " + client);
        }
    }

    /** Through the pod's own socket. */
    static HbaQuestion local(String database, String user) {
        return new HbaQuestion(HbaConnection.LOCAL, new HbaClient.Socket(), Optional.of(database), user);
    }
}
