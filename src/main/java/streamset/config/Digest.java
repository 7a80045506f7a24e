package streamset.config;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** Short fingerprints that reveal changes, and what they are made with. */
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
        var sha = newSha256();
        for (String part : parts) {
            var bytes = part.getBytes(StandardCharsets.UTF_8);
            // so that ("ab", "c") differs from ("a", "bc")
            sha.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
            sha.update(bytes);
        }
        return HexFormat.of().formatHex(sha.digest()).substring(0, LENGTH);
    }

    /**
     * The short fingerprint of a secret, by PBKDF2.
     *
     * @param salt gives the same secret another fingerprint elsewhere
     */
    public static String ofSecret(String secret, String salt) {
        var bytes = stretched(secret, salt.getBytes(StandardCharsets.UTF_8), ITERATIONS, SECRET_BITS);
        return HexFormat.of().formatHex(bytes);
    }

    /** PBKDF2 with HMAC-SHA-256 (RFC 8018). */
    static byte[] stretched(String secret, byte[] salt, int iterations, int bits) {
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(new PBEKeySpec(secret.toCharArray(), salt, iterations, bits))
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has PBKDF2WithHmacSHA256", e);
        }
    }

    /** SHA-256, whole. */
    public static byte[] sha256(byte[] bytes) {
        return newSha256().digest(bytes);
    }

    private static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
