package streamset.plan.steps;

import java.util.stream.IntStream;
import streamset.conf.ConfFiles;
import streamset.features.DeclaredDatabases;
import streamset.node.DeclaredRoles;
import streamset.node.Labels;
import streamset.node.Topology;
import streamset.plan.differences.Difference;
import streamset.plan.differences.ObjectChange;
import streamset.plan.differences.ObjectName;
import streamset.plan.differences.Update;
import streamset.plan.reading.Declaration;

/** The differences of objects that another step covers, in clearer words. */
record CoveredElsewhere(Update update, TopologySteps topology) {
    private static final String CLAIM = "PersistentVolumeClaim";
    private static final String NAMESPACE = "Namespace";

    static boolean isVersion(ObjectChange change) {
        return change.difference().isIn("metadata", "annotations", Labels.PROGRAM_VERSION);
    }

    /** A password, or a part of a certificate. */
    static boolean isInASecret(ObjectChange change) {
        return change.object().kind().equals("Secret") && change.difference().isIn("data", "*");
    }

    private Declaration before() {
        return update.before();
    }

    private Declaration after() {
        return update.after();
    }

    /** Objects that do not exist yet: claims of new pods, and those with their own step. */
    boolean isAddition(ObjectName name) {
        return switch (name.kind()) {
            case "StatefulSet" -> true;
            case NAMESPACE -> !before().keeping().declaresNamespace();
            case CLAIM -> isOfAPod(name, before().hasPods() ? before().replicas() : 0, after().replicas());
            default -> false;
        };
    }

    boolean isRemoval(ObjectName name) {
        return switch (name.kind()) {
            case NAMESPACE -> !after().keeping().declaresNamespace();
            case CLAIM -> isOfAPod(name, after().replicas(), before().replicas());
            case "Job" -> name.purpose().name().endsWith("-" + DeclaredDatabases.JOB);
            default -> false;
        };
    }

    private boolean isOfAPod(ObjectName claim, int lowest, int above) {
        return IntStream.range(lowest, above)
                .anyMatch(ordinal -> after().volumes().stream()
                        .map(volume -> after().names().claim(volume.kind().name(), ordinal))
                        .anyMatch(claim.name()::equals));
    }

    boolean isChange(ObjectChange change) {
        var difference = change.difference();
        return isVersion(change)
                || switch (change.object().kind()) {
                    case "StatefulSet" ->
                        difference.isIn("spec", "replicas")
                                || difference.isIn("metadata", "annotations", Labels.CONTEXT)
                                        && difference.from().isPresent()
                                || difference.isIn("metadata", "annotations", Labels.CLUSTER)
                                || isEngine(difference);
                    case "ConfigMap" ->
                        isConf(difference)
                                || ArchiveSteps.covers(change, update)
                                || isEngine(difference)
                                || PatroniSteps.isOne(change)
                                || difference.isIn("data", Topology.FILE) && isTopology(difference)
                                || difference.isIn("data", DeclaredRoles.FILE)
                                        && !before().databases().equals(after().databases());
                    case "Service" ->
                        difference.isIn("spec", "selector", Labels.POD_NAME) && before().primary() != after().primary()
                                || difference.isIn("spec", "selector") && update.changesEngine();
                    case "CronJob" -> isOfJobs(difference);
                    case "Secret" -> isInASecret(change);
                    case CLAIM, NAMESPACE -> isKeep(difference) || isGrowth(difference);
                    default -> false;
                };
    }

    private boolean isConf(Difference difference) {
        return difference.isIn("data", ConfFiles.POSTGRESQL_CONF) || difference.isIn("data", ConfFiles.PG_HBA_CONF);
    }

    /** What changes in all Jobs: their scripts and their image. */
    private boolean isOfJobs(Difference difference) {
        return difference.isIn("spec", "jobTemplate", "spec", "template", "spec", "volumes", "*", "configMap")
                || difference.isIn("spec", "jobTemplate", "spec", "template", "spec", "containers", "*", "image")
                || difference.isIn("metadata", "labels", Labels.MAJOR_VERSION)
                        && before().version() != after().version();
    }

    private boolean isEngine(Difference difference) {
        return difference.isIn("metadata", "annotations", Labels.FAILOVER) && update.recreatesPods();
    }

    private boolean isKeep(Difference difference) {
        return difference.isIn("metadata", "annotations", Labels.KEEP)
                && before().keeping().volumes().isPresent()
                && !before().keeping().volumes().equals(after().keeping().volumes());
    }

    private boolean isGrowth(Difference difference) {
        var growth = new VolumeSteps(before(), after()).growing();
        return difference.isIn("spec", "resources", "requests", "storage")
                && growth.stream()
                        .anyMatch(step -> step.text()
                                .contains(" from " + difference.shownFrom() + " to " + difference.shownTo() + ","));
    }

    private boolean isTopology(Difference difference) {
        return switch (difference.path().get(difference.path().size() - 1)) {
            case "hosts" ->
                before().replicas() != after().replicas() || !before().names().equals(after().names());
            case "primary" -> before().declaredPrimary() != after().declaredPrimary() && topology.changesPrimary();
            case "lost" -> topology.coversLost();
            case "keep_diverged" -> before().keepDiverged() != after().keepDiverged();
            case "revision" -> update.changesConfText();
            case "wal_kilobytes" -> update.changesConf();
            case "pod" -> update.restarts();
            case "generation" -> true; // it counts the changes of the other lines
            default -> false;
        };
    }
}
