package streamset.conf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import streamset.config.Problems;

class ConfFileTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "work_mem = 64MB                      | work_mem            | 64MB",
                "work_mem=64MB                        | work_mem            | 64MB",
                "work_mem 64MB                        | work_mem            | 64MB",
                "work_mem '64MB'                      | work_mem            | 64MB",
                "work_mem = '64 MB'                   | work_mem            | 64 MB",
                "   work_mem   =   64MB   # why       | work_mem            | 64MB",
                "Work_Mem = 64MB                      | work_mem            | 64MB",
                "fsync = on#off                       | fsync               | on",
                "seq_page_cost = 1.5                  | seq_page_cost       | 1.5",
                "seq_page_cost = -1.5e3               | seq_page_cost       | -1.5e3",
                "timezone = Europe/Berlin             | timezone            | Europe/Berlin",
                "listen_addresses = '*'               | listen_addresses    | *",
                "log_line_prefix = '%m [%p] # '       | log_line_prefix     | `%m [%p] # `",
                "archive_command = 'cp %p ''/a b/%f''' | archive_command    | cp %p '/a b/%f'",
                "archive_command = 'it\\'s'           | archive_command     | it's",
                "archive_command = 'back\\\\slash'    | archive_command     | back\\slash",
                "archive_command = ''                 | archive_command     | ``",
                "pg_stat_statements.track = all       | pg_stat_statements.track | all",
            })
    void readsALineAsPostgresDoes(String line, String name, String value) {
        assertEquals(List.of(new ConfFile.Setting(1, name, value)), parse(line).settings());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "\t", "# work_mem = 64MB", "   # work_mem = 64MB", "#"})
    void findsNothingInEmptyLinesAndComments(String line) {
        assertEquals(List.of(), parse(line).settings());
    }

    @Test
    void letsTheLastSettingWin() {
        var file = parse("""
                work_mem = 4MB
                jit = off
                # work_mem = 16MB
                WORK_MEM = 8MB
                """);
        assertEquals(Optional.of(new ConfFile.Setting(4, "work_mem", "8MB")), file.setting("work_mem"));
        assertEquals(Optional.of(new ConfFile.Setting(2, "jit", "off")), file.setting("jit"));
        assertEquals(Optional.empty(), file.setting("fsync"));
        assertEquals(2, file.settings().size());
    }

    @Test
    void readsValuesOfAnyLength() {
        var value = "a''b\\\\c ".repeat(20_000);
        assertEquals(
                "a'b\\c ".repeat(20_000),
                parse("archive_command = '" + value + "'")
                        .setting("archive_command")
                        .orElseThrow()
                        .value());
    }

    @Test
    void readsLinesThatEndAsOnWindows() {
        assertEquals(
                List.of(new ConfFile.Setting(1, "jit", "off"), new ConfFile.Setting(2, "fsync", "on")),
                parse("jit = off\r\nfsync = on\r\n").settings());
    }

    private static ConfFile parse(String text) {
        var problems = new Problems();
        var file = ConfFile.parse(source(text), problems);
        problems.throwIfAny();
        return file;
    }

    private static SourceFile source(String text) {
        return new SourceFile("a.conf", text);
    }

    @Nested
    class Refuses {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "work_mem",
                    "work_mem =",
                    "work_mem = 64 MB",
                    "work_mem = 64MB 65MB",
                    "work_mem == 64MB",
                    "work_mem: 64MB",
                    "work-mem = 64MB",
                    "= 64MB",
                    "listen_addresses = *",
                    "log_line_prefix = '%m",
                    "log_line_prefix = 'it's'",
                    "log_line_prefix = \"%m\"",
                    "<<<<<<< HEAD",
                })
        void linesThatPostgresCanNotRead(String line) {
            ProjectDraft.assertRefused(
                    """
                    1 problem, nothing was changed

                    a.conf:2             = %s
                    problem              : PostgreSQL can not read this line
                    fix                  : write it as: name = value, with single quotes around anything but a plain word or number
                    """.formatted(line), problems -> ConfFile.parse(source("jit = on\n  " + line + "\n"), problems));
        }

        @ParameterizedTest
        @ValueSource(strings = {"include 'more.conf'", "include_dir = 'conf.d'", "Include_If_Exists 'more.conf'"})
        void otherFiles(String line) {
            ProjectDraft.assertRefused("""
                    1 problem, nothing was changed

                    a.conf:1             = %s
                    problem              : an included file is not there in the pods
                    fix                  : copy its lines into a.conf
                    """.formatted(line), problems -> ConfFile.parse(source(line), problems));
        }
    }
}
