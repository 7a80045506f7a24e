package streamset.features.tls;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.bouncycastle.asn1.sec.SECNamedCurves;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.HKDFParameters;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import streamset.config.CertificateSeed;

/**
 * Keys on the curve P-256, and serial numbers, that are always the same for the same seed and purpose (HKDF, RFC 5869).
 *
 * @param cluster of which the keys are: another one with the same seed has others
 */
record SeededKeys(CertificateSeed seed, String cluster) {
    // Not Ed25519: clients of PostgreSQL cannot bind a login to a connection with such a certificate.
    private static final ECNamedDomainParameters CURVE = new ECNamedDomainParameters(
            SECObjectIdentifiers.secp256r1, SECNamedCurves.getByOID(SECObjectIdentifiers.secp256r1));

    private static final int KEY_BYTES = 48; // 16 more than the key has, so that the rest of the division tells nothing
    private static final int SERIAL_BYTES = 16; // RFC 5280 takes up to 20

    private byte[] bytes(String purpose, int length) {
        var generator = new HKDFBytesGenerator(new SHA256Digest());
        generator.init(new HKDFParameters(utf8(seed.text()), utf8(cluster), utf8(purpose)));
        var bytes = new byte[length];
        generator.generateBytes(bytes, 0, length);
        return bytes;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The private key for this purpose (FIPS 186-5, A.2.1). */
    ECPrivateKeyParameters key(String purpose) {
        var most = CURVE.getN().subtract(BigInteger.ONE);
        var number =
                new BigInteger(1, bytes("key: " + purpose, KEY_BYTES)).mod(most).add(BigInteger.ONE);
        return new ECPrivateKeyParameters(number, CURVE);
    }

    /** The public key of a private one. */
    static ECPoint publicPoint(ECPrivateKeyParameters key) {
        return new FixedPointCombMultiplier().multiply(CURVE.getG(), key.getD());
    }

    /** The serial number of the certificate for this purpose. */
    BigInteger serial(String purpose) {
        return new BigInteger(1, bytes("serial number: " + purpose, SERIAL_BYTES));
    }
}
