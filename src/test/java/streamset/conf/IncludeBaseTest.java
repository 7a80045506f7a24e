package streamset.conf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import streamset.config.StackDraft;
import streamset.problems.Problem;
import streamset.problems.Problems;

@Tag("unit")
class IncludeBaseTest {
    @TempDir
    private Path folder;

    private ProjectDraft project;

    @BeforeEach
    void writeProject() {
        project = ProjectDraft.in(folder);
    }

    @Test
    void takesTheLinesOfTheBaseFileInFront() {
        project.base("postgresql.conf", "# größer\r\njit = off\nwal_level = replica")
                .own("postgresql.conf", "# of dev\n\n  include_base  # first of all\njit = on\n\twork_mem = 2MB");
        var text = project.files().postgresqlConf();
        var begin = "# größer\r\njit = off\nwal_level = replica\n"
                + "# of dev\n\n  #include_base  # first of all\njit = on\n\twork_mem = 2MB\n";
        assertTrue(text.startsWith(begin + "\n# ---- added by streamset"), text);
    }

    @Test
    void takesTheLinesOfPgHbaConfInFront() {
        project.own("pg_hba.conf", "include_base\nhost all all ${pods} md5\n");
        var text = project.files().pgHbaConf();
        var end = "\n\n" + ProjectDraft.PG_HBA_CONF + "#include_base\n";
        assertTrue(text.contains(end + "host all all .postgresql-svc."), text);
    }

    @Test
    void namesTheFileAndTheLineThatAValueComesFrom() {
        project.base("postgresql.conf", "\njit = off\nwal_level = replica\n")
                .own("postgresql.conf", "include_base\nwork_mem = 2MB\n\njit = on\n");
        assertEquals("src/main/postgresql/postgresql.conf:3", reason("wal_level"));
        assertEquals("stacks/dev/postgresql.conf:2", reason("work_mem"));
        assertEquals("stacks/dev/postgresql.conf:4", reason("jit"));
    }

    private ConfSource source() {
        return ConfSource.ofProject(folder, ProjectDraft.STACK);
    }

    private String reason(String name) {
        return project.spec().settings().all().stream()
                .filter(setting -> setting.name().equals(name))
                .findFirst()
                .orElseThrow()
                .reason();
    }

    @Test
    void warnsOfWhatIsTwiceInOneFileOnly() {
        project.base("postgresql.conf", "jit = off\nwal_level = replica\n")
                .own("postgresql.conf", "include_base\njit = on\njit = off\n");
        var problems = new Problems();
        ConfFile.parse(source().read(ConfFiles.POSTGRESQL_CONF, problems), problems);
        assertEquals(
                List.of("""
                        stacks/dev/postgresql.conf:2 = jit = on
                        problem                      : has no effect: line 3 sets jit too, and PostgreSQL takes the last: jit = off
                        fix                          : delete line 2 of stacks/dev/postgresql.conf, or line 3 to keep this one"""), problems.warnings().stream().map(Problem::text).toList());
    }

    /** In pg_hba.conf a backslash joins the next line, in a comment too. */
    @ParameterizedTest
    @ValueSource(strings = {"local all all peer # \\", "local all all peer # \\\n", "local all all peer # \\\r\n"})
    void keepsTheLinesOfTheBaseFileApartFromItsOwn(String base) {
        project.base("pg_hba.conf", base).own("pg_hba.conf", "include_base\nhost all all all foo\n");
        project.isRefusedWith("""
                1 problem, nothing was changed

                stacks/dev/pg_hba.conf:2 = host all all all foo
                problem                  : "foo" is not a method of PostgreSQL 18 on Linux
                fix                      : use one of: trust, reject, scram-sha-256, md5, password, peer, ident, gss, pam, ldap, radius, cert, oauth
                """);
        var problems = new Problems();
        var text = source().read(ConfFiles.PG_HBA_CONF, problems).text();
        assertTrue(text.startsWith(base), text);
    }

    @Test
    void holdsForEmptyFilesToo() {
        project.base("pg_hba.conf", "").own("pg_hba.conf", "include_base");
        assertTrue(project.files().pgHbaConf().endsWith("\n\n#include_base"));
    }

    @Nested
    class TellsProblems {
        @Test
        void whereTheyAre() {
            project.base("postgresql.conf", "jit = off\nwork_mem = 1QB\ninclude 'a'\n")
                    .own("postgresql.conf", "include_base\nwork_mem\nmax_connections = 1QB\ninclude 'b'\n");
            project.base("pg_hba.conf", "\nhost all all all trust\n")
                    .own("pg_hba.conf", "\ninclude_base\nhost all all all md6\n");
            project.isRefusedWith("""
                    7 problems, nothing was changed

                    src/main/postgresql/postgresql.conf:3 = include 'a'
                    problem                               : an included file does not exist in the pods
                    fix                                   : copy its lines into src/main/postgresql/postgresql.conf, and delete line 3

                    stacks/dev/postgresql.conf:2 = work_mem
                    problem                      : work_mem has no value
                    fix                          : write it as: work_mem = value, with '' for an empty one

                    stacks/dev/postgresql.conf:4 = include 'b'
                    problem                      : an included file does not exist in the pods
                    fix                          : copy its lines into stacks/dev/postgresql.conf, and delete line 4

                    src/main/postgresql/postgresql.conf:2 = work_mem = 1QB
                    problem                               : must be a size such as 64MB; "1QB" has no unit that PostgreSQL knows: B, kB, MB, GB, TB
                    fix                                   : delete line 2 of src/main/postgresql/postgresql.conf

                    stacks/dev/postgresql.conf:3 = max_connections = 1QB
                    problem                      : must be a number without anything after it
                    fix                          : delete line 3 of stacks/dev/postgresql.conf

                    stacks/dev/pg_hba.conf:3 = host all all all md6
                    problem                  : "md6" is not a method of PostgreSQL 18 on Linux, did you mean md5?
                    fix                      : use one of: trust, reject, scram-sha-256, md5, password, peer, ident, gss, pam, ldap, radius, cert, oauth

                    src/main/postgresql/pg_hba.conf:2 = host all all all trust
                    problem                           : lets in whoever can reach a pod from there, without a password
                    fix                               : change the method to scram-sha-256; or, if this is intended: pulumi config set streamset:allowTrust true
                    """, StackDraft.minimal());
        }

        @Test
        void alsoWithTheMarkThatSomeEditorsWriteAtTheBeginning() {
            project.base("postgresql.conf", "\uFEFFjit = off\n")
                    .own("postgresql.conf", "\uFEFFinclude_base\n")
                    .isRefusedWith("""
                            2 problems, nothing was changed

                            src/main/postgresql/postgresql.conf:1 = (byte order mark)
                            problem                               : PostgreSQL reads this mark at the beginning of the file as part of the first name
                            fix                                   : sed -i '1s/^\\xEF\\xBB\\xBF//' src/main/postgresql/postgresql.conf

                            stacks/dev/postgresql.conf:1 = (byte order mark)
                            problem                      : PostgreSQL reads this mark at the beginning of the file as part of the first name
                            fix                          : sed -i '1s/^\\xEF\\xBB\\xBF//' stacks/dev/postgresql.conf
                            """);
        }

        @Test
        void ofABaseFileThatIsMissing() {
            project.without("pg_hba.conf").own("pg_hba.conf", "include_base\n").isRefusedWith("""
                    1 problem, nothing was changed

                    src/main/postgresql/pg_hba.conf = (missing)
                    problem                         : the file does not exist
                    fix                             : git checkout -- src/main/postgresql/pg_hba.conf
                    """);
        }

        @ParameterizedTest
        @ValueSource(strings = {"postgresql.conf", "pg_hba.conf"})
        void ofAWordThatDoesNotStandAtTheTop(String name) {
            var line = name.equals("pg_hba.conf") ? "local all all peer" : "jit = off";
            project.own(name, "# of dev\n" + line + "\n include_base\n").isRefusedWith("""
                    1 problem, nothing was changed

                    stacks/dev/%1$s:3 = include_base
                    problem%2$s : the lines of the base file come in front of all lines of this one, so the word has to stand there
                    fix%2$s     : move line 3 to the top of stacks/dev/%1$s
                    """.formatted(
                            name, " ".repeat("stacks/dev/:3".length() + name.length() - "problem".length())));
        }

        @Test
        void ofAWordThatIsThereTwice() {
            project.own("postgresql.conf", "include_base\njit = off\ninclude_base\n")
                    .isRefusedWith("""
                            1 problem, nothing was changed

                            stacks/dev/postgresql.conf:3 = include_base
                            problem                      : the base file is there already, by a line above
                            fix                          : delete line 3 of stacks/dev/postgresql.conf
                            """);
        }

        @ParameterizedTest
        @CsvSource({"include_base = on", "Include_Base", "include_base;", "include_base 'postgresql.conf'"})
        void ofAWordThatIsWrittenInAnotherWay(String line) {
            project.own("postgresql.conf", line + "\n").isRefusedWith("""
                    1 problem, nothing was changed

                    stacks/dev/postgresql.conf:1 = %s
                    problem                      : the word stands alone in its line, in small letters
                    fix                          : write it as: include_base
                    """.formatted(line));
        }

        @Test
        void ofABaseFileThatHasTheWord() {
            project.base("pg_hba.conf", "include_base\n").isRefusedWith("""
                    1 problem, nothing was changed

                    src/main/postgresql/pg_hba.conf:1 = include_base
                    problem                           : this is the base file itself
                    fix                               : delete line 1 of src/main/postgresql/pg_hba.conf
                    """);
        }
    }

    @Test
    void isNoOtherNameThatBeginsLikeIt() {
        project.own("postgresql.conf", "include_base.a = 1\n");
        assertTrue(project.files().postgresqlConf().startsWith("include_base.a = 1\n"));
    }
}
