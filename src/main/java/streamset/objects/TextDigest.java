package streamset.objects;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * In reviewed objects, a digest replaces each text of an immutable object, such as a node script. The text itself is in the
 * repository, where a review shows its changes line by line, once and not once for each stack.
 */
public final class TextDigest {
    private static final String ALGORITHM = "sha256:";
    private static final int DIGITS = 16; // 64 bits: no two of some dozens of scripts share them by accident
    private static final Pattern DIGEST = Pattern.compile(ALGORITHM + "[0-9a-f]{" + DIGITS + "}");

    private TextDigest() {}

    /**
     * The digest of a text: {@code sha256:} and the beginning of its {@code sha256sum}.
     *
     * @param text the text, or its digest, which is returned unchanged: so deployed and reviewed objects can be compared
     */
    public static String of(String text) {
        return DIGEST.matcher(text).matches()
                ? text
                : ALGORITHM + hexadecimal(text).substring(0, DIGITS);
    }

    /** Whether an object is immutable, so that it is shown in this form. */
    public static boolean isFor(JsonNode object) {
        return object.path("immutable").asBoolean(false);
    }

    /** A ConfigMap with the digests of its texts. */
    public static JsonNode ofTexts(JsonNode configMap) {
        var copy = (ObjectNode) configMap.deepCopy();
        var data = copy.putObject("data");
        configMap
                .path("data")
                .properties()
                .forEach(entry -> data.put(entry.getKey(), of(entry.getValue().asString())));
        return copy;
    }

    private static String hexadecimal(String text) {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
