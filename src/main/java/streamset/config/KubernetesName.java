package streamset.config;

import java.util.ArrayList;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The rules for names of Kubernetes objects (RFC 1123 labels and subdomains). */
public final class KubernetesName {
    // characters; RFC 1123, and Kubernetes' limit for a Service, a pod's host name, a label
    static final int LABEL_LIMIT = 63;
    private static final int SUBDOMAIN_LIMIT = 253; // characters; RFC 1123
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");

    private KubernetesName() {}

    /**
     * @return the text itself
     * @throws IllegalArgumentException when it is not a DNS label
     */
    public static String label(String text) {
        if (!LABEL.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "must be a DNS label: lower-case letters, digits and '-', a letter or digit at both ends");
        }
        if (text.length() > LABEL_LIMIT) {
            throw new IllegalArgumentException(
                    "must have at most " + LABEL_LIMIT + " characters, this has " + text.length());
        }
        return text;
    }

    /**
     * A label that a Service name can begin with: unlike other objects' names (RFC 1123) it must not start with a digit
     * (RFC 1035).
     *
     * @return the text itself
     * @throws IllegalArgumentException when it is not such a label
     */
    public static String serviceLabel(String text) {
        if (!text.isEmpty() && Character.isDigit(text.charAt(0))) {
            throw new IllegalArgumentException("must start with a letter, because Services are named after it");
        }
        return label(text);
    }

    /** The label that is nearest to a text: in lower case, with dashes for all that a label cannot have. */
    static Optional<String> likelyLabel(String text) {
        return Optional.of(text.toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9]+", "-")
                        .replaceAll("^-|-$", ""))
                .filter(label -> isAlike(label, text));
    }

    /** The DNS name that is nearest to a text. */
    public static Optional<String> likely(String text) {
        var labels = new ArrayList<String>();
        for (String part : text.split("\\.")) {
            likelyLabel(part).ifPresent(labels::add);
        }
        return labels.isEmpty() ? Optional.empty() : Optional.of(String.join(".", labels));
    }

    /** Whether no letter or digit of the text is lost, and it is no object or list, as the engine hands them over. */
    private static boolean isAlike(String label, String text) {
        return !label.isEmpty() && text.chars().noneMatch(c -> c > 'z' || c == '[');
    }

    /**
     * @return the text itself
     * @throws IllegalArgumentException when it is not a DNS name (labels with dots between them)
     */
    public static String subdomain(String text) {
        for (String part : text.split("\\.", -1)) {
            label(part);
        }
        if (text.length() > SUBDOMAIN_LIMIT) {
            throw new IllegalArgumentException("must have at most " + SUBDOMAIN_LIMIT + " characters");
        }
        return text;
    }
}
