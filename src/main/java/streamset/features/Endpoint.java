package streamset.features;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import streamset.config.KubernetesName;

/**
 * Where an object store is reached, always by HTTPS.
 *
 * @param port empty for that of HTTPS
 */
public record Endpoint(String host, Optional<Integer> port) {
    /** The port of HTTPS. */
    public static final int HTTPS = 443;

    private static final int MOST_PORT = 65535;
    private static final Pattern FORM = Pattern.compile("([a-z0-9.-]+)(?::([1-9]\\d{0,4}))?");
    private static final Pattern SCHEME = Pattern.compile("^(https?)://");
    private static final String WITHOUT_ENCRYPTION = "http";

    /**
     * Reads {@code host} or {@code host:port}.
     *
     * @throws IllegalArgumentException when it is neither
     */
    public static Endpoint parse(String text) {
        var scheme = SCHEME.matcher(text);
        if (scheme.find()) {
            throw new IllegalArgumentException(
                    scheme.group(1).equals(WITHOUT_ENCRYPTION)
                            ? "must be reached by HTTPS, without which everybody on the way could read and change what is stored;"
                                    + " it is a host, or host:port, without a scheme"
                            : "must be a host, or host:port, without a scheme: it is always reached by HTTPS");
        }
        var parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("must be a host or host:port, such as s3.eu-central-1.amazonaws.com");
        }
        KubernetesName.subdomain(parts.group(1));
        var port = Optional.ofNullable(parts.group(2)).map(Integer::valueOf);
        if (port.filter(number -> number > MOST_PORT).isPresent()) {
            throw new IllegalArgumentException("must have a port of at most " + MOST_PORT);
        }
        return new Endpoint(parts.group(1), port);
    }

    /** The endpoint in the address of something there: without scheme and path, in lower case. */
    static Optional<String> likely(String text) {
        return Optional.of(
                SCHEME.matcher(text.toLowerCase(Locale.ROOT)).replaceFirst("").replaceFirst("/.*$", ""));
    }

    /** The port that a connection needs. */
    public int connected() {
        return port.orElse(HTTPS);
    }

    @Override
    public String toString() {
        return host + port.map(number -> ":" + number).orElse("");
    }
}
