package streamset.config;

import java.util.Optional;
import streamset.problems.ConfigCommand;

/**
 * A random text from which the program makes the keys of certificates: whoever knows it can pass as a server.
 *
 * @param text at least {@value #LEAST} characters
 */
public record CertificateSeed(String text) {
    /** Where it is set. */
    public static final String KEY = "certificateSeed";

    // base64 of 24 random bytes: the root certificate is public, so shorter ones could be guessed from it
    private static final int LEAST = 32;

    private static final String RANDOM = "\"$(openssl rand -base64 32)\"";

    /** Reads it; empty when it is not set, or cannot be used. */
    public static Optional<CertificateSeed> read(Section keys) {
        var text = keys.value(KEY, String::strip, "", RANDOM);
        if (text.isEmpty() || keys.isFaulty(KEY)) {
            return Optional.empty();
        }
        if (!keys.isSecret(KEY)) {
            refuse(
                    keys,
                    Section.CLEAR_TEXT,
                    "must be stored encrypted; the clear text stays in the history of the file, so it takes another one");
        }
        var seed = new CertificateSeed(text);
        if (!seed.isHidden() && text.length() < LEAST) {
            refuse(keys, FieldProblems.HIDDEN, "must be random, and have at least " + LEAST + " characters");
        }
        return Optional.of(seed);
    }

    /** Adds the problem that there is none. */
    public static void refuseMissing(Section keys) {
        refuse(keys, Section.NOT_SET, "the keys of generated certificates are made from it, and it is not set");
    }

    private static void refuse(Section keys, String value, String reason) {
        keys.problem(KEY, value, reason, new ConfigCommand(ConfigOrigin.OWN_KEYS, KEY, true).set(RANDOM));
    }

    /** Whether it is encrypted, and stands for one that only the engine knows. */
    public boolean isHidden() {
        return text.equals(FieldProblems.HIDDEN);
    }

    @Override
    public String toString() {
        return "CertificateSeed[secret]"; // a record's default text would put it into logs
    }
}
