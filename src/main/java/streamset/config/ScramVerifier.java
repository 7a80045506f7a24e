package streamset.config;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
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
        var place = ("streamset, salt\n" + purpose).getBytes(StandardCharsets.UTF_8);
        var salt = Digest.stretched(password, place, ITERATIONS, SALT_BITS);
        var salted = Digest.stretched(password, salt, ITERATIONS, KEY_BITS);
        var stored = Digest.sha256(hmac(salted, "Client Key"));
        return Optional.of("SCRAM-SHA-256$" + ITERATIONS + ":" + base64(salt) + "$" + base64(stored) + ":"
                + base64(hmac(salted, "Server Key")));
    }

    private static boolean isPrintableAscii(int character) {
        return character >= ' ' && character <= '~';
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

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
