package streamset.features.tls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.Map;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;

/** Who signs certificates. */
record Issuer(X500Name name, ECPrivateKeyParameters key) {
    private static final int IDENTIFIER_BYTES = 20; // RFC 7093: the beginning of the digest

    /**
     * A certificate.
     *
     * @param critical the extensions that whoever verifies it must understand
     * @param others further extensions
     * @return its bytes, the same for the same arguments
     */
    byte[] certificate(
            X500Name subject,
            ECPrivateKeyParameters subjectKey,
            BigInteger serial,
            Instant begins,
            Instant expires,
            Map<ASN1ObjectIdentifier, ASN1Encodable> critical,
            Map<ASN1ObjectIdentifier, ASN1Encodable> others) {
        try {
            var builder = new X509v3CertificateBuilder(
                    name, serial, Date.from(begins), Date.from(expires), subject, publicKey(subjectKey));
            for (var extension : critical.entrySet()) {
                builder.addExtension(extension.getKey(), true, extension.getValue());
            }
            for (var extension : others.entrySet()) {
                builder.addExtension(extension.getKey(), false, extension.getValue());
            }
            builder.addExtension(
                    Extension.subjectKeyIdentifier, false, new SubjectKeyIdentifier(identifier(subjectKey)));
            builder.addExtension(Extension.authorityKeyIdentifier, false, new AuthorityKeyIdentifier(identifier(key)));
            return builder.build(new DeterministicSigner(key)).getEncoded();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SubjectPublicKeyInfo publicKey(ECPrivateKeyParameters key) throws IOException {
        return SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(
                new ECPublicKeyParameters(SeededKeys.publicPoint(key), key.getParameters()));
    }

    private static byte[] identifier(ECPrivateKeyParameters key) throws IOException {
        var bits = publicKey(key).getPublicKeyData().getBytes();
        var digest = new SHA256Digest();
        digest.update(bits, 0, bits.length);
        var bytes = new byte[digest.getDigestSize()];
        digest.doFinal(bytes, 0);
        return Arrays.copyOf(bytes, IDENTIFIER_BYTES);
    }
}
