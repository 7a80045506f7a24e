package streamset.plan;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * How a reviewed object shows a node script: by a digest of its text. The text itself lies beside it in
 * {@code src/main/bash}, where a review shows its change line by line, once and not once for each stack.
 */
public final class ScriptDigest {
    private static final String ALGORITHM = "sha256:";
    private static final int DIGITS = 16; // 64 bits: no two of some dozens of scripts share them by accident
    private static final Pattern DIGEST = Pattern.compile(ALGORITHM + "[0-9a-f]{" + DIGITS + "}");
    private static final String SUFFIX = ".sh";
    private static final String TOPOLOGY = "topology.sh"; // what the stack declares, which is read back from the object

    private ScriptDigest() {}

    /** Whether a ConfigMap holds a node script under this key. */
    public static boolean isScript(String key) {
        return key.endsWith(SUFFIX) && !key.equals(TOPOLOGY);
    }

    /**
     * The digest of a script: {@code sha256:} and what {@code sha256sum} of its file begins with.
     *
     * @param text the script, or its digest already, which stays as it is: so a deployed and a reviewed object compare
     */
    public static String of(String text) {
        return DIGEST.matcher(text).matches()
                ? text
                : ALGORITHM + hexadecimal(text).substring(0, DIGITS);
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
