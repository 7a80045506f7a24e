package streamset.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("server")
class ShellcheckTest {
    private static final Path CI = Path.of(".ci/run");

    @Test
    void findsNothingInAnyShellScriptOfTheRepository() throws IOException {
        var command = new ArrayList<>(List.of("shellcheck", "-x"));
        var scripts = scripts();
        assertFalse(scripts.isEmpty());
        command.addAll(scripts);

        assertEquals("", output(command));
    }

    /** In a handler of signals, that of bash returns the status from before the signal, in any function that is called there too. */
    @Test
    void noScriptReturnsWithoutSayingWhat() throws IOException {
        var silent = new ArrayList<String>();
        for (var script :
                Machine.run("git", "ls-files", "src/main/bash/*.sh").lines().toList()) {
            Files.readAllLines(Path.of(script)).stream()
                    .filter(line -> line.matches(".*\\breturn\\s*([;}&|#].*)?"))
                    .filter(line -> !line.strip().startsWith("#"))
                    .forEach(line -> silent.add(script + ": " + line.strip()));
        }
        assertEquals(List.of(), silent);
    }

    private static List<String> scripts() {
        var scripts = new ArrayList<>(Machine.run("git", "ls-files", "*.sh", "policy/pulumi-*")
                .lines()
                .toList());
        if (Files.exists(CI)) {
            scripts.add(CI.toString());
        }
        return scripts;
    }

    private static String output(List<String> command) throws IOException {
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError("shellcheck does not run; what to do: apt-get install shellcheck", e);
        }
    }
}
