package streamset.security;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class SecurityPageTest {
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void hasEverybodyWhoTriesToGetIn(boolean patroni) throws IOException {
        var attempts = SecuredCluster.attempts(Logins.of("", "", "", "", ""), new Servers("", "", "", ""), patroni);

        assertEquals(
                attempts.stream().map(Attempt::who).toList(),
                SecurityPage.who(Files.readString(Path.of("docs/security.md")), patroni),
                "make e2e-security writes the tables of docs/security.md");
    }
}
