package streamset.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Collections;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class KubernetesNameTest {
    private static final String NO_LABEL =
            "must be a DNS label: lower-case letters, digits and '-', a letter or digit at both ends";

    @ParameterizedTest
    @ValueSource(strings = {"a", "0", "postgresql", "k8s-training", "a--b", "9lives"})
    void labelsAreTakenAsTheyAre(String text) {
        assertEquals(text, KubernetesName.label(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cluster.local", "a", "1.2.3", "my-cluster.example.org"})
    void subdomainsAreTakenAsTheyAre(String text) {
        assertEquals(text, KubernetesName.subdomain(text));
    }

    @Test
    void namesOfTheGreatestLengthAreTaken() {
        assertEquals("a".repeat(63), KubernetesName.label("a".repeat(63)));
        assertEquals(subdomainOf(253), KubernetesName.subdomain(subdomainOf(253)));
    }

    private static String subdomainOf(int length) {
        return String.join(".", Collections.nCopies(length / 2 + 1, "a")).substring(0, length);
    }

    @Nested
    class Refuses {
        @ParameterizedTest
        @ValueSource(strings = {"", "-", "-a", "a-", "A", "a_b", "a.b", "a b", "ä", "a\n"})
        void whatIsNoLabel(String text) {
            refused(NO_LABEL, KubernetesName::label, text);
        }

        @Test
        void labelsThatAreTooLong() {
            refused("must have at most 63 characters, this has 64", KubernetesName::label, "a".repeat(64));
        }

        @ParameterizedTest
        @ValueSource(strings = {"9lives", "0"})
        void servicesThatStartWithADigit(String text) {
            refused(
                    "must start with a letter, because Services are named after it",
                    KubernetesName::serviceLabel,
                    text);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", ".", ".local", "local.", "a..b", "Cluster.local"})
        void whatIsNoSubdomain(String text) {
            refused(NO_LABEL, KubernetesName::subdomain, text);
        }

        @Test
        void subdomainsThatAreTooLong() {
            refused("must have at most 253 characters", KubernetesName::subdomain, subdomainOf(255));
        }

        private void refused(String reason, UnaryOperator<String> rule, String text) {
            var refusal = assertThrows(IllegalArgumentException.class, () -> rule.apply(text));
            assertEquals(reason, refusal.getMessage());
        }
    }
}
