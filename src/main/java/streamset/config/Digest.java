package streamset.config;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** Short fingerprints, by which a change is noticed. */
public final class Digest {
    private static final int LENGTH =
            16; // hexadecimal characters, 64 bits: no collision among the revisions of one stack
    private static final int ITERATIONS = 100_000; // about 50 ms: makes guessing a password from its fingerprint slow
    private static final int KEY_BITS = LENGTH * 4;

    private Digest() {}

    /** The fingerprint of some texts, in this order. */
    public static String of(String... parts) {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            for (String part : parts) {
                var bytes = part.getBytes(StandardCharsets.UTF_8);
                sha.update((bytes.length + ":")
                        .getBytes(StandardCharsets.UTF_8)); // so that ("ab", "c") is not ("a", "bc")
                sha.update(bytes);
            }
            return HexFormat.of().formatHex(sha.digest()).substring(0, LENGTH);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * The fingerprint of a secret, for a place that everybody can read. PBKDF2, because a plain hash could be searched for
     * at billions of guesses a second.
     *
     * @param salt makes the same secret look different elsewhere
     */
    public static String ofSecret(String secret, String salt) {
        try {
            var spec =
                    new PBEKeySpec(secret.toCharArray(), salt.getBytes(StandardCharsets.UTF_8), ITERATIONS, KEY_BITS);
            return HexFormat.of()
                    .formatHex(SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                            .generateSecret(spec)
                            .getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has PBKDF2WithHmacSHA256", e);
        }
    }
}
