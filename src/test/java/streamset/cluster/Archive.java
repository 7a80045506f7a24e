package streamset.cluster;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

/**
 * The archive of a cluster on the testbed.
 *
 * @param path in the bucket
 */
public record Archive(TestbedStore store, Deployment cluster, String path) {
    /** Where it is unless streamset:backup.path says otherwise. */
    public static Archive of(TestbedStore store, Deployment cluster) {
        return new Archive(store, cluster, "/" + cluster.namespace() + "/postgresql");
    }

    public List<String> fullBackups() {
        return store.objects(path + "/backup").stream()
                .filter(object -> object.endsWith("F/backup.manifest"))
                .toList();
    }

    /** All base backups, whatever their kind. */
    public long backups() {
        return store.objects(path + "/backup").stream()
                .filter(object -> object.endsWith("/backup.manifest"))
                .count();
    }

    /** The objects of all segments of WAL. */
    public List<String> segments() {
        return store.objects(path + "/archive").stream()
                .filter(object -> object.matches(".*/[0-9A-F]{24}-[^/]*"))
                .toList();
    }

    public boolean has(String segment) {
        return segments().stream().anyMatch(object -> object.contains("/" + segment + "-"));
    }

    /** Has a CronJob do now what it does at its time: full, incremental or verify. What its Job says; fails when that does. */
    public String run(String kind) {
        var name = begin(kind);
        assertTrue(succeeds(name), () -> log(name));
        return log(name);
    }

    /** The same without waiting; the Job's name. */
    public String begin(String kind) {
        var name = kind + "-" + Long.toString(System.nanoTime(), Character.MAX_RADIX);
        cluster.kubectl("create", "job", name, "--from=cronjob/postgresql-backup-" + kind);
        return name;
    }

    /** Waits for the end of a Job. */
    public boolean succeeds(String job) {
        cluster.await("the end of the Job " + job, () -> hasEnded(job));
        return conditions(job).contains("Complete");
    }

    public boolean hasEnded(String job) {
        return !conditions(job).isEmpty();
    }

    public String log(String job) {
        return cluster.tryKubectl("logs", "job/" + job).output();
    }

    private String conditions(String job) {
        return cluster.kubectl("get", "job", job, "-o", "jsonpath={.status.conditions[*].type}");
    }
}
