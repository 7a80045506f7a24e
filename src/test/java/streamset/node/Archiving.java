package streamset.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import streamset.features.Endpoint;
import streamset.features.Repository;

/** The containers with pgBackRest in the pods of a cluster, and the archive that they use: a real S3 server. */
final class Archiving implements AutoCloseable {
    private final Pods pods;
    private final ObjectStore store;
    private final Path secret;
    private String path = "/cluster";
    private boolean encrypted = true;

    private Archiving(Pods pods) {
        this.pods = pods;
        store = ObjectStore.in(pods.folder().resolve("s3"));
        secret = pods.folder().resolve("backup-secret");
        secret("access-key-id", ObjectStore.KEY_ID);
        secret("secret-access-key", ObjectStore.SECRET_KEY);
        secret("cipher-passphrase", "phrase");
    }

    static Archiving of(Pods pods) {
        return new Archiving(pods);
    }

    ObjectStore store() {
        return store;
    }

    void secret(String key, String value) {
        Machine.write(secret.resolve(key), value);
    }

    /** Files of WAL that the server of a pod wants archived. */
    static long waiting(Pod pod) {
        return Machine.names(pod.data.resolve("pg_wal/archive_status")).stream()
                .filter(name -> name.endsWith(".ready"))
                .count();
    }

    /** What can be restored, as the archiver of a pod tells. */
    List<String> points(Pod pod) {
        return run("backup/points.sh", pod, Map.of())
                .mustSucceed()
                .output()
                .lines()
                .toList();
    }

    void awaitBackup(Container archiver, String kind) {
        Await.until("a base backup", () -> archiver.output().contains(" " + kind + ": in "), archiver::output);
    }

    /** The names of the base backups, sorted. */
    List<String> backups() {
        return Machine.names(folderOfBackups()).stream()
                .filter(name -> name.matches("[0-9F_-]+[FDI]"))
                .toList();
    }

    Path folderOfBackups() {
        return store.bucket().resolve(path.substring(1)).resolve("backup/postgresql");
    }

    String newestBackup() {
        var backups = backups();
        return backups.get(backups.size() - 1);
    }

    /** The last parts of the names of what is archived. */
    List<String> objects() {
        return store.objects().stream()
                .filter(name -> name.startsWith(path.substring(1) + "/archive/"))
                .map(name -> name.substring(name.lastIndexOf('/') + 1))
                .toList();
    }

    /** The segments that are archived, sorted. */
    List<String> segments() {
        return objects().stream()
                .filter(name -> name.matches("[0-9A-F]{24}-.*"))
                .map(name -> name.substring(0, 24))
                .toList();
    }

    Path objectOf(String segment) {
        var name = store.objects().stream()
                .filter(object -> object.contains("/" + segment + "-"))
                .findFirst()
                .orElseThrow();
        return store.bucket().resolve(name);
    }

    /** Between the first and the last segment that is archived. All tests stay in the first 4 GB of WAL. */
    void assertNoGap() {
        var numbers = segments().stream()
                .map(name -> Integer.parseInt(name.substring(16), 16))
                .distinct()
                .sorted()
                .toList();
        assertEquals(
                IntStream.rangeClosed(numbers.get(0), numbers.get(numbers.size() - 1))
                        .boxed()
                        .toList(),
                numbers,
                segments().toString());
    }

    /** Where in the bucket the archive is from now on. */
    Archiving path(String value) {
        path = value;
        return this;
    }

    /** So that a test can change what is stored. */
    Archiving unencrypted() {
        encrypted = false;
        return this;
    }

    /** The archiver of a pod. */
    Container archiver(Pod pod) {
        return run("backup/archiver.sh", pod, Map.of());
    }

    /** The init container that restores. */
    Container restore(Pod pod, String type, String target) {
        pod.recreated();
        return run("backup/restore.sh", pod, Map.of("RESTORE_TYPE", type, "RESTORE_TARGET", target));
    }

    /** The Job that asks the archiver of the primary for something, at its scheduled time. */
    Container job(Pod primary, String kind) {
        // real pods have this folder at the same place: a new primary need not make the functions again that look there
        primary.awaitAnswer(
                "SELECT strpos(prosrc, '" + primary.spool() + "/') > 0 FROM pg_proc"
                        + " WHERE oid = to_regprocedure('streamset.answer(uuid)')",
                "t");
        var job = pods.folder().resolve("job");
        pods.makeWritable(job.resolve("tmp"));
        return pods.run("backup/request.sh", "job", job, Map.of(), kind);
    }

    /** The Job that restores the newest backup on a volume of its own, and tells the primary. */
    Container restoreTest(Pod primary) {
        var folder = pods.folder().resolve("restoretest");
        var tmp = folder.resolve("tmp");
        pods.makeWritable(tmp);
        pods.makeWritable(folder.resolve("volume"));
        var data = folder.resolve("volume/pgdata");
        var environment = environment(folder, tmp, data, folder.resolve("run"));
        environment.put("STREAMSET_MOUNTED_CONF", primary.conf.toString());
        return pods.run("backup/restoretest.sh", "restoretest", folder, environment);
    }

    /** A script in a container with pgBackRest, as the archiver is one. */
    Container run(String script, Pod pod, Map<String, String> more) {
        var tmp = pod.folder().resolve("archiver-tmp");
        pods.makeWritable(tmp);
        pods.makeWritable(pod.spool());
        var environment = environment(pod.folder(), tmp, pod.data, pod.run);
        environment.put("ARCHIVE_SPOOL", pod.spool().toString());
        environment.putAll(more);
        return pods.run(script, pod.name, pod.folder(), environment);
    }

    private Map<String, String> environment(Path folder, Path tmp, Path data, Path run) {
        return new HashMap<>(Map.of(
                "PATH",
                Machine.folderFrom("tools/pgbackrest.sh") + ":"
                        + pods.programs().folder() + ":" + pods.tools(),
                "PGDATA",
                data.toString(),
                "WAL_SEGMENT_MEGABYTES",
                "16",
                "TMPDIR",
                tmp.toString(),
                "ARCHIVE_OWNER",
                "shop/db",
                "BACKUP_ENCRYPTION",
                encrypted ? "yes" : "no",
                "BACKUP_CONF",
                conf(folder, tmp, data, run).toString(),
                "BACKUP_SECRET",
                secret.toString()));
    }

    /** As a cluster has it, with the paths and the port of this machine. */
    private Path conf(Path folder, Path tmp, Path data, Path run) {
        var repository = new Repository(
                ObjectStore.BUCKET,
                new Endpoint(ObjectStore.ADDRESS, Optional.of(store.port())),
                ObjectStore.REGION,
                path,
                "path",
                "secret",
                Optional.of("authority"),
                encrypted);
        var file = folder.resolve("pgbackrest.conf");
        var declared =
                new PgBackRestFile(repository, store.authority().getParent().toString(), Optional.of(14)).text();
        Machine.write(
                file,
                declared.replace(Paths.data(), data.toString())
                                .replace(Paths.RUN, run.toString())
                                .replaceAll("(?m)^(lock-path|spool-path)=" + Paths.TMP + "/", "$1=" + tmp + "/")
                        + "pg1-port=" + pods.port() + "\n");
        return file;
    }

    @Override
    public void close() {
        store.close();
    }
}
