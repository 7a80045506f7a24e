package streamset.conf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import streamset.cluster.ClusterSpec;
import streamset.config.StackDraft;
import streamset.problems.Problems;

/** Conf files of programs that have no folders for them, as the project has. */
@Tag("unit")
class ConfSourceTest {
    private final Problems problems = new Problems();

    private SourceFile read(ConfSource source, String name) {
        var file = source.read(name, problems);
        problems.throwIfAny();
        return file;
    }

    private static String base(String name) throws IOException {
        return Files.readString(Path.of("src/main/postgresql", name));
    }

    @Test
    void hasTheBaseFilesOfTheLibrary() throws IOException {
        for (var name : new String[] {ConfFiles.POSTGRESQL_CONF, ConfFiles.PG_HBA_CONF}) {
            assertEquals(
                    new SourceFile("classpath:streamset/postgresql/" + name, base(name)),
                    read(ConfSource.base(), name));
        }
    }

    @Test
    void takesFilesFromTheClassPath() throws IOException {
        var source = ConfSource.ofClassPath(ConfSourceTest.class, "streamset/conf/both");
        var file = read(source, ConfFiles.POSTGRESQL_CONF);
        assertEquals(base(ConfFiles.POSTGRESQL_CONF) + "#include_base\njit = off\n", file.text());
        int last = file.lines().size();
        assertEquals("classpath:streamset/conf/both/postgresql.conf:2", file.line(last));
        assertEquals("classpath:streamset/postgresql/postgresql.conf:1", file.line(1));
        assertEquals(
                "host all all all md6\n", read(source, ConfFiles.PG_HBA_CONF).text());
    }

    @Test
    void takesTheBaseFileInPlaceOfOneThatIsNotThere() throws IOException {
        var source = ConfSource.ofClassPath(ConfSourceTest.class, "streamset/conf/one");
        assertEquals("jit = off\n", read(source, ConfFiles.POSTGRESQL_CONF).text());
        assertEquals(
                base(ConfFiles.PG_HBA_CONF), read(source, ConfFiles.PG_HBA_CONF).text());
    }

    @Test
    void takesTexts() throws IOException {
        var source = ConfSource.ofText("Shop.java", "include_base\njit = off\n", "local all all peer\n");
        var file = read(source, ConfFiles.POSTGRESQL_CONF);
        assertEquals(base(ConfFiles.POSTGRESQL_CONF) + "#include_base\njit = off\n", file.text());
        assertEquals("Shop.java/postgresql.conf:2", file.line(file.lines().size()));
        assertEquals("local all all peer\n", read(source, ConfFiles.PG_HBA_CONF).text());
    }

    @Test
    void refusesAFolderThatHasNeither() {
        var source = ConfSource.ofClassPath(ConfSourceTest.class, "nowhere");
        ProjectDraft.assertRefused(
                """
                2 problems, nothing was changed

                classpath:nowhere/postgresql.conf = (missing)
                problem                           : the class path of streamset.conf.ConfSourceTest has neither postgresql.conf nor pg_hba.conf there
                fix                               : write src/main/resources/nowhere/postgresql.conf, or take ConfSource.base()

                classpath:nowhere/pg_hba.conf = (missing)
                problem                       : the class path of streamset.conf.ConfSourceTest has neither postgresql.conf nor pg_hba.conf there
                fix                           : write src/main/resources/nowhere/pg_hba.conf, or take ConfSource.base()
                """, found -> ClusterSpec.of(StackDraft.minimal().raw(), source, found));
    }

    @Test
    void namesTheFileOfAProblem() {
        var source = ConfSource.ofClassPath(ConfSourceTest.class, "streamset/conf/both");
        ClusterSpec.of(StackDraft.minimal().raw(), source, problems);
        assertEquals(1, problems.found().size(), () -> problems.found().toString());
        assertEquals(
                "classpath:streamset/conf/both/pg_hba.conf:1",
                problems.found().get(0).subject());
    }

    @Test
    void refusesTextsThatNoConfigMapContains() {
        var source = ConfSource.ofText("Shop.java", "#".repeat((1 << 20) + 1), "local all all peer # \0\n");
        var spec = ClusterSpec.of(StackDraft.minimal().raw(), source, problems);
        assertTrue(spec.files().pgHbaConf().contains("peer"));
        assertEquals(
                "Shop.java/postgresql.conf, Shop.java/pg_hba.conf",
                problems.found().get(0).subject() + ", "
                        + problems.found().get(1).subject());
    }
}
