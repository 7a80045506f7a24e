package streamset.config;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** Short fingerprints that reveal changes. */
public final class Digest {
    private static final int LENGTH = 16; // hexadecimal digits: no collision among the revisions of one stack

    // The fingerprint of a secret is part of a name that everybody can read. It is so short that a list of guesses
    // tested
    // against it leaves false matches, and so slow (about 0.1 s) that such a list must be short.
    private static final int SECRET_BITS = 24; // one change in 16 million goes unnoticed
    private static final int ITERATIONS = 10_000;

    private Digest() {}

    /** The fingerprint of some texts, in this order. */
    public static String of(String... parts) {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            for (String part : parts) {
                var bytes = part.getBytes(StandardCharsets.UTF_8);
                // so that ("ab", "c") differs from ("a", "bc")
                sha.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
                sha.update(bytes);
            }
            return HexFormat.of().formatHex(sha.digest()).substring(0, LENGTH);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * The short fingerprint of a secret, by PBKDF2.
     *
     * @param salt gives the same secret another fingerprint elsewhere
     */
    public static String ofSecret(String secret, String salt) {
        try {
            var spec = new PBEKeySpec(
                    secret.toCharArray(), salt.getBytes(StandardCharsets.UTF_8), ITERATIONS, SECRET_BITS);
            return HexFormat.of()
                    .formatHex(SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                            .generateSecret(spec)
                            .getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has PBKDF2WithHmacSHA256", e);
        }
    }
}
