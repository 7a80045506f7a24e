package streamset.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The reload Job has the declared conf files before the kubelet brings them to a pod that runs. */
@Tag("server")
class EarlyConfTest {
    private static final int TWO_LOOKS_MILLISECONDS = 2_500; // of start.sh
    private static final String RELOADED = "reloaded with revision second of the conf files";

    @AutoClose
    private final Pods pods = Pods.of(1);

    private final Pod pod = pods.get(0).withDataOfAPrimary();
    private Container node;

    @BeforeEach
    void theKubeletSleeps() {
        pods.kubeletSleeps(pod);
        node = pod.initAndStart();
    }

    /** Declares files that only Jobs have. */
    private void declare(String revision, String conf, String hba) {
        pods.revision(revision);
        var mounted = Machine.read(pod.conf.resolve("postgresql.conf"));
        var mountedHba = Machine.read(pod.conf.resolve("pg_hba.conf"));
        pod.conf(conf).hba(hba).revision(revision);
        pods.confOfJobs(pod);
        Machine.write(pod.conf.resolve("postgresql.conf"), mounted);
        Machine.write(pod.conf.resolve("pg_hba.conf"), mountedHba);
    }

    private Path jobConf(String name) {
        return pod.volume.getParent().resolveSibling("job").resolve("conf").resolve(name);
    }

    @Test
    void isAdoptedByteForByteWithoutTheKubelet() {
        declare("second", "work_mem = 5MB # ünïcode, a \\ and a \t tab", "host all guest all reject # \\n");

        var job = pods.job("reload.sh").mustSucceed();

        assertEquals(
                List.of("waiting for db-0.db-svc to adopt revision second", "db-0.db-svc runs with revision second"),
                job.said());
        assertEquals("5MB", pod.ask("SHOW work_mem"));
        for (String name : List.of("postgresql.conf", "pg_hba.conf")) {
            assertEquals(Machine.read(jobConf(name)), Machine.read(pod.etc.resolve(name)));
        }
        assertFalse(node.output().contains("COPY (SELECT"), node.output());
    }

    @Test
    void staysWhenTheContainerRestartsAndWhenTheKubeletBringsTheSame() throws Exception {
        declare("second", "work_mem = 5MB", "");
        pods.job("reload.sh").mustSucceed();

        node.kill();
        node = pod.start();
        assertEquals("5MB", pod.ask("SHOW work_mem"));
        Thread.sleep(TWO_LOOKS_MILLISECONDS);
        assertEquals("5MB", pod.ask("SHOW work_mem"));

        pods.kubeletWakes(pod);
        pod.conf("work_mem = 5MB").revision("second");
        Thread.sleep(TWO_LOOKS_MILLISECONDS);
        assertEquals("5MB", pod.ask("SHOW work_mem"));
        assertFalse(node.said().contains(RELOADED), node.output());
    }

    @Test
    void aLaterDeclarationThatTheKubeletBringsCounts() {
        declare("second", "work_mem = 5MB", "");
        pods.job("reload.sh").mustSucceed();

        pods.revision("third");
        pod.conf("work_mem = 6MB").revision("third");
        pods.kubeletWakes(pod);

        pod.awaitAnswer("SHOW work_mem", "6MB");
    }

    @Test
    void anEarlierDeclarationDoesNotCount() throws Exception {
        declare("second", "work_mem = 5MB", "");
        writes(pod.run.resolve("streamset.conf"), header("second", pods.generation() - 1, "0".repeat(64)));

        Thread.sleep(TWO_LOOKS_MILLISECONDS);

        assertEquals("first", pod.ask("SHOW streamset.revision"));
        assertEquals(List.of(), node.said());
    }

    @Test
    void filesOfAnotherPodAreLeftToIt() {
        pods.revisionForPods("second", "fedcba9876543210");
        pod.conf("work_mem = 5MB").revision("second");
        pods.confOfJobs(pod);

        var job = pods.job("reload.sh").mustSucceed();

        assertEquals(List.of("db-0.db-svc gets revision second with its restart"), job.said());
        assertEquals("first", pod.ask("SHOW streamset.revision"));
    }

    @Test
    void filesThatAreNotWhatTheirDigestsSayAreNotAdopted() {
        declare("second", "work_mem = 5MB", "");
        var text = Base64.getEncoder().encodeToString("work_mem = 7MB\n".getBytes());
        writes(pod.run.resolve("streamset.postgresql.conf"), text + "\n");
        writes(pod.run.resolve("streamset.pg_hba.conf"), text + "\n");
        writes(pod.run.resolve("streamset.conf"), header("second", pods.generation(), "0".repeat(64)));

        node.awaitSaying("the announced conf files are not what their digests say: the kubelet will bring them");
        assertEquals("first", pod.ask("SHOW streamset.revision"));

        pods.job("reload.sh").mustSucceed();
        assertEquals("5MB", pod.ask("SHOW work_mem"));
    }

    @Test
    void commandsInItAreNeverExecuted() {
        var pwned = pod.volume.resolve("pwned");
        declare("second", "", "");
        writes(pod.run.resolve("streamset.conf"), header("$(touch " + pwned + ")", pods.generation(), "0".repeat(64)));

        node.awaitSaying(pod.run.resolve("streamset.conf")
                + " is refused: line 1 must be revision=… with up to 64 letters and digits");
        assertFalse(Files.exists(pwned));
    }

    @Test
    void aMistakeIsReportedAndNotReloaded() {
        declare("second", "work_mem = plenty", "");

        var job = pods.job("reload.sh");

        assertEquals(1, job.exitCode(), job.output());
        assertTrue(job.output().contains("work_mem: setting could not be applied"), job.output());
        assertFalse(node.output().contains("received SIGHUP"), node.output());
    }

    private static String header(String revision, int generation, String digest) {
        return "revision=" + revision + "\nwal_kilobytes=0\npod=" + Pod.FIRST_DIGEST + "\ngeneration=" + generation
                + "\npostgresql_conf=" + digest + "\npg_hba_conf=" + digest + "\n";
    }

    private static void writes(Path file, String text) {
        Machine.write(file, text);
        Machine.give(file);
    }
}
