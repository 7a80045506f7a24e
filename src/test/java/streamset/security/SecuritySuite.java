package streamset.security;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import streamset.cluster.Cluster;
import streamset.cluster.Command;

/**
 * Who gets in to a cluster with the rules of production, and who does not. {@code make e2e-security} starts it, also with
 * {@code ENGINE=patroni}.
 */
@Tag("cluster")
class SecuritySuite {
    private static final Path PAGE = Command.PROJECT.resolve("docs/security.md");

    @TempDir
    private Path folder;

    @Test
    void gets_in_who_may_and_nobody_else() throws IOException {
        Cluster.mustBeTheTestbed("run images that have no name elsewhere");
        boolean patroni = isPatroni(System.getenv().getOrDefault("ENGINE", "declared"));
        var outcomes = new ArrayList<Outcome>();
        try (var cluster = SecuredCluster.deploy(folder, patroni, password())) {
            for (var attempt : cluster.attempts()) {
                var outcome = cluster.outcome(attempt);
                System.out.print(outcome.row());
                outcomes.add(outcome);
            }
        }
        Files.writeString(PAGE, SecurityPage.inserted(Files.readString(PAGE), patroni, outcomes));
        var wrong = outcomes.stream().filter(outcome -> !outcome.isRight()).toList();
        System.out.println((outcomes.size() - wrong.size()) + " passed, " + wrong.size() + " failed");
        assertEquals(List.of(), wrong);
    }

    private static boolean isPatroni(String engine) {
        return switch (engine) {
            case "patroni" -> true;
            case "declared" -> false;
            default ->
                throw new IllegalArgumentException("ENGINE=" + engine
                        + ": no such engine; what to do: make e2e-security ENGINE=declared, or ENGINE=patroni");
        };
    }

    private static String password() {
        var bytes = new byte[16];
        new Random().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
