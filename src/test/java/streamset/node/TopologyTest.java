package streamset.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the scripts read what is declared: without a server. */
@Tag("server")
class TopologyTest {
    private static final String MOUNTED =
            "hosts=a.b c-1.b d_2\nprimary=1\nlost=\nkeep_diverged=false\nrevision=first\nwal_kilobytes=0\npod=p1\ngeneration=5\n";

    /** Reads once more than there are announcements, and writes what holds, or what was said, after each. */
    private static final String READ = """
            set -euo pipefail
            cd "$1"
            SCRIPTS=$2
            source "$SCRIPTS/shared/log.sh"
            log() { echo "$1"; }
            STREAMSET_SOCKETS=. STREAMSET_TOPOLOGY=mounted
            source "$SCRIPTS/shared/session.sh"
            source "$SCRIPTS/shared/topology.sh"
            read_topology
            for announcement in "${@:3}"; do
              printf "$announcement" >./streamset.topology
              read_topology
              read_topology
            done
            echo "primary ${TOPOLOGY[primary]} of ${HOSTS[*]}, lost '${TOPOLOGY[lost]}', keep ${TOPOLOGY[keep_diverged]}"
            """;

    @TempDir
    private Path folder;

    private String read(String mounted, String... announcements) {
        Machine.write(folder.resolve("mounted"), mounted);
        var command = new ArrayList<>(List.of(
                "bash",
                "-c",
                READ,
                "test",
                folder.toString(),
                Path.of("src/main/bash").toAbsolutePath().toString()));
        command.addAll(List.of(announcements));
        return Machine.run(command.toArray(String[]::new));
    }

    @Test
    void whatTheKubeletBringsHolds() {
        assertEquals("primary 1 of a.b c-1.b d_2, lost '', keep false", read(MOUNTED));
    }

    @Test
    void aLaterAnnouncementHolds() {
        assertEquals(
                "primary 2 of a.b c-1.b d_2, lost '0 1', keep true",
                read(MOUNTED, "primary=2\\nlost=0 1\\nkeep_diverged=true\\ngeneration=6\\n"));
    }

    @ParameterizedTest
    @CsvSource({"4", "5"})
    void anAnnouncementThatIsNotLaterDoesNotHold(int generation) {
        assertEquals(
                "primary 1 of a.b c-1.b d_2, lost '', keep false",
                read(MOUNTED, "primary=2\\nlost=\\nkeep_diverged=false\\ngeneration=" + generation + "\\n"));
    }

    @Test
    void anAnnouncementHoldsWhileTheNextOneIsBeingWritten() {
        assertEquals(
                "primary 2 of a.b c-1.b d_2, lost '', keep false",
                read(MOUNTED, "primary=2\\nlost=\\nkeep_diverged=false\\ngeneration=6\\n", ""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "touch pwned\\n | line 1 must be primary=… with an ordinal",
                "primary=$(touch pwned)\\nlost=\\nkeep_diverged=false\\ngeneration=6\\n | line 1 must be primary=… with an ordinal",
                "primary=a[$(touch pwned)]\\nlost=\\nkeep_diverged=false\\ngeneration=6\\n | line 1 must be primary=… with an ordinal",
                "primary=02\\nlost=\\nkeep_diverged=false\\ngeneration=6\\n | line 1 must be primary=… with an ordinal",
                "primary=1000\\nlost=\\nkeep_diverged=false\\ngeneration=6\\n | line 1 must be primary=… with an ordinal",
                "primary=3\\nlost=\\nkeep_diverged=false\\ngeneration=6\\n | primary=3 must be less than the number of hosts, which is 3",
                "primary=2\\nlost=0  1\\nkeep_diverged=false\\ngeneration=6\\n | line 2 must be lost=… with ordinals with one blank between, or nothing",
                "primary=2\\nkeep_diverged=false\\nlost=\\ngeneration=6\\n | line 2 must be lost=… with ordinals with one blank between, or nothing",
                "primary=2\\nlost=\\nkeep_diverged=yes\\ngeneration=6\\n | line 3 must be keep_diverged=… with true or false",
                "primary=2\\nlost=\\nkeep_diverged=false\\n | it ends before the end of line 4, which must be generation=…",
                "primary=2\\nlost=\\nkeep_diverged=false\\ngeneration=6 | it ends before the end of line 4, which must be generation=…",
                "primary=2\\nlost=\\nkeep_diverged=false\\ngeneration=06\\n | line 4 must be generation=… with a number from 1 on",
                "primary=2\\nlost=\\nkeep_diverged=false\\ngeneration=1000000000000000000\\n | line 4 must be generation=… with a number from 1 on",
                "primary=2\\nlost=\\nkeep_diverged=false\\ngeneration=6\\nhosts=evil\\n | there must be nothing after line 4",
                "primary=2\\nlost=\\nkeep_diverged=false\\ngeneration=6\\n\\n | there must be nothing after line 4",
                "primary=2\\0\\nlost=\\nkeep_diverged=false\\ngeneration=6\\n | it has a NUL byte, or more than 1048576 characters",
                "primary=2\\nlost=\\nkeep_diverged=false\\ngeneration=6\\n\\0x | it has a NUL byte, or more than 1048576 characters",
            })
    void anAnnouncementThatIsWrongIsRefusedAsAWholeAndSaidOnce(String announcement, String problem) {
        assertEquals(
                "./streamset.topology is refused: " + problem + "\nprimary 1 of a.b c-1.b d_2, lost '', keep false",
                read(MOUNTED, announcement));
        assertEquals(List.of("mounted", "streamset.topology"), Machine.names(folder));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hosts=a.b c-1.b d_2 | hosts=a;b | line 1 must be hosts=… with DNS names with one blank between",
                "primary=1 | primary=3 | primary=3 must be less than the number of hosts, which is 3",
                "revision=first | revision= | line 5 must be revision=… with up to 64 letters and digits",
                "wal_kilobytes=0 | wal_kilobytes=1k | line 6 must be wal_kilobytes=… with a number",
                "wal_kilobytes=0 | wal_kilobytes=08 | line 6 must be wal_kilobytes=… with a number",
                "pod=p1 | pod=p/1 | line 7 must be pod=… with up to 64 letters and digits",
                "generation=5 | generation=0 | line 8 must be generation=… with a number from 1 on",
            })
    void nothingStartsWithADeclarationThatIsWrong(String right, String wrong, String problem) {
        var failure = assertThrows(AssertionError.class, () -> read(MOUNTED.replace(right, wrong)));

        assertEquals("mounted is refused: " + problem, failure.getMessage().replaceFirst("(?s).* failed: ", ""));
    }
}
