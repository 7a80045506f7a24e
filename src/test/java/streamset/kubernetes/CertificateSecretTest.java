package streamset.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import streamset.cluster.ClusterSpec;
import streamset.cluster.Place;
import streamset.config.StackDraft;
import streamset.features.ServerCertificate;
import streamset.node.DeployedNodes;
import streamset.problems.Problems;

@Tag("unit")
class CertificateSecretTest {
    private static final String SEED = "planted-0123456789-0123456789-0123";

    private static StackDraft draft(String tls) {
        return StackDraft.minimal().with("tls", tls).withSecret("certificateSeed", SEED);
    }

    private static DeclaredStack generated() {
        return DeclaredStack.of(draft("{\"generate\":\"true\"}"));
    }

    private static String file(DeclaredStack stack, String name) {
        var secret = stack.object("Secret", "postgresql-certificate");
        return new String(
                Base64.getDecoder().decode(secret.path("data").path(name).asString()), StandardCharsets.US_ASCII);
    }

    @Test
    void holdsWhatPodsLookForInTheFormOfCertManager() {
        var stack = generated();
        var secret = stack.object("Secret", "postgresql-certificate");
        assertEquals("kubernetes.io/tls", secret.path("type").asString());
        assertEquals(
                List.of("ca.crt", "client.crt", "client.key", "tls.crt", "tls.key"),
                secret.path("data").propertyNames().stream().sorted().toList());
        assertTrue(file(stack, "tls.crt").startsWith("-----BEGIN CERTIFICATE-----\n"));
        assertTrue(file(stack, "tls.key").startsWith("-----BEGIN PRIVATE KEY-----\n"));
        var pod = stack.object("StatefulSet", "postgresql-sfs").toString();
        assertTrue(pod.contains("\"secretName\":\"postgresql-certificate\""), pod);
    }

    @Test
    void isEncryptedInPulumisState() {
        var request = generated().request("Secret", "postgresql-certificate");
        assertTrue(DeclaredStack.isSecret(request, "data"));
        assertFalse(DeclaredStack.isSecret(request, "metadata"));
    }

    @Test
    void comesWithTheDateOnWhichItExpires() {
        var stack = generated();
        assertEquals(
                ServerCertificate.expiry(file(stack, "tls.crt")).orElseThrow().toString(),
                stack.outputs().get("certificateExpires"));
        var command = stack.outputs().get("rootCertificateCommand").toString();
        assertTrue(command.contains(" get secret postgresql-certificate "), command);
    }

    @Test
    void isNotDeclaredWhereAnotherOneIsNamed() {
        var stack = DeclaredStack.of(draft("{\"generate\":\"false\",\"secretName\":\"postgresql-tls\"}"));
        assertEquals(0, stack.requests("Secret").count());
        assertFalse(stack.outputs().containsKey("certificateExpires"));
    }

    /** Nothing but the Secret contains the seed, or what is made from it. */
    @Test
    void standsNowhereElse() {
        var stack = generated();
        var key = file(stack, "tls.key").lines().skip(1).findFirst().orElseThrow();
        assertFalse(stack.outputs().toString().contains(SEED));
        stack.objects()
                .filter(object -> !object.path("kind").asString().equals("Secret"))
                .map(Object::toString)
                .forEach(text -> assertFalse(text.contains(SEED) || text.contains(key), text));
        var secret = stack.object("Secret", "postgresql-certificate").toString();
        assertFalse(secret.contains(Base64.getEncoder().encodeToString(SEED.getBytes(StandardCharsets.US_ASCII))));
    }

    /** The Job that checks an update of running pods tries it. */
    @Test
    void isThereBeforeTheJobThatChecksIt() {
        var raw = draft("{\"generate\":\"true\"}").raw();
        var spec = ClusterSpec.of(raw, Path.of(""), "test", new Problems());
        var stages = ClusterObjects.of(spec, Place.UNKNOWN, DeployedNodes.NONE).stages();
        assertTrue(stages.get(1).awaited().stream()
                .anyMatch(object -> object.purpose().equals("certificate")));
    }
}
