package streamset.security;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class SecurityPageTest {
    @Test
    void hasEverybodyWhoTriesToGetIn() throws IOException {
        var attempts = new Attempts(new Attempts.Passwords("", "", "", ""), "", "").all();

        assertEquals(
                attempts.stream().map(Attempt::who).toList(),
                SecurityPage.who(Files.readString(Path.of("docs/security.md"))),
                "make e2e-security writes the table of docs/security.md");
    }
}
