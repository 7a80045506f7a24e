package streamset.conf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import streamset.problems.Problem;
import streamset.problems.Problems;

@Tag("unit")
class ConfFileTest {
    private static final int LONG = 1 << 20; // characters, as many as a file can have

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "work_mem = 64MB                      | work_mem            | 64MB",
                "work_mem=64MB                        | work_mem            | 64MB",
                "work_mem 64MB                        | work_mem            | 64MB",
                "work_mem '64MB'                      | work_mem            | 64MB",
                "work_mem'64MB'                       | work_mem            | 64MB",
                "work_mem+64                          | work_mem            | +64",
                "work_mem = '64 MB'                   | work_mem            | 64 MB",
                "work_mem = 0x1FkB                    | work_mem            | 0x1FkB",
                "   work_mem   =   64MB   # why       | work_mem            | 64MB",
                "Work_Mem = 64MB                      | work_mem            | 64MB",
                "fsync = on#off                       | fsync               | on",
                "seq_page_cost = 1.5                  | seq_page_cost       | 1.5",
                "seq_page_cost = .5                   | seq_page_cost       | .5",
                "seq_page_cost = -1.5e3               | seq_page_cost       | -1.5e3",
                "timezone = Europe/Berlin             | timezone            | Europe/Berlin",
                "log_line_prefix = a.b.c-d:e/_        | log_line_prefix     | a.b.c-d:e/_",
                "log_line_prefix = grün               | log_line_prefix     | grün",
                "listen_addresses = '*'               | listen_addresses    | *",
                "log_line_prefix = '%m [%p] # '       | log_line_prefix     | `%m [%p] # `",
                "archive_command = 'cp %p ''/a b/%f''' | archive_command    | cp %p '/a b/%f'",
                "archive_command = 'it\\'s'           | archive_command     | it's",
                "archive_command = 'back\\\\slash'    | archive_command     | back\\slash",
                "archive_command = '\\a\\8\\#'        | archive_command     | a8#",
                "archive_command = '\\101\\1018\\541' | archive_command     | AA8a",
                "archive_command = '\\7z'             | archive_command     | `\u0007z`",
                "archive_command = '\\303\\266'       | archive_command     | ö",
                "archive_command = '\\b\\f\\n\\r\\t'  | archive_command     | `\b\f\n\r\t`",
                "archive_command = ''                 | archive_command     | ``",
                "pg_stat_statements.track = all       | pg_stat_statements.track | all",
                "My.Größe = all                       | my.größe            | all",
                "my.\u212A = all                      | my.\u212A           | all", // the Kelvin sign, no K
                "include_none = all                   | include_none        | all",
            })
    void readsALineAsPostgresDoes(String line, String name, String value) {
        assertEquals(List.of(new ConfFile.Entry(1, name, value)), parse(line).settings());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "   ", "\t", "\r", "# work_mem = 64MB", "   # work_mem = 64MB", "#", "# a\rwork_mem = 64MB"})
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
        assertEquals(Optional.of(new ConfFile.Entry(4, "work_mem", "8MB")), file.setting("work_mem"));
        assertEquals(Optional.of(new ConfFile.Entry(2, "jit", "off")), file.setting("jit"));
        assertEquals(Optional.empty(), file.setting("fsync"));
        assertEquals(2, file.settings().size());
        assertEquals(
                List.of(
                        new ConfFile.Entry(1, "work_mem", "4MB"),
                        new ConfFile.Entry(2, "jit", "off"),
                        new ConfFile.Entry(4, "work_mem", "8MB")),
                file.occurrences());
    }

    @ParameterizedTest
    @ValueSource(strings = {"jit = off\r\nfsync = on\r\n", "jit = off\nfsync\r=\ron # why\r"})
    void readsLinesThatEndAsOnWindows(String text) {
        assertEquals(
                List.of(new ConfFile.Entry(1, "jit", "off"), new ConfFile.Entry(2, "fsync", "on")),
                parse(text).settings());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a''b\\\\c ", "''", "\\'", "\\101", "ö"})
    void readsQuotedValuesOfAnyLength(String part) {
        int times = LONG / part.length();
        var value = QuotedString.value("'" + part + "'").repeat(times);
        var file = parse("archive_command = '" + part.repeat(times) + "'");
        assertEquals(List.of(new ConfFile.Entry(1, "archive_command", value)), file.settings());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a.", "8", "kB", ".", "-", "ö"})
    void readsBareValuesOfAnyLength(String part) {
        var value = "a:" + part.repeat(LONG / part.length());
        var file = parse("archive_command = " + value);
        assertEquals(List.of(new ConfFile.Entry(1, "archive_command", value)), file.settings());
    }

    @Nested
    class WithAddedSettings {
        private final List<AddedLine> added =
                List.of(new AddedLine("jit", "off", "pinned: there"), new AddedLine("a.b", "'\\", "computed: so"));

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "\n",
                    "work_mem = 4MB\n",
                    "work_mem = 4MB\r\n",
                    "work_mem = 4MB # '\n",
                })
        void endsWithThem(String text) {
            assertEquals(text + """

                    # ---- added by streamset; these lines override the lines above ----
                    jit = 'off'  # pinned: there
                    a.b = '''\\\\'  # computed: so
                    """, file(text).with(added));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "work_mem = 4MB",
                    "work_mem = 4MB\r",
                    "work_mem = 4MB # why",
                    "work_mem = '4MB",
                    "work_mem = 4MB\\",
                })
        void beginsALineForThem(String text) {
            assertEquals(file(text + "\n").with(added), file(text).with(added));
        }

        private static ConfFile file(String text) {
            return ConfFile.parse(source(text), new Problems());
        }
    }

    @Nested
    class Warns {
        @Test
        void ofAParameterThatIsSetTwice() {
            assertWarned("""
                    a.conf:1             = work_mem = 4MB   # for reports
                    problem              : has no effect: line 3 sets work_mem too, and PostgreSQL takes the last: WORK_MEM '8MB'
                    fix                  : delete line 1 of a.conf, or line 3 to keep this one
                    """, """
                    work_mem = 4MB   # for reports
                    jit = off
                      WORK_MEM '8MB'
                    """);
        }

        @Test
        void ofEachLineThatDoesNotHold() {
            assertWarned("""
                    a.conf:2             = jit = on
                    problem              : has no effect: line 4 sets jit too, and PostgreSQL takes the last: jit = off
                    fix                  : delete line 2 of a.conf, or line 4 to keep this one

                    a.conf:3             = jit = ''
                    problem              : has no effect: line 4 sets jit too, and PostgreSQL takes the last: jit = off
                    fix                  : delete line 3 of a.conf, or line 4 to keep this one
                    """, """
                    jit = off
                    jit = on
                    jit = ''
                    jit = off
                    """);
        }

        @ParameterizedTest
        @ValueSource(strings = {"jit = off\njit = off\n", "jit = off\nJIT 'off' # why\n", "jit = off\n#jit = on\n"})
        void notOfTheSameValue(String text) {
            assertWarned("\n", text);
        }

        @Test
        void ofNoPasswordInAConnection() {
            assertWarned("""
                    a.conf:1             = primary_conninfo = [secret]
                    problem              : has no effect: line 2 sets primary_conninfo too, and PostgreSQL takes the last: primary_conninfo = [secret]
                    fix                  : delete line 1 of a.conf, or line 2 to keep this one
                    """, "primary_conninfo = 'password=hunter2'\nPrimary_Conninfo = 'password=hunter3'\n");
        }

        private static void assertWarned(String warnings, String text) {
            var problems = new Problems();
            ConfFile.parse(source(text), problems);
            problems.throwIfAny();
            var texts = problems.warnings().stream().map(Problem::text).toList();
            assertEquals(warnings, String.join("\n\n", texts) + "\n");
        }
    }

    @Nested
    class Refuses {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "work_mem              | work_mem has no value | write it as: work_mem = value, with '' for an empty one",
                    "work_mem =            | work_mem has no value | write it as: work_mem = value, with '' for an empty one",
                    "Work_Mem = # 64MB     | Work_Mem has no value | write it as: Work_Mem = value, with '' for an empty one",
                    "work_mem == 64MB      | has more than one = | write it as: work_mem = value",
                })
        void aMissingValue(String line, String reason, String fix) {
            assertRefused(line, reason, fix);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "work_mem: 64MB        | work_mem:",
                    "work-mem = 64MB       | work-mem",
                    "work.mem.a = 64MB     | work.mem.a",
                    "work mem = 64MB       | work mem",
                    "work$mem = 64MB       | work$mem",
                    "'work_mem' = 64MB     | 'work_mem'",
                    "= 64MB                | =",
                    "64MB                  | 64MB",
                    "; work_mem = 64MB     | ;",
                    "-- work_mem = 64MB    | -",
                    "<<<<<<< HEAD          | <",
                })
        void aLineWithoutAName(String line, String token) {
            assertRefused(
                    line,
                    token + " is not a name: a name has letters, digits, _ and at most one dot",
                    "write it as: name = value, or put # before a comment");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "work_mem = 64 MB           | 64 and MB     | work_mem = '64 MB'",
                    "work_mem = 64 MB # why     | 64 and MB     | work_mem = '64 MB'",
                    "work_mem = 64MB 65MB       | 64MB and 65MB | work_mem = '64MB 65MB'",
                    "work_mem = 1.5GB           | 1.5 and GB    | work_mem = '1.5GB'",
                    "seq_page_cost = 1e2        | 1e and 2      | seq_page_cost = '1e2'",
                    "listen_addresses = 1.2.3.4 | 1.2 and .3    | listen_addresses = '1.2.3.4'",
                    "jit = off fsync = on       | off and fsync | jit = 'off fsync = on'",
                    "log_line_prefix = it 'is'  | it and 'is'   | log_line_prefix = 'value'",
                })
        void twoValues(String line, String values, String fix) {
            assertRefused(
                    line,
                    "without quotes these are two values: " + values,
                    "write it as: " + fix + ", or put # before a comment");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "listen_addresses = *            | * | listen_addresses = '*'",
                    "search_path = a, b              | , | search_path = 'a, b'",
                    "log_directory = /var/log        | / | log_directory = '/var/log'",
                    "log_line_prefix = %m [%p]  # ok | % | log_line_prefix = '%m [%p]'",
                    "search_path = $user             | $ | search_path = '$user'",
                    "archive_command = a=b           | = | archive_command = 'a=b'",
                    "archive_command = cp\\a         | \\ | archive_command = 'value'",
                    "work_mem = 50%                  | % | work_mem = '50%'",
                    "work_mem = -                    | - | work_mem = '-'",
                })
        void aValueThatNeedsQuotes(String line, String token, String fix) {
            assertRefused(line, "a value with " + token + " in it must be in single quotes", "write it as: " + fix);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "log_line_prefix = \"%m\"           | log_line_prefix = '%m'",
                    "log_line_prefix = \"%m # \"        | log_line_prefix = 'value'",
                    "search_path = \"$user\", public    | search_path = '\"$user\", public'",
                })
        void doubleQuotes(String line, String fix) {
            assertRefused(
                    line, "a value needs single quotes; double ones can only be a part of it", "write it as: " + fix);
        }

        @Test
        void aNameAsAValue() {
            assertRefused(
                    "log_line_prefix = a.b",
                    "a.b is a name, unless it is in single quotes",
                    "write it as: log_line_prefix = 'a.b'");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"log_line_prefix = '%m", "log_line_prefix = '%m''", "log_line_prefix = 'C:\\'", "jit = '"})
        void aMissingQuote(String line) {
            assertRefused(
                    line,
                    "the closing quote is missing",
                    "end the value with ', and double each quote and backslash that belongs to it");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "log_line_prefix = 'it's'   | s",
                    "log_line_prefix = '%m' why | why",
                    "log_line_prefix = 'a' 'b'  | 'b'",
                    "log_line_prefix = 'a', 'b' | ,",
                })
        void whatFollowsAQuotedValue(String line, String token) {
            assertRefused(
                    line,
                    token + " follows the closing quote",
                    "double each quote that belongs to the value, and put # before a comment");
        }

        @ParameterizedTest
        @ValueSource(strings = {"work_mem = 64MB;", "work_mem = '64MB' ;"})
        void aSemicolon(String line) {
            assertRefused(line, "a ; after the value is an error in postgresql.conf", "delete the ;");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "work_mem\u00A0= 64MB        | work_mem\u00A0= 64MB        | U+00A0 (NO-BREAK SPACE)",
                    "work_mem =\u00A064MB        | work_mem =\u00A064MB        | U+00A0 (NO-BREAK SPACE)",
                    "work_mem = 64MB\u00A0# why  | work_mem = 64MB\u00A0# why  | U+00A0 (NO-BREAK SPACE)",
                    "work_mem = 64\u202FMB       | work_mem = 64\u202FMB       | U+202F (NARROW NO-BREAK SPACE)",
                    "my.\u200Bparam = 64MB       | my. param = 64MB             | U+200B (ZERO WIDTH SPACE)",
                    "jit = o\u00ADn              | jit = o n                    | U+00AD (SOFT HYPHEN)",
                    "work_mem =\f64MB            | work_mem = 64MB              | U+000C (FORM FEED (FF))",
                    "\uFEFFwork_mem = 64MB       | work_mem = 64MB              | U+FEFF (ZERO WIDTH NO-BREAK SPACE)",
                })
        void charactersThatNobodySees(String line, String shown, String character) {
            ProjectDraft.assertRefused(
                    """
                    1 problem, nothing was changed

                    a.conf:2             = %s
                    problem              : contains %s, which PostgreSQL does not treat as a blank
                    fix                  : replace it with a plain blank, or delete it
                    """.formatted(shown, character), problems -> ConfFile.parse(source("\n" + line), problems));
        }

        @Test
        void aByteOrderMarkAndGoesOnBehindIt() {
            ProjectDraft.assertRefused("""
                    2 problems, nothing was changed

                    a.conf:1             = (byte order mark)
                    problem              : PostgreSQL reads this mark at the beginning of the file as part of the first name
                    fix                  : sed -i '1s/^\\xEF\\xBB\\xBF//' a.conf

                    a.conf:1             = work_mem
                    problem              : work_mem has no value
                    fix                  : write it as: work_mem = value, with '' for an empty one
                    """, problems -> ConfFile.parse(source("\uFEFFwork_mem\n"), problems));
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "jit = 'a\\000b' | an octal escape is a NUL byte, at which PostgreSQL ends the value",
                    "jit = 'a\\400b' | an octal escape is a NUL byte, at which PostgreSQL ends the value",
                    "jit = '\\377'   | octal escapes produce bytes that are not a text in UTF-8",
                    "jit = '\\303'   | octal escapes produce bytes that are not a text in UTF-8",
                })
        void escapesThatMakeNoText(String line, String reason) {
            assertRefused(line, reason, "write the characters themselves");
        }

        @ParameterizedTest
        @ValueSource(strings = {"include 'more.conf'", "include_dir = 'conf.d'", "include '/etc/x.conf'"})
        void otherFiles(String line) {
            ProjectDraft.assertRefused("""
                    1 problem, nothing was changed

                    a.conf:1             = %s
                    problem              : an included file does not exist in the pods
                    fix                  : copy its lines into a.conf, and delete line 1
                    """.formatted(line), problems -> ConfFile.parse(source(line), problems));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "include_if_exists = 'postgresql.conf'",
                    "include_if_exists = '../postgresql/pg_hba.conf'",
                    "include_if_exists = '/var/lib/postgresql/data/pgdata/postgresql.conf'",
                    "include '/etc/postgresql/postgresql.conf'",
                })
        void otherFilesThatEveryPodHas(String line) {
            ProjectDraft.assertRefused("""
                    1 problem, nothing was changed

                    a.conf:1             = %s
                    problem              : includes a file that the pods have for another purpose, this one itself or one from initdb: it was not checked
                    fix                  : copy its lines into a.conf, and delete line 1
                    """.formatted(line), problems -> ConfFile.parse(source(line), problems));
        }

        @ParameterizedTest
        @ValueSource(strings = {"include_if_exists = '/etc/x.conf'", "Include_If_Exists 'more.conf'"})
        void noFileThatNeedNotBeThere(String line) {
            var problems = new Problems();
            var file = ConfFile.parse(source("jit = on\n" + line + "\n"), problems);
            problems.throwIfAny();
            assertEquals(
                    """
                    a.conf:2             = %s
                    problem              : has no effect: the pods have no such file, so the server skips this line. If the image has one, its settings were not checked here
                    fix                  : copy its lines into a.conf, and delete line 2\
                    """.formatted(line),
                    problems.warnings().stream().map(Problem::text).reduce("", String::concat));
            assertEquals(
                    List.of("jit"),
                    file.settings().stream().map(ConfFile.Entry::name).toList());
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "primary_conninfo = host=a password=hunter2",
                    "primary_conninfo = 'password=hunter2",
                    "primary_conninfo: password=hunter2",
                    "Primary_Conninfo hunter2 hunter2",
                })
        void aConnectionWithoutItsPassword(String line) {
            ProjectDraft.assertRefused("""
                    1 problem, nothing was changed

                    a.conf:1             = primary_conninfo = [secret]
                    problem              : PostgreSQL cannot read this line
                    fix                  : delete line 1 of a.conf
                    """, problems -> ConfFile.parse(source(line), problems));
        }

        @Test
        void everyLineButNotOneByOneWhereNoneCanBeRead() {
            var first = IntStream.rangeClosed(1, 100)
                    .mapToObj(number -> """
                    %-20s = {
                    problem              : { is not a name: a name has letters, digits, _ and at most one dot
                    fix                  : write it as: name = value, or put # before a comment

                    """.formatted("a.conf:" + number))
                    .collect(Collectors.joining());
            ProjectDraft.assertRefused(
                    "101 problems, nothing was changed\n\n" + first + """
                    a.conf               = 23 more lines
                    problem              : PostgreSQL cannot read them either
                    fix                  : check whether this is a postgresql.conf
                    """,
                    problems -> ConfFile.parse(source("{\n".repeat(123)), problems));
        }

        @Test
        void longLinesByTheirBeginning() {
            ProjectDraft.assertRefused(
                    """
                    1 problem, nothing was changed

                    a.conf:1             = %s…
                    problem              : without quotes these are two values: %s… and b
                    fix                  : write it as: jit = 'value', or put # before a comment
                    """.formatted("jit = " + "a".repeat(153), "a".repeat(39)),
                    problems -> ConfFile.parse(source("jit = " + "a".repeat(200) + " b"), problems));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    " ", "a", "a ", "8", ".", "-", "+", "'", "''", "\\", "\\'", "\"", "=", ",", "*", "\r", "\f",
                    "\u00A0", "'a "
                })
        void linesOfAnyLength(String part) {
            var much = part.repeat(LONG / part.length());
            for (var line : List.of("jit = 'x'y" + much, "jit = '" + much + "\\", "jit = *" + much, much + "'")) {
                var problems = new Problems();
                ConfFile.parse(source(line), problems);
                assertFalse(problems.isEmpty());
            }
        }

        private static void assertRefused(String line, String reason, String fix) {
            ProjectDraft.assertRefused(
                    """
                    1 problem, nothing was changed

                    a.conf:2             = %s
                    problem              : %s
                    fix                  : %s
                    """.formatted(line, reason, fix),
                    problems -> ConfFile.parse(source("jit = on\n  " + line + " \nfsync = on\n"), problems));
        }
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
}
