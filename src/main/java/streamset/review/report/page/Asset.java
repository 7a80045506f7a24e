package streamset.review.report.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Objects;

/** A style sheet or a script of this program, written into every page. */
enum Asset {
    STYLE("style", "style.css"),
    SCRIPT("script", "script.js");

    private final String element;
    private final String text;

    Asset(String element, String file) {
        this.element = element;
        this.text = read(file);
    }

    private static String read(String file) {
        try (var resource = Objects.requireNonNull(Asset.class.getResourceAsStream(file), file)) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Html html() {
        return Element.of(element).holds(Html.ofElement(text));
    }

    /** By which a content security policy allows it, and nothing else. */
    String source() {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }
}
