package streamset.features.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import streamset.config.CertificateSeed;
import streamset.config.Names;
import streamset.features.ServerCertificate;

@Tag("unit")
class CertificatesTest {
    private static final CertificateSeed SEED = new CertificateSeed("planted-0123456789-0123456789-0123");
    private static final Names NAMES = new Names("postgresql", "shop", "k.test");
    private static final Instant TODAY = Instant.parse("2026-11-27T12:00:00Z");

    private static Validity at(Instant moment) {
        return Validity.at(Clock.fixed(moment, ZoneOffset.UTC));
    }

    private static ServerCertificate made(CertificateSeed seed, Names names, Instant moment) {
        return Certificates.of(seed, names, at(moment));
    }

    private static ServerCertificate made() {
        return made(SEED, NAMES, TODAY);
    }

    private static X509Certificate read(ServerCertificate made, String file) throws GeneralSecurityException {
        var text = made.files().get(file).getBytes(StandardCharsets.US_ASCII);
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(text));
    }

    private static ECPrivateKey key(ServerCertificate made) throws GeneralSecurityException {
        var base64 = made.files().get("tls.key").replaceAll("-----.*?-----|\n", "");
        return (ECPrivateKey) KeyFactory.getInstance("EC")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
    }

    private static List<String> namesOf(X509Certificate certificate) throws GeneralSecurityException {
        return certificate.getSubjectAlternativeNames().stream()
                .map(name -> name.get(1).toString())
                .toList();
    }

    @Test
    void hasTheNamesByWhichServersAreReached() throws GeneralSecurityException {
        assertEquals(
                List.of(
                        "*.postgresql-svc.shop.svc.k.test",
                        "postgresql-primary.shop.svc.k.test",
                        "postgresql-read.shop.svc.k.test",
                        "localhost"),
                namesOf(read(made(), "tls.crt")));
    }

    @Test
    void isSignedByTheRootAndHasTheKeyBesideIt() throws GeneralSecurityException {
        var server = read(made(), "tls.crt");
        var root = read(made(), "ca.crt");
        server.verify(root.getPublicKey());
        root.verify(root.getPublicKey());
        assertEquals(root.getSubjectX500Principal(), server.getIssuerX500Principal());
        assertEquals(0, root.getBasicConstraints());
        assertEquals(-1, server.getBasicConstraints());

        var signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(key(made()));
        signature.update(new byte[] {1, 2, 3});
        var signed = signature.sign();
        signature.initVerify(server.getPublicKey());
        signature.update(new byte[] {1, 2, 3});
        assertTrue(signature.verify(signed));
    }

    /** Running clusters would get another root, which their clients do not know. */
    @Test
    void isTheSameInEveryVersionOfTheProgram() throws GeneralSecurityException {
        assertEquals(
                "ca67f71f125c3195548e100a791aeb2e7be564fc307d4747824842415474595b",
                digest(name -> !name.startsWith("client.")));
        assertEquals("4d13055a14f3af2f0aa209a453c3b3ee388e26ca346d1d3791fc3004c50c7e38", digest(name -> true));
    }

    private static String digest(Predicate<String> files) throws GeneralSecurityException {
        var digest = MessageDigest.getInstance("SHA-256");
        made().files().forEach((name, text) -> {
            if (files.test(name)) {
                digest.update((name + text).getBytes(StandardCharsets.US_ASCII));
            }
        });
        return HexFormat.of().formatHex(digest.digest());
    }

    @Test
    void isTheSameOnEveryDayOfAQuarter() {
        var first = made(SEED, NAMES, Instant.parse("2026-10-01T00:00:00Z"));
        assertEquals(first, made());
        assertEquals(first, made(SEED, NAMES, Instant.parse("2026-12-31T23:59:59Z")));
    }

    @Test
    void changesWithTheQuarterWhileTheRootStays() throws GeneralSecurityException {
        var next = made(SEED, NAMES, Instant.parse("2027-01-01T00:00:00Z"));
        assertEquals(made().files().get("ca.crt"), next.files().get("ca.crt"));
        assertNotEquals(made().files().get("tls.crt"), next.files().get("tls.crt"));
        assertNotEquals(key(made()), key(next));
        assertNotEquals(
                read(made(), "tls.crt").getSerialNumber(), read(next, "tls.crt").getSerialNumber());
    }

    @ParameterizedTest
    @CsvSource({
        "2026-10-01T00:00:00Z, 2026-09-30T00:00:00Z, 2027-11-01T23:59:59Z",
        "2026-12-31T23:59:59Z, 2026-09-30T00:00:00Z, 2027-11-01T23:59:59Z",
        "2027-01-01T00:00:00Z, 2026-12-31T00:00:00Z, 2028-02-01T23:59:59Z",
        "2028-02-29T08:00:00Z, 2027-12-31T00:00:00Z, 2029-01-31T23:59:59Z",
        "2028-06-30T23:59:59Z, 2028-03-31T00:00:00Z, 2029-05-02T23:59:59Z"
    })
    void isValidForThirteenMonthsFromTheDayBeforeTheQuarter(Instant moment, Instant begins, Instant expires)
            throws GeneralSecurityException {
        var made = made(SEED, NAMES, moment);
        var server = read(made, "tls.crt");
        assertEquals(begins, server.getNotBefore().toInstant());
        assertEquals(expires, server.getNotAfter().toInstant());
        assertEquals(expires, made.expires());
        assertEquals(Duration.ofDays(398), Duration.between(begins, expires.plusSeconds(1)));
        assertTrue(moment.plus(Duration.ofDays(304)).isBefore(expires));
    }

    @Test
    void theRootNeverExpires() throws GeneralSecurityException {
        var root = read(made(), "ca.crt");
        assertEquals(Instant.parse("2026-01-01T00:00:00Z"), root.getNotBefore().toInstant());
        assertEquals(Instant.parse("9999-12-31T23:59:59Z"), root.getNotAfter().toInstant());
    }

    @Test
    void anotherClusterOrAnotherSeedHasAnotherRoot() throws GeneralSecurityException {
        var own = read(made(), "ca.crt").getPublicKey();
        for (var other : List.of(
                made(new CertificateSeed(SEED.text() + "4"), NAMES, TODAY),
                made(SEED, new Names("postgresql", "other", "k.test"), TODAY),
                made(SEED, new Names("orders", "shop", "k.test"), TODAY))) {
            assertNotEquals(own, read(other, "ca.crt").getPublicKey());
        }
    }

    @Test
    void holdsPlaceholdersWhereOnlyTheEngineKnowsTheSeed() {
        var hidden = made(new CertificateSeed("[secret]"), NAMES, TODAY);
        assertEquals(
                Collections.nCopies(5, "[secret]"), List.copyOf(hidden.files().values()));
    }

    @Test
    void isNeverShown() {
        assertEquals("ServerCertificate[2027-11-01T23:59:59Z]", made().toString());
        assertFalse(SEED.toString().contains("planted"));
    }
}
