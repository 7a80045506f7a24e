package streamset.settings;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import streamset.conf.ConfFile;
import streamset.conf.ProjectDraft;
import streamset.conf.SourceFile;
import streamset.config.StackDraft;
import streamset.features.Parts;
import streamset.problems.Problems;

@Tag("unit")
class FixedParametersTest {
    @Test
    void mayBeWrittenWithTheFixedValue() {
        var problems = check("""
                hba_file = '/etc/postgresql/pg_hba.conf'
                port = 5432
                unix_socket_directories = '/var/run/postgresql'
                """, Map.of("port", "5432", "work_mem", "8MB"));
        assertTrue(problems.isEmpty());
    }

    @Test
    void inAFileAreToldWithTheirLine() {
        ProjectDraft.assertRefused("""
                8 problems, nothing was changed

                a.conf:1             = hba_file = '/tmp/pg_hba.conf'
                problem              : is fixed by the program to '/etc/postgresql/pg_hba.conf': the ConfigMap is mounted there
                fix                  : delete line 1 of a.conf

                a.conf:2             = port = 5433
                problem              : is fixed by the program to '5432': the Services, probes and Jobs use it
                fix                  : delete line 2 of a.conf

                a.conf:3             = unix_socket_directories = '/tmp'
                problem              : is fixed by the program to '/var/run/postgresql': the probes connect through it
                fix                  : delete line 3 of a.conf

                a.conf:5             = config_file = '/etc/postgresql/postgresql.conf'
                problem              : is fixed by the program: it is set on the server's command line
                fix                  : delete line 5 of a.conf

                a.conf:6             = ident_file = ident
                problem              : is fixed by the program: only postgresql.conf and pg_hba.conf are in the ConfigMap
                fix                  : delete line 6 of a.conf

                a.conf:7             = external_pid_file = '/run/pid'
                problem              : is fixed by the program: nothing in the pods reads it
                fix                  : delete line 7 of a.conf

                a.conf:8             = data_directory = '/data'
                problem              : is fixed by the program: it is on each pod's volume, at PGDATA
                fix                  : delete line 8 of a.conf

                a.conf:9             = primary_slot_name = a
                problem              : is fixed by the program: each standby's own is written when its pod starts
                fix                  : delete line 9 of a.conf
                """, problems -> check("""
                hba_file = '/tmp/pg_hba.conf'
                port = 5433
                unix_socket_directories = '/tmp'
                # port = 5434
                config_file = '/etc/postgresql/postgresql.conf'
                ident_file = ident
                external_pid_file = '/run/pid'
                DATA_DIRECTORY = '/data'
                primary_slot_name = a
                """, Map.of(), problems));
    }

    @Test
    void inTheStackAreToldWithTheirKey() {
        ProjectDraft.assertRefused("""
                1 problem, nothing was changed

                streamset:parameters.port = 5433
                problem                   : is fixed by the program to '5432': the Services, probes and Jobs use it
                fix                       : pulumi config rm --path 'streamset:parameters.port'
                """, problems -> check("", Map.of("port", "5433"), problems));
    }

    @Test
    void inTheStackCanIncludeNoOtherFile() {
        ProjectDraft.assertRefused("""
                1 problem, nothing was changed

                streamset:parameters.include_dir = conf.d
                problem                          : is fixed by the program: an included file does not exist in the pods
                fix                              : pulumi config rm --path 'streamset:parameters.include_dir'
                """, problems -> check("", Map.of("include_dir", "conf.d"), problems));
    }

    @Test
    void doNotTellThePasswordInAConnection() {
        ProjectDraft.assertRefused(
                """
                2 problems, nothing was changed

                a.conf:1             = [secret]
                problem              : is fixed by the program: each standby's own is written when its pod starts
                fix                  : delete line 1 of a.conf

                streamset:parameters.primary_conninfo = [secret]
                problem                               : is fixed by the program: each standby's own is written when its pod starts
                fix                                   : pulumi config rm --path 'streamset:parameters.primary_conninfo'
                """,
                problems -> check(
                        "primary_conninfo = 'password=hunter2'",
                        Map.of("primary_conninfo", "password=hunter2"),
                        problems));
    }

    private static Problems check(String text, Map<String, String> pinned) {
        var problems = new Problems();
        check(text, pinned, problems);
        return problems;
    }

    private static void check(String text, Map<String, String> pinned, Problems problems) {
        var json = pinned.entrySet().stream()
                .map(one -> "\"" + one.getKey() + "\":\"" + one.getValue() + "\"")
                .collect(Collectors.joining(",", "{", "}"));
        var config = StackDraft.minimal().with("parameters", json).config();
        var file = ConfFile.parse(new SourceFile("a.conf", text), problems);
        FixedParameters.with(Parts.NONE).check(WrittenSettings.of(config, file), problems);
    }
}
