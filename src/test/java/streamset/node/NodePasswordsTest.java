package streamset.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import streamset.config.Credentials.Passwords;
import streamset.config.ScramVerifier;

@Tag("unit")
class NodePasswordsTest {
    private static NodePasswords of(String postgres) {
        return new NodePasswords(new Passwords(postgres, "of replicator"), Map.of("orders", "of orders"), "here");
    }

    @Test
    void haveAVerifierOfTheSuperusersPasswordAndWhatFollowsFromIt() {
        var byKey = of("hunter2").byKey();

        assertEquals(
                Set.of("orders", "postgres", "replicator", "streamset", "streamset_metrics", "streamset_patroni"),
                byKey.keySet());
        assertEquals(ScramVerifier.of("hunter2", "here").orElseThrow(), byKey.get("postgres"));
        assertEquals("of replicator", byKey.get("replicator"));
        assertEquals("of orders", byKey.get("orders"));
        assertFalse(byKey.toString().contains("hunter2"));
    }

    /** printf 'streamset, role of the nodes\nhunter2' | sha256sum */
    @Test
    void areWhatPodsWithThePasswordCompute() {
        var byKey = of("hunter2").byKey();

        assertEquals("e3c1c3be83bb78cae0d0d00ff210acc27b2acdd17fd06de7582d7c9d86be0e0f", byKey.get("streamset"));
        assertEquals(
                "3fb68e3c3a9ca0ae208eac80f17424a947fa523430a1315a76ee32a2b06c782c", byKey.get("streamset_metrics"));
        assertEquals(
                "74399e29d9a343630b71462dbc736634cab2b848284e74967bd6a4e9b75c5dc4", byKey.get("streamset_patroni"));
    }

    @Test
    void haveThePasswordItselfWhereItHasNoVerifier() {
        assertEquals("größer", of("größer").byKey().get("postgres"));
    }

    @Test
    void areNotShown() {
        assertTrue(of("hunter2").toString().endsWith("[secret]"));
    }
}
