package streamset.conf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import streamset.problems.Problems;

@Tag("unit")
class SourceFileTest {
    @TempDir
    private Path folder;

    private ProjectDraft project;

    @BeforeEach
    void writeProject() {
        project = ProjectDraft.in(folder);
    }

    @Test
    void isTheBaseFile() {
        assertEquals(
                new SourceFile("src/main/postgresql/postgresql.conf", "wal_level = replica\n"), postgresqlConf("dev"));
        assertEquals(new SourceFile("src/main/postgresql/pg_hba.conf", ProjectDraft.PG_HBA_CONF), pgHbaConf("dev"));
    }

    @Test
    void isTheStacksOwnWhereItHasOne() {
        project.own("pg_hba.conf", "local all all peer\n");
        assertEquals(new SourceFile("stacks/dev/pg_hba.conf", "local all all peer\n"), pgHbaConf("dev"));
        assertEquals("src/main/postgresql/pg_hba.conf", pgHbaConf("prod").location());
        assertEquals(
                "src/main/postgresql/postgresql.conf", postgresqlConf("dev").location());
    }

    @Test
    void keepsEveryCharacter() {
        var text = "# größer\r\n\tjit = off";
        project.base("postgresql.conf", text);
        assertEquals(text, postgresqlConf("dev").text());
        assertEquals(List.of("# größer", "\tjit = off"), postgresqlConf("dev").lines());
    }

    private SourceFile postgresqlConf(String stack) {
        var problems = new Problems();
        var file = ConfSource.ofProject(folder, stack).read(ConfFiles.POSTGRESQL_CONF, problems);
        problems.throwIfAny();
        return file;
    }

    private SourceFile pgHbaConf(String stack) {
        var problems = new Problems();
        var file = ConfSource.ofProject(folder, stack).read(ConfFiles.PG_HBA_CONF, problems);
        problems.throwIfAny();
        return file;
    }

    @Nested
    class IsRefused {
        @Test
        void whenItIsMissing() {
            project.without("postgresql.conf").isRefusedWith("""
                    1 problem, nothing was changed

                    src/main/postgresql/postgresql.conf = (missing)
                    problem                             : the file does not exist
                    fix                                 : git checkout -- src/main/postgresql/postgresql.conf
                    """);
        }

        @Test
        void whenBothAreMissing() {
            project.without("postgresql.conf").without("pg_hba.conf").isRefusedWith("""
                    2 problems, nothing was changed

                    src/main/postgresql/postgresql.conf = (missing)
                    problem                             : the file does not exist
                    fix                                 : git checkout -- src/main/postgresql/postgresql.conf

                    src/main/postgresql/pg_hba.conf = (missing)
                    problem                         : the file does not exist
                    fix                             : git checkout -- src/main/postgresql/pg_hba.conf
                    """);
        }

        @Test
        void whenItCanNotBeRead() {
            project.folderInPlaceOf("pg_hba.conf").isRefusedWith("""
                    1 problem, nothing was changed

                    src/main/postgresql/pg_hba.conf = (unreadable)
                    problem                         : the file cannot be read: Is a directory
                    fix                             : chmod u+r src/main/postgresql/pg_hba.conf
                    """);
        }

        @Test
        void whenItIsNotUtf8() {
            project.base("postgresql.conf", "# gr\u00f6\u00dfer\n".getBytes(StandardCharsets.ISO_8859_1))
                    .isRefusedWith("""
                            1 problem, nothing was changed

                            src/main/postgresql/postgresql.conf = (not UTF-8)
                            problem                             : a ConfigMap can contain only text in UTF-8
                            fix                                 : iconv -f LATIN1 -t UTF-8 src/main/postgresql/postgresql.conf > new && mv new src/main/postgresql/postgresql.conf
                            """);
        }

        @Test
        void whenItIsNoText() {
            var encrypted = new byte[] {0, 'G', 'I', 'T', 'C', 'R', 'Y', 'P', 'T', 0, (byte) 0xd5, 7};
            project.base("postgresql.conf", encrypted).isRefusedWith("""
                            1 problem, nothing was changed

                            src/main/postgresql/postgresql.conf = (no text)
                            problem                             : has bytes that no text contains: it may be encrypted (git-crypt, for example) or another kind of file
                            fix                                 : replace it with the conf file itself; if it is encrypted, decrypt it first: git-crypt unlock
                            """);
        }

        @Test
        void whenItHasANulByte() {
            project.base("pg_hba.conf", ProjectDraft.PG_HBA_CONF + "# t\0wo\n").isRefusedWith("""
                    1 problem, nothing was changed

                    src/main/postgresql/pg_hba.conf = line 3
                    problem                         : has a NUL byte, at which PostgreSQL would stop reading
                    fix                             : delete the byte: tr -d '\\000' < src/main/postgresql/pg_hba.conf
                    """);
        }

        @Test
        void whenNoConfigMapCouldHoldIt() {
            project.base("pg_hba.conf", "#".repeat((1 << 20) + 1)).isRefusedWith("""
                    1 problem, nothing was changed

                    src/main/postgresql/pg_hba.conf = 1048577 bytes
                    problem                         : it must fit into a ConfigMap, which has at most 1048576 bytes
                    fix                             : make the file smaller
                    """);
        }

        @Test
        void alsoWhenItIsTheStacksOwn() {
            project.own("postgresql.conf", "work_mem = 64 MB\n").isRefusedWith("""
                    1 problem, nothing was changed

                    stacks/dev/postgresql.conf:1 = work_mem = 64 MB
                    problem                      : without quotes these are two values: 64 and MB
                    fix                          : write it as: work_mem = '64 MB', or put # before a comment
                    """);
        }
    }
}
