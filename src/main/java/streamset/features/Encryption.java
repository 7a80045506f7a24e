package streamset.features;

import java.util.Optional;

/**
 * The servers have a certificate.
 *
 * @param secret the Secret that has it, with its key and who has signed it
 * @param required whether nobody gets in without TLS
 * @param client the certificate with which {@code replicator} connects; empty where pods have none
 */
public record Encryption(String secret, boolean required, Optional<Client> client) implements Part {
    /**
     * A certificate of {@code replicator}.
     *
     * @param secret the Secret that has it, with its key
     * @param required whether the servers let the role in with it alone
     */
    public record Client(String secret, boolean required) {}

    /** The volume of the server pods with {@link #secret}. */
    public static final String VOLUME = "tls";

    /** Where it is mounted. The server reads copies that have been tried, and that are its user's alone. */
    public static final String MOUNT = "/etc/streamset/tls";

    /** The variable of pods and Jobs with the path of the file that {@link #ROOT} comes to. */
    public static final String ROOT_VARIABLE = "ROOT_CERTIFICATE";

    /** The variable of pods with names that the certificate must have besides those of the pods. */
    public static final String NAMES_VARIABLE = "TLS_NAMES";

    /** The volume of the server pods with the certificate of {@code replicator}. */
    public static final String CLIENT_VOLUME = "tls-client";

    /** Where it is mounted; what connects reads copies, as the server does. */
    public static final String CLIENT_MOUNT = "/etc/streamset/tls-client";

    /** The file there with the certificate. */
    public static final String CLIENT_CERTIFICATE = "client.crt";

    /** The file there with its key. */
    public static final String CLIENT_KEY = "client.key";

    /** The variable of pods with the path of the file that {@link #CLIENT_CERTIFICATE} comes to; its key is beside it. */
    public static final String CLIENT_VARIABLE = "CLIENT_CERTIFICATE";

    /** The key of {@link #secret} with who has signed it. */
    public static final String ROOT = "ca.crt";

    /** Whether the servers let {@code replicator} in with a certificate alone. */
    public boolean requiresClient() {
        return client.filter(Client::required).isPresent();
    }
}
