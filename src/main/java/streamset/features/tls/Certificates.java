package streamset.features.tls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyInfoFactory;
import streamset.config.CertificateSeed;
import streamset.config.Names;
import streamset.features.Encryption;
import streamset.features.ServerCertificate;

/**
 * The certificate of a cluster's servers, and the root that signs it. All of it is computed from the seed, the names and the
 * quarter of the year, so nothing has to be kept: neither the key of the root, nor what the last update made.
 */
final class Certificates {
    private static final int NO_INTERMEDIATES = 0; // the root signs servers, and no other authorities
    private static final int PEM_COLUMNS = 64;
    private static final List<byte[]> ALL_ADDRESSES = List.of(new byte[8], new byte[32]); // 0.0.0.0/0 and ::/0
    private static final String LOCALHOST = "localhost";

    private final Names names;
    private final Validity validity;
    private final SeededKeys keys;
    private final Issuer root;

    private Certificates(CertificateSeed seed, Names names, Validity validity) {
        this.names = names;
        this.validity = validity;
        this.keys = new SeededKeys(seed, names.namespace() + "/" + names.prefix());
        this.root = new Issuer(subject(names.prefix() + " root"), keys.key("root"));
    }

    /** What the Secret of the servers contains; placeholders where the seed is not known. */
    static ServerCertificate of(CertificateSeed seed, Names names, Validity validity) {
        if (seed.isHidden()) {
            var files = Map.of(
                    ServerCertificate.CERTIFICATE,
                    seed.text(),
                    ServerCertificate.KEY,
                    seed.text(),
                    Encryption.CLIENT_CERTIFICATE,
                    seed.text(),
                    Encryption.CLIENT_KEY,
                    seed.text(),
                    Encryption.ROOT,
                    seed.text());
            return new ServerCertificate(files, validity.expires());
        }
        return new Certificates(seed, names, validity).made();
    }

    private ServerCertificate made() {
        var key = keys.key("servers " + validity.word());
        var clientKey = keys.key("replicator " + validity.word());
        var files = Map.of(
                ServerCertificate.CERTIFICATE, pem("CERTIFICATE", ofServers(key)),
                ServerCertificate.KEY, pem("PRIVATE KEY", encoded(key)),
                Encryption.CLIENT_CERTIFICATE, pem("CERTIFICATE", ofReplicator(clientKey)),
                Encryption.CLIENT_KEY, pem("PRIVATE KEY", encoded(clientKey)),
                Encryption.ROOT, pem("CERTIFICATE", ofRoot()));
        return new ServerCertificate(files, validity.expires());
    }

    private byte[] ofRoot() {
        var critical = new LinkedHashMap<ASN1ObjectIdentifier, ASN1Encodable>();
        critical.put(Extension.basicConstraints, new BasicConstraints(NO_INTERMEDIATES));
        critical.put(Extension.keyUsage, new KeyUsage(KeyUsage.keyCertSign));
        critical.put(Extension.nameConstraints, constraints());
        return root.certificate(
                root.name(),
                root.key(),
                keys.serial("root"),
                Validity.ROOT_BEGINS,
                Validity.ROOT_EXPIRES,
                critical,
                Map.of());
    }

    private byte[] ofServers(ECPrivateKeyParameters key) {
        var others = new LinkedHashMap<ASN1ObjectIdentifier, ASN1Encodable>();
        others.put(Extension.extendedKeyUsage, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
        others.put(
                Extension.subjectAlternativeName,
                new GeneralNames(dns(Stream.concat(Stream.of("*." + names.host(names.headlessService())), services()))
                        .toArray(GeneralName[]::new)));
        return leaf(names.prefix() + " servers", "servers ", key, others);
    }

    /** For clients alone, so whoever has got hold of it cannot pass as a server. */
    private byte[] ofReplicator(ECPrivateKeyParameters key) {
        return leaf(
                "replicator",
                "replicator ",
                key,
                Map.of(Extension.extendedKeyUsage, new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth)));
    }

    private byte[] leaf(
            String subject,
            String purpose,
            ECPrivateKeyParameters key,
            Map<ASN1ObjectIdentifier, ASN1Encodable> others) {
        var critical = new LinkedHashMap<ASN1ObjectIdentifier, ASN1Encodable>();
        critical.put(Extension.basicConstraints, new BasicConstraints(false));
        critical.put(Extension.keyUsage, new KeyUsage(KeyUsage.digitalSignature));
        return root.certificate(
                subject(subject),
                key,
                keys.serial(purpose + validity.word()),
                validity.begins(),
                validity.expires(),
                critical,
                others);
    }

    /** With it, whoever trusts the root trusts it for the names of this cluster, and for nothing else. */
    private NameConstraints constraints() {
        var permitted = dns(Stream.concat(Stream.of(names.host(names.headlessService())), services()));
        var excluded =
                ALL_ADDRESSES.stream().map(range -> new GeneralName(GeneralName.iPAddress, new DEROctetString(range)));
        return new NameConstraints(subtrees(permitted), subtrees(excluded));
    }

    private Stream<String> services() {
        return Stream.of(names.host(names.primaryService()), names.host(names.readService()), LOCALHOST);
    }

    private static Stream<GeneralName> dns(Stream<String> hosts) {
        return hosts.map(host -> new GeneralName(GeneralName.dNSName, host));
    }

    private static GeneralSubtree[] subtrees(Stream<GeneralName> names) {
        return names.map(GeneralSubtree::new).toArray(GeneralSubtree[]::new);
    }

    private static X500Name subject(String name) {
        return new X500NameBuilder().addRDN(BCStyle.CN, name).build();
    }

    static byte[] encoded(ECPrivateKeyParameters key) {
        try {
            return PrivateKeyInfoFactory.createPrivateKeyInfo(key).getEncoded();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String pem(String kind, byte[] bytes) {
        var lines = Base64.getMimeEncoder(PEM_COLUMNS, "\n".getBytes(StandardCharsets.US_ASCII));
        return "-----BEGIN " + kind + "-----\n" + lines.encodeToString(bytes) + "\n-----END " + kind + "-----\n";
    }
}
