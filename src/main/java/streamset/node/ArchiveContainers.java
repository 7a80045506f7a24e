package streamset.node;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import streamset.cluster.ClusterSpec;
import streamset.features.Archive;
import streamset.features.Repository;
import streamset.features.Restoration;
import streamset.node.ScheduledJob.Memory;
import streamset.pod.PodMount;

/** The containers that reach the archive: the one beside each server, and the one that fills the volume of a new cluster. */
public record ArchiveContainers(ClusterSpec spec) {
    /** The command of the server, which hands finished WAL over. */
    static final String ARCHIVE = "backup/archive.sh";

    private static final String ARCHIVER = "backup/archiver.sh";
    private static final String POINTS = "backup/points.sh";
    private static final String TAKEOVER = "backup/takeover.sh";
    private static final String RESTORE = "backup/restore.sh";
    private static final String FETCH_WITH_PATRONI = "patroni/fetch.sh"; // named by what the feature declares
    private static final String RESTORE_WITH_PATRONI = "patroni/restore.sh"; // where no pod has data

    /** The command of the server that recovers a backup, which takes WAL out of the archive. */
    private static final String GET = "backup/get.sh";

    private static final String REQUEST = "backup/request.sh";
    private static final String CONF_VARIABLE = "BACKUP_CONF";
    private static final String SECRET_VARIABLE = "BACKUP_SECRET";
    private static final String ENCRYPTION_VARIABLE = "BACKUP_ENCRYPTION";

    /** The variable with the name of the cluster, by which its archive is known. */
    private static final String OWNER_VARIABLE = "ARCHIVE_OWNER";

    /** The entry points in the server pods; none without the features, so that such clusters keep their pods. */
    Stream<String> scripts() {
        return Stream.concat(
                spec.archive().stream().flatMap(archive -> Stream.of(ARCHIVE, ARCHIVER, POINTS, TAKEOVER)),
                spec.restoration().stream().flatMap(restoration -> Stream.of(RESTORE, GET)));
    }

    /** Those that are there only with {@link PatroniAgent}. */
    Stream<String> scriptsOfPatroni() {
        return Stream.concat(
                spec.archive().stream().map(archive -> FETCH_WITH_PATRONI),
                spec.restoration().stream().map(restoration -> RESTORE_WITH_PATRONI));
    }

    /** The command that tells what can be restored, in the container of the archiver. */
    public static List<String> pointsCommand() {
        return Scripts.command(POINTS);
    }

    /** The entry points of Jobs. */
    Stream<String> jobScripts() {
        return spec.archive().stream()
                .flatMap(archive -> archive.tasks().stream())
                .flatMap(task -> task.isRestoreTest() ? Stream.of(RestoreTestPod.SCRIPT, GET) : Stream.of(REQUEST));
    }

    /** By which the server hands over. */
    Stream<PodMount> mountsOfServer() {
        return spec.archive().stream().map(archive -> PodMount.writable(Archive.SPOOL_VOLUME, Archive.SPOOL_MOUNT));
    }

    /** Where the server hands over. */
    Map<String, String> environmentOfServer() {
        return spec.archive().isPresent() ? Map.of(Archive.SPOOL_VARIABLE, Archive.SPOOL_MOUNT) : Map.of();
    }

    /**
     * The tasks that are done by themselves.
     *
     * @param scripts of all Jobs
     */
    List<ScheduledJob> tasks(Scripts scripts) {
        return spec.archive().stream()
                .flatMap(archive -> archive.tasks().stream()
                        .map(task -> task.isRestoreTest()
                                ? new RestoreTestPod(spec, archive).job(task, scripts)
                                : request(task, scripts)))
                .toList();
    }

    /** One that asks the archiver of the primary. */
    private ScheduledJob request(Archive.Task task, Scripts scripts) {
        var volumes = new NodeVolumes(spec);
        var environment = spec.features().parts().ofJobs().environment();
        return new ScheduledJob(
                task.kind(),
                task.schedule(),
                spec.config().image(),
                Memory.OF_SCRIPTS,
                new PodContainer(
                        ScheduledJob.ASKING, Scripts.command(REQUEST, task.kind()), environment, volumes.mountsOfJob()),
                volumes.ofJobAsNode(scripts));
    }

    /** Where whoever reaches the archive mounts what is needed for that. */
    static List<PodMount> mounts(Archive archive) {
        return Stream.concat(
                        Stream.of(
                                PodMount.readOnly(Archive.CONF_VOLUME, Archive.CONF_MOUNT),
                                PodMount.readOnly(Archive.SECRET_VOLUME, Archive.SECRET_MOUNT)),
                        archive.repository().authority().stream()
                                .map(secret -> PodMount.readOnly(Archive.AUTHORITY_VOLUME, Archive.AUTHORITY_MOUNT)))
                .toList();
    }

    /** The container beside a server. It sees the data, to copy them, and changes nothing. */
    public PodContainer archiver(Archive archive) {
        var environment = new LinkedHashMap<String, String>();
        environment.put(Environment.DATA, Paths.data());
        environment.put(
                Environment.MAJOR_VERSION, Integer.toString(spec.config().version()));
        environment.put(
                Environment.WAL_SEGMENT_MEGABYTES,
                Long.toString(spec.config().wal().segmentSize().megabytes()));
        environment.put(Archive.SPOOL_VARIABLE, Archive.SPOOL_MOUNT);
        var names = spec.config().names();
        environment.put(OWNER_VARIABLE, names.namespace() + "/" + names.prefix());
        environment.putAll(reaching(archive.repository(), Archive.CONF_MOUNT, Archive.SECRET_MOUNT));
        var mounts = new ArrayList<PodMount>();
        spec.claims()
                .forEach(claim -> mounts.add(
                        PodMount.readOnly(claim.kind().name(), claim.kind().path())));
        mounts.add(new NodeVolumes(spec).scripts());
        mounts.add(new NodeVolumes(spec).run());
        mounts.add(PodMount.writable(Archive.SPOOL_VOLUME, Archive.SPOOL_MOUNT));
        mounts.add(PodMount.writable(Archive.TMP_VOLUME, Paths.TMP));
        mounts.addAll(mounts(archive));
        return new PodContainer(Archive.CONTAINER, Scripts.command(ARCHIVER), environment, mounts);
    }

    /** The container that restores, before the one that would create an empty server. */
    public PodContainer restore(Restoration restoration) {
        var environment = new LinkedHashMap<>(Environment.of(spec));
        environment.putAll(reaching(restoration.repository(), Restoration.CONF_MOUNT, Restoration.SECRET_MOUNT));
        environment.put(Restoration.TYPE_VARIABLE, restoration.type());
        environment.put(Restoration.TARGET_VARIABLE, restoration.target());
        var volumes = new NodeVolumes(spec);
        var mounts = new ArrayList<>(volumes.ofRestore());
        mounts.add(PodMount.writable(Restoration.TMP_VOLUME, Paths.TMP));
        mounts.add(PodMount.readOnly(Restoration.CONF_VOLUME, Restoration.CONF_MOUNT));
        mounts.add(PodMount.readOnly(Restoration.SECRET_VOLUME, Restoration.SECRET_MOUNT));
        restoration
                .repository()
                .authority()
                .ifPresent(secret ->
                        mounts.add(PodMount.readOnly(Restoration.AUTHORITY_VOLUME, Restoration.AUTHORITY_MOUNT)));
        return new PodContainer(Restoration.CONTAINER, Scripts.command(restoreScript()), environment, mounts);
    }

    private String restoreScript() {
        return spec.config().failover().automatic() ? RESTORE_WITH_PATRONI : RESTORE;
    }

    static Map<String, String> reaching(Repository repository, String conf, String secret) {
        var environment = new LinkedHashMap<String, String>();
        environment.put(CONF_VARIABLE, conf + "/" + PgBackRestFile.NAME);
        environment.put(SECRET_VARIABLE, secret);
        environment.put(ENCRYPTION_VARIABLE, repository.encrypted() ? "yes" : "no");
        return environment;
    }
}
