package streamset.config;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a server stores of a password (RFC 5803). {@code ALTER ROLE … PASSWORD} and {@code initdb --pwfile} take it as it is. With it a
 * server recognizes the password, and nobody can log in.
 */
public final class ScramVerifier {
    private static final int ITERATIONS = 4096; // as psql and the server make them
    private static final int SALT_BITS = 128;
    private static final int KEY_BITS = 256;

    private ScramVerifier() {}

    /**
     * The same for the same password and purpose, so that no update shows a change where there is none.
     *
     * @param password one outside printable ASCII has no verifier: PostgreSQL normalizes it first, by rules of its own
     * @param purpose gives the same password another verifier elsewhere
     */
    public static Optional<String> of(String password, String purpose) {
        if (password.isEmpty() || !password.chars().allMatch(ScramVerifier::isPrintableAscii)) {
            return Optional.empty();
        }
        // as slow to guess by as the rest of the verifier, because everybody who has that has the salt
        var salt = stretched(password, ("streamset, salt\n" + purpose).getBytes(StandardCharsets.UTF_8), SALT_BITS);
        var salted = stretched(password, salt, KEY_BITS);
        var stored = sha256(hmac(salted, "Client Key"));
        return Optional.of("SCRAM-SHA-256$" + ITERATIONS + ":" + base64(salt) + "$" + base64(stored) + ":"
                + base64(hmac(salted, "Server Key")));
    }

    private static boolean isPrintableAscii(int character) {
        return character >= ' ' && character <= '~';
    }

    private static byte[] stretched(String password, byte[] salt, int bits) {
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(new PBEKeySpec(password.toCharArray(), salt, ITERATIONS, bits))
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has PBKDF2WithHmacSHA256", e);
        }
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
