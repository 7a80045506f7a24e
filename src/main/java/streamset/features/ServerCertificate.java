package streamset.features;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A certificate that the program makes for the servers, in a Secret that it declares.
 *
 * @param files what is in the Secret, by name: texts in PEM, or placeholders where only the engine knows what they are made from
 * @param expires the last moment at which it is valid
 */
public record ServerCertificate(Map<String, String> files, Instant expires) implements Part {
    /** The file with the certificate itself. */
    public static final String CERTIFICATE = "tls.crt";

    /** The file with its key. */
    public static final String KEY = "tls.key";

    public ServerCertificate {
        files = new TreeMap<>(files);
    }

    /** When a certificate ends; empty for a text that is none. */
    public static Optional<Instant> expiry(String pem) {
        try {
            var text = new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8));
            var certificate =
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(text);
            return Optional.of(certificate.getNotAfter().toInstant());
        } catch (CertificateException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "ServerCertificate[" + expires + "]"; // a record's default text would put the key into logs
    }
}
