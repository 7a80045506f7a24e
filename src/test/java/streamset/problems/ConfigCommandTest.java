package streamset.problems;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import streamset.problems.ConfigCommand.Written;

@Tag("unit")
class ConfigCommandTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            streamset:          | replicas                | 5                    | pulumi config set streamset:replicas 5
            streamset:          | secretName              | postgresql-passwords | pulumi config set --plaintext streamset:secretName postgresql-passwords
            streamset:wal.      | keepSize                | 152MB                | pulumi config set --path 'streamset:wal.keepSize' 152MB
            streamset:parameters. | password_encryption   | scram-sha-256        | pulumi config set --plaintext --path 'streamset:parameters.password_encryption' scram-sha-256
            streamset:parameters. | pg_stat_statements.max | 5000                | pulumi config set --path 'streamset:parameters["pg_stat_statements.max"]' 5000
            streamset:parameters. | log_line_prefix       | %m [%p]              | pulumi config set --path 'streamset:parameters.log_line_prefix' '%m [%p]'
            streamset:parameters. | x                     | it's                 | pulumi config set --path 'streamset:parameters.x' 'it'\\''s'
            streamset:parameters. | x                     | -1                   | pulumi config set --path 'streamset:parameters.x' -- -1
            streamset:          | my key                  | <value>              | pulumi config set 'streamset:my key' <value>
            """)
    void setsWithTheFlagsThatTheCliWants(String path, String key, String value, String command) {
        assertEquals(command, new ConfigCommand(path, key, false).set(value));
    }

    @Test
    void encryptsWhatIsSecret() {
        assertEquals(
                "pulumi config set --secret --path 'streamset:passwords.postgres' \"$(openssl rand -base64 24)\"",
                new ConfigCommand("streamset:passwords.", "postgres", true).set("\"$(openssl rand -base64 24)\""));
    }

    @Test
    void removesAndSetsAnew() {
        assertEquals("pulumi config rm streamset:wall", new ConfigCommand("streamset:", "wall", false).remove());
        assertEquals(
                "pulumi config rm streamset:wal, then set each field: pulumi config set --path 'streamset:wal.<field>' <value>",
                new ConfigCommand("streamset:", "wal", false).reset());
        assertEquals(
                "pulumi config rm streamset:lost, then set each: pulumi config set --path 'streamset:lost[0]' <value>",
                new ConfigCommand("streamset:", "lost", false).resetList());
    }

    @Test
    void setsElementsOfLists() {
        var secrets = new ConfigCommand("streamset:", "imagePullSecrets", false);
        assertEquals(
                "pulumi config set --plaintext --path 'streamset:imagePullSecrets[1]' registry",
                secrets.setElement(1, "registry"));
        var tolerations = new ConfigCommand("streamset:scheduling.", "tolerations", false);
        assertEquals(
                "pulumi config rm --path 'streamset:scheduling.tolerations', then set each field: pulumi config set --path"
                        + " 'streamset:scheduling.tolerations[0].<field>' <value>",
                tolerations.resetObjects());
    }

    @Test
    void nameAStack() {
        var text =
                "pulumi config set --path 'streamset:parameters.x' -- -1; or: pulumi config rm streamset:wal, for $1";
        var named = ConfigCommand.ofStack(text, command -> command.value().isPresent() ? "prod" : "qa");
        assertEquals(
                "pulumi config --stack prod set --path 'streamset:parameters.x' -- -1; or: pulumi config --stack qa rm"
                        + " streamset:wal, for $1",
                named);
        assertEquals(named.replace("qa", "prod"), ConfigCommand.ofStack(named, command -> "prod"));
        assertEquals(2, ConfigCommand.in(named).size());
        var read = new ArrayList<Written>();
        ConfigCommand.replaced(named, command -> {
            read.add(command);
            return "";
        });
        assertEquals(
                List.of(
                        new Written("streamset:parameters.x", true, false, Optional.of("-1")),
                        new Written("streamset:wal", false, false, Optional.empty())),
                read);
    }

    @Test
    void readsItsOwnCommandsInAText() {
        var text =
                "pulumi config set streamset:replicas 5, then: pulumi up (it hands over); then: pulumi config rm --path"
                        + " 'streamset:parameters[\"a.b\"]'\nor pulumi config set --secret --path 'streamset:passwords.x' 'it'\\''s, so';";
        assertEquals(
                List.of(
                        "pulumi config set streamset:replicas 5",
                        "pulumi config rm --path 'streamset:parameters[\"a.b\"]'",
                        "pulumi config set --secret --path 'streamset:passwords.x' 'it'\\''s, so'"),
                ConfigCommand.in(text));
        var read = new ArrayList<Written>();
        var words = ConfigCommand.replaced(text, command -> {
            read.add(command);
            return "$1";
        });
        assertEquals("$1, then: pulumi up (it hands over); then: $1\nor $1;", words);
        assertEquals(
                List.of(
                        new Written("streamset:replicas", false, false, Optional.of("5")),
                        new Written("streamset:parameters[\"a.b\"]", true, false, Optional.empty()),
                        new Written("streamset:passwords.x", true, true, Optional.of("it's, so"))),
                read);
    }
}
