package streamset.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import streamset.problems.Problem;
import tools.jackson.dataformat.yaml.YAMLMapper;

@Tag("unit")
class ConfigOriginTest {
    private static final ConfigOrigin ORDERS = new ConfigOrigin.StackKeys("orders");
    private static final ConfigOrigin TEXT = new ConfigOrigin.Text("billing.yaml");

    @Test
    void callsEveryKeyByItsNameThere() {
        new YAMLMapper()
                .readTree(Path.of("Pulumi.yaml"))
                .get("config")
                .propertyNames()
                .forEach(key -> {
                    var name = key.replaceFirst("^streamset:", "");
                    var sentence = "is set together with " + key + "; " + key + ".part too";
                    assertEquals(sentence, ConfigOrigin.OWN.words(sentence));
                    assertEquals(
                            "is set together with orders:" + name + "; orders:" + name + ".part too",
                            ORDERS.words(sentence));
                    assertEquals("is set together with " + name + "; " + name + ".part too", TEXT.words(sentence));
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pulumi config rm streamset:replica|pulumi config rm orders:replica|delete replica in billing.yaml",
                "pulumi config set streamset:replicas 5, then: pulumi up"
                        + "|pulumi config set orders:replicas 5, then: pulumi up"
                        + "|replicas: 5 in billing.yaml, then: pulumi up",
                "pulumi config rm --path 'streamset:parameters[\"a.b\"]'"
                        + "|pulumi config rm --path 'orders:parameters[\"a.b\"]'"
                        + "|delete a.b of parameters in billing.yaml",
                "pulumi config set streamset:image streamset:18|pulumi config set orders:image streamset:18"
                        + "|image: \"streamset:18\" in billing.yaml",
                "pulumi config set kubernetes:context kind|pulumi config set kubernetes:context kind"
                        + "|pulumi config set kubernetes:context kind",
                "the image acme/streamset:version|the image acme/streamset:version|the image acme/streamset:version"
            })
    void changesKeysThereByCommandsOrEdits(String words, String inOrders, String inText) {
        assertEquals(inOrders, ORDERS.words(words));
        assertEquals(inText, TEXT.words(words));
        assertEquals(words, ConfigOrigin.OWN.words(words));
    }

    @Test
    void saysHowATextGetsPasswords() {
        assertEquals(
                "RawConfig.withPasswords; or secretName: <an existing Secret> in billing.yaml",
                TEXT.words(
                        "pulumi config set --secret --path 'streamset:passwords.postgres' \"$(openssl rand -base64 24)\""));
    }

    @Test
    void saysHowATextGetsWhatCertificatesAreMadeFrom() {
        assertEquals(
                "RawConfig.withCertificateSeed",
                TEXT.words("pulumi config set --secret streamset:certificateSeed \"$(openssl rand -base64 32)\""));
    }

    @Test
    void putsAWholeProblemIntoItsWords() {
        var problem = new Problem(
                "streamset:replica",
                "streamset:replica",
                "did you mean streamset:replicas?",
                "pulumi config rm streamset:replica");
        assertEquals(
                new Problem(
                        "orders:replica",
                        "streamset:replica",
                        "did you mean orders:replicas?",
                        "pulumi config rm orders:replica"),
                ORDERS.words(problem));
        assertEquals(
                new Problem(
                        "billing.yaml: replica",
                        "streamset:replica",
                        "did you mean replicas?",
                        "delete replica in billing.yaml"),
                TEXT.words(problem));
        var line =
                new Problem("postgresql.conf:3", "jit = of", "must be a boolean", "delete line 3 of postgresql.conf");
        assertEquals(line, ORDERS.words(line));
    }
}
