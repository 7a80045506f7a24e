package streamset.faults;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import streamset.cluster.Archive;
import streamset.cluster.Deployment;
import streamset.cluster.TestbedStore;
import streamset.units.ByteSize;

/** A cluster under load that archives to the S3 server of the testbed; removed with its data and the server when closed. */
record BackupCluster(TestbedStore store, Archive archive, FaultCluster faults, ByteSize bound, int queue)
        implements AutoCloseable {
    static final int MAJOR = 18; // as the stack dev
    static final String PASSPHRASE = "a passphrase of tests";

    private static final int MOST_SEGMENTS = 60;
    private static final Pattern BOUND = Pattern.compile("(\\d+) MB +[^\\n]*the most that pg_wal grows to");
    private static final Pattern SLOT = Pattern.compile("streamset_slot_kept_bytes\\{[^}]*} > (\\d+)");
    private static final Pattern QUEUE = Pattern.compile("\"%p\" (\\d+)");

    /** @param more settings over those of every such cluster */
    static BackupCluster deploy(String namespace, String... more) {
        var settings = new ArrayList<>(List.of(new DeclaredEngine().settings()));
        settings.add("streamset:createNamespace=false"); // it has the Secrets already
        var store = TestbedStore.start();
        settings.addAll(store.backupSettings(MAJOR));
        settings.addAll(List.of(more));
        var deployment = new Deployment("dev", namespace, settings.toArray(String[]::new));
        store.prepare(deployment, PASSPHRASE);
        var declared = new Declared();
        deployment.apply(declared.words());
        var archive = Archive.of(store, deployment);
        deployment.await("the first base backup", () -> archive.backups() > 0);
        var bound = found(BOUND, deployment.project().explained());
        var cluster = FaultCluster.of(namespace, deployment, declared);
        int queue = found(QUEUE, cluster.tryAsk(declared.primary(), "SHOW archive_command"));
        return new BackupCluster(store, archive, cluster, ByteSize.ofMegabytes(bound), queue);
    }

    private static int found(Pattern pattern, String text) {
        var matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new AssertionError("there is no " + pattern + " in\n" + text);
        }
        return Integer.parseInt(matcher.group(1));
    }

    /** Of what a slot may hold back, by the rules for alerts of the stack, which has metrics. */
    long halfOfASlot() {
        var rules =
                deployment().kubectl("get", "configmap", "postgresql-alerts", "-o", "jsonpath={.data.alerts\\.yaml}");
        var matcher = SLOT.matcher(rules);
        if (!matcher.find()) {
            throw new AssertionError("there is no " + SLOT + " in\n" + rules);
        }
        return Long.parseLong(matcher.group(1));
    }

    Deployment deployment() {
        return faults.deployment();
    }

    /** Finishes so many segments, each with rows of all writers. */
    void finishSegments(int count) {
        for (int segment = 0; segment < count; segment++) {
            faults.awaitRows(Limits.MOMENT);
            faults.awaitAnswer(faults.primary(), "SELECT pg_switch_wal() IS NOT NULL", "t");
        }
    }

    /** Segments of WAL, one at a time and each with a record in it, until pod 0 says that it is so. */
    void writeUntil(String condition) throws SQLException {
        for (int segments = 0; segments < MOST_SEGMENTS; segments++) {
            if (faults.tryAsk(0, condition).equals("t")) {
                return;
            }
            faults.server(0).row("SELECT pg_logical_emit_message(false, 'streamset', 'one more segment')");
            faults.server(0).row("SELECT pg_switch_wal()");
        }
        throw new AssertionError("not after " + MOST_SEGMENTS + " segments: " + condition);
    }

    /** Waits until the archive has what has been written until now. */
    void awaitAllArchived() {
        var wal = PgWal.of(faults, faults.primary());
        var segment = faults.tryAsk(faults.primary(), "SELECT pg_walfile_name(pg_current_wal_lsn())");
        finishSegments(1);
        Waiting.until(
                "all WAL is in the archive",
                Limits.HEALTHY,
                () -> wal.waiting() == 0 && archive.has(segment),
                () -> "\n" + archiverSays(faults.primary()));
    }

    /** What the archiver of a pod has said. */
    String archiverSays(int ordinal) {
        return deployment()
                .tryKubectl("logs", Deployment.pod(ordinal), "-c", "archiver")
                .output();
    }

    @Override
    public void close() {
        faults.close();
        store.close();
    }
}
