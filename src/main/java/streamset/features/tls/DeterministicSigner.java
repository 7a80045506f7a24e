package streamset.features.tls;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.DSADigestSigner;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.operator.ContentSigner;

/** Signs with ECDSA and SHA-256, without random numbers: the same text has the same signature (RFC 6979). */
record DeterministicSigner(ECPrivateKeyParameters key, ByteArrayOutputStream text) implements ContentSigner {
    DeterministicSigner(ECPrivateKeyParameters key) {
        this(key, new ByteArrayOutputStream());
    }

    @Override
    public AlgorithmIdentifier getAlgorithmIdentifier() {
        return new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
    }

    @Override
    public OutputStream getOutputStream() {
        return text;
    }

    @Override
    public byte[] getSignature() {
        var ecdsa = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
        var signer = new DSADigestSigner(ecdsa, new SHA256Digest());
        signer.init(true, key);
        var bytes = text.toByteArray();
        signer.update(bytes, 0, bytes.length);
        return signer.generateSignature();
    }
}
