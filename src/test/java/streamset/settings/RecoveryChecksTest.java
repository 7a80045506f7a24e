package streamset.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import streamset.cluster.ClusterSpec;
import streamset.conf.ProjectDraft;
import streamset.config.StackDraft;
import streamset.problems.Problem;
import streamset.problems.Problems;

/** Recovery settings in a file that primary and standbys share. */
@Tag("unit")
class RecoveryChecksTest {
    @TempDir
    private Path folder;

    private ProjectDraft project;

    @BeforeEach
    void writeProject() {
        project = ProjectDraft.in(folder);
    }

    private static StackDraft stack() {
        return StackDraft.minimal().with("version", "15");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            recovery_target = 'immediate'                     | would end the recovery of every standby there: it would stop, or promote itself beside the primary
            recovery_target_time = '2026-11-25 12:00:00+00'   | would end the recovery of every standby there: it would stop, or promote itself beside the primary
            recovery_target_lsn = '0/3000000'                 | would end the recovery of every standby there: it would stop, or promote itself beside the primary
            recovery_target_name = 'before_the_migration'     | would end the recovery of every standby there: it would stop, or promote itself beside the primary
            recovery_target_xid = '1234'                      | would end the recovery of every standby there: it would stop, or promote itself beside the primary
            recovery_target_action = promote                  | belongs to a recovery that ends at a target, which a standby must never do
            recovery_target_inclusive = off                   | belongs to a recovery that ends at a target, which a standby must never do
            recovery_target_timeline = current                | must be latest: otherwise standbys do not follow a new primary
            recovery_target_timeline = '2'                    | must be latest: otherwise standbys do not follow a new primary
            promote_trigger_file = '/tmp/promote'             | would promote a standby beside the primary; streamset:primary declares which pod writes
            restore_command = 'cp /archive/%f %p'             | would run before every promotion and whenever a standby waits for WAL: a handover waits for it
            recovery_end_command = 'rm -f /tmp/trigger'       | would run during every promotion, and writes wait for its end
            """)
    void areRefused(String line, String reason) {
        project.base("postgresql.conf", line + "\n")
                .isRefusedWith("""
                1 problem, nothing was changed

                src/main/postgresql/postgresql.conf:1 = %s
                problem                               : %s
                fix                                   : delete line 1 of src/main/postgresql/postgresql.conf
                """.formatted(line.replaceFirst("'([\\w.+-]+)'$", "$1"), reason), stack());
    }

    @Test
    void areRefusedInTheStackToo() {
        project.isRefusedWith("""
                1 problem, nothing was changed

                streamset:parameters.recovery_target = immediate
                problem                              : would end the recovery of every standby there: it would stop, or promote itself beside the primary
                fix                                  : pulumi config rm --path 'streamset:parameters.recovery_target'
                """, stack().with("parameters", "{\"recovery_target\":\"immediate\"}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "recovery_target = ''",
                "recovery_target_action = pause",
                "recovery_target_inclusive = on",
                "recovery_target_timeline = latest",
                "promote_trigger_file = ''",
                "restore_command = ''",
                "recovery_min_apply_delay = 0",
                "archive_cleanup_command = ''",
            })
    void mayStandThereWithTheServersDefault(String line) {
        assertEquals(List.of(), warnings(line));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            archive_cleanup_command = 'pg_archivecleanup /archive %r' | every standby runs it: one deletes from the archive what another may still need
            recovery_min_apply_delay = 90s                            | applies to every standby, and so to what clients read there; the declared primary replays at once
            """)
    void areToldWhereTheyDoHarmToOthers(String line, String warning) {
        assertEquals(List.of(warning), warnings(line));
    }

    private List<String> warnings(String line) {
        var problems = new Problems();
        project.base("postgresql.conf", line + "\n");
        ClusterSpec.of(stack().raw(), folder, ProjectDraft.STACK, problems);
        problems.throwIfAny();
        return problems.warnings().stream().map(Problem::reason).toList();
    }
}
