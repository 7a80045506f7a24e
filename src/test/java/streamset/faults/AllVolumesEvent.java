package streamset.faults;

import java.time.Instant;
import java.util.Map;
import streamset.cluster.Archive;

/** Nothing is left but the archive: the commands of docs/backup.md bring the cluster back. What is deployed after it forgets them. */
record AllVolumesEvent(BackupCluster cluster) {
    private static final String NEW_PATH = "-2"; // behind the former one

    BackupFault lost() {
        return BackupFault.of("all volumes deleted; the commands of docs/backup.md", "every row is back", () -> {
            cluster.finishSegments(1);
            var began = Instant.now();
            cluster.deployment().project().typed(commands());
            new Health(cluster.faults()).await();
            cluster.faults().awaitRows(Limits.HEALTHY);
            var archive = new Archive(
                    cluster.store(), cluster.deployment(), cluster.archive().path() + NEW_PATH);
            cluster.deployment().await("a base backup in the new place", () -> archive.backups() > 0);
            return "whole, and with an archive of its own, after " + ArchiveEvents.since(began);
        });
    }

    /** The store of the testbed has an authority of its own, of which the page knows nothing. */
    private String commands() {
        var store = cluster.store();
        return "pulumi config set --stack dev --plaintext --path 'streamset:restore.from.caSecretName' "
                + store.secrets().authority() + "\n"
                + commands(
                        cluster.deployment().namespace(),
                        cluster.archive().path(),
                        store.fact("bucket"),
                        store.fact("endpoint"),
                        store.secrets().keys());
    }

    /** The page's own, but for names. */
    static String commands(String namespace, String path, String bucket, String endpoint, String secret) {
        return BackupPage.commands(
                "All volumes are lost",
                Map.of(
                        "select prod",
                        "select dev",
                        "-n postgresql",
                        "-n " + namespace,
                        " backups",
                        " " + bucket,
                        "s3.eu-central-1.amazonaws.com",
                        endpoint,
                        "region' eu-central-1",
                        "region' us-east-1",
                        "/postgresql/postgresql",
                        path,
                        "secretName' backup",
                        "secretName' " + secret));
    }
}
