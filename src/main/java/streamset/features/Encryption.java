package streamset.features;

/**
 * The servers have a certificate.
 *
 * @param secret the Secret that has it, with its key and who has signed it
 * @param required whether nobody gets in without TLS
 */
public record Encryption(String secret, boolean required) implements Part {
    /** The volume of the server pods with {@link #secret}. */
    public static final String VOLUME = "tls";

    /** Where it is mounted. The server reads copies that have been tried, and that are its user's alone. */
    public static final String MOUNT = "/etc/streamset/tls";

    /** The variable of pods and Jobs with the path of the file that {@link #ROOT} comes to. */
    public static final String ROOT_VARIABLE = "ROOT_CERTIFICATE";

    /** The variable of pods with names that the certificate must have besides those of the pods. */
    public static final String NAMES_VARIABLE = "TLS_NAMES";

    /** The key of {@link #secret} with who has signed it. */
    public static final String ROOT = "ca.crt";
}
