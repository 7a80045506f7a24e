package streamset.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The engine says of a key only that something in it is encrypted: the file says what is not. */
@Tag("unit")
class ClearPartsTest {
    private static final String PASSWORDS = "streamset:passwords";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            streamset:passwords: {postgres: {secure: v1:x}, replicator: two}        | streamset:passwords.replicator
            streamset:config:passwords: {postgres: {secure: v1:x}, replicator: two} | streamset:passwords.replicator
            passwords: {postgres: {secure: v1:x}, replicator: two}                  | streamset:passwords.replicator
            streamset:passwords: {postgres: {secure: v1:x}, replicator: {secure: v1:y, by: me}} | streamset:passwords.replicator.by streamset:passwords.replicator.secure
            streamset:passwords: {postgres: {secure: v1:x}, replicator: {secure: [x]}} | streamset:passwords.replicator.secure[0]
            """)
    void areWhatStandsBesideASecret(String line, String parts) throws IOException {
        assertEquals(Set.of(parts.split(" ")), parts("config:\n  " + line + "\n"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            config: {streamset:passwords: {postgres: {secure: v1:x}, replicator: {secure: v1:y}}}
            config: {shop:passwords: {postgres: two}}
            `x: &x {secure: v1:x}\nconfig: {streamset:passwords: {postgres: *x}}`
            config: [
            config:
            text
            ``
            """)
    void areNoneWhereAllIsEncryptedOrNothingIsThere(String text) throws IOException {
        assertEquals(Set.of(), parts(text.replace("\\n", "\n")));
    }

    @Test
    void areNoneOfAFileThatIsNotThere() {
        assertEquals(Set.of(), ClearParts.in(folder.resolve("none"), Set.of(PASSWORDS)));
    }

    private Set<String> parts(String text) throws IOException {
        var file = Files.writeString(folder.resolve("Pulumi.qa.yaml"), text);
        return new RawConfig(Map.of(), Set.of(PASSWORDS)).beside(file).clearParts();
    }
}
