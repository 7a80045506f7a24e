package streamset.plan.refusals;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import streamset.plan.Change;

@Tag("unit")
class RefusalsTest {
    @TempDir
    private Path folder;

    private Change change;

    @BeforeEach
    void threePodsThatSayNothingParticular() {
        change = new Change(folder);
    }

    @Test
    void anotherNameOrNamespaceWouldBeAnotherCluster() {
        change.after("namespace", "shop").after("name", "orders").isRefused("""
                2 problems, nothing was changed

                streamset:namespace  = shop
                problem              : the deployed cluster has the namespace postgresql: under another one a new, empty cluster would take its place, and the data would stay behind
                fix                  : pulumi config set streamset:namespace postgresql; for another cluster: pulumi stack init <name>

                streamset:name       = orders
                problem              : the deployed cluster has the name postgresql: under another one a new, empty cluster would take its place, and the data would stay behind
                fix                  : pulumi config set streamset:name postgresql; for another cluster: pulumi stack init <name>
                """);
    }

    @Test
    void scalingDownLeavesAsManyStandbysAsCommitsWaitFor() {
        change.key("replicas", "5", "3")
                .key("synchronous", "{\"standbys\":4}", "{\"standbys\":2}")
                .isRefused("""
                1 problem, nothing was changed

                streamset:replicas   = 3
                problem              : until the servers have the new conf files, commits wait for 4 standbys, and 2 are left: writes would stop
                fix                  : pulumi config set streamset:replicas 5, then: pulumi up (commits then wait for fewer); then: pulumi config set streamset:replicas 3
                """);
    }

    @Test
    void scalingDownMayLeaveExactlyThoseThatCommitsWaitFor() {
        var plan = change.key("replicas", "5", "3")
                .always("synchronous", "{\"standbys\":2}")
                .plan();
        assertTrue(plan.contains("postgresql-sfs-3"), plan);
    }

    @Test
    void scalingUpHasTheStandbysBeforeCommitsWaitForThem() {
        change.key("replicas", "3", "5")
                .key("synchronous", "{\"standbys\":1}", "{\"standbys\":3}")
                .isRefused("""
                1 problem, nothing was changed

                streamset:replicas   = 5
                problem              : commits would wait for 3 standbys, and until the new pods have cloned, 2 exist: writes would stop
                fix                  : pulumi config set --path 'streamset:synchronous.standbys' 1, then: pulumi up; then: pulumi config set --path 'streamset:synchronous.standbys' 3
                """);
    }

    @Test
    void anotherMajorVersionDoesNotReadTheData() {
        change.key("version", "17", "18").isRefused("""
                1 problem, nothing was changed

                streamset:version    = 18
                problem              : the data are of PostgreSQL 17, and 18 cannot read them
                fix                  : pulumi config set streamset:version 17; to go to 18: pulumi stack init <name>, and pg_dumpall from this cluster into that one
                """);
    }

    @Test
    void anotherUserCannotReadTheData() {
        change.key("image", "postgres:18", "postgres:18-alpine").isRefused("""
                1 problem, nothing was changed

                streamset:runAsUser  = 70
                problem              : the data belong to the user 999, and no server starts on them as another user; on another Linux (Debian, Alpine), texts are sorted differently and indexes would be broken
                fix                  : pulumi config set streamset:runAsUser 999 and an image of the same kind; or pulumi stack init <name>, and pg_dumpall from this cluster into that one
                """);
    }

    @Test
    void anotherMajorVersionIsSeenWhateverTheImageIsCalled() {
        change.key("version", "17", "18").key("image", "mine@sha256:" + "9".repeat(64), "mine:v18");
        change.isRefused("""
                1 problem, nothing was changed

                streamset:version    = 18
                problem              : the data are of PostgreSQL 17, and 18 cannot read them
                fix                  : pulumi config set streamset:version 17; to go to 18: pulumi stack init <name>, and pg_dumpall from this cluster into that one
                """);
    }

    @Test
    void aNamespaceThatWouldBeDeletedStaysInTheStack() {
        change.always("keepVolumes", "false").after("createNamespace", "false").isRefused("""
                1 problem, nothing was changed

                streamset:createNamespace = false
                problem                   : the namespace postgresql was declared with streamset:keepVolumes false: if it left the stack, it would be deleted, with all data in it
                fix                       : pulumi config set streamset:createNamespace true, pulumi config set streamset:keepVolumes true, then: pulumi up; then: pulumi config set streamset:createNamespace false
                """);
    }

    @Test
    void segmentsKeepTheirSize() {
        change.after("wal", "{\"segmentSize\":\"64MB\"}").isRefused("""
                1 problem, nothing was changed

                streamset:wal.segmentSize = 64MB
                problem                   : the data were created with WAL segments of 16MB, and that cannot change
                fix                       : pulumi config set --path 'streamset:wal.segmentSize' 16MB
                """);
    }

    @Test
    void volumesDoNotShrink() {
        change.key("storage", "{\"size\":\"20Gi\"}", "{\"size\":\"10Gi\"}")
                .key("wal", "{\"volume\":{\"size\":\"8Gi\"}}", "{\"volume\":{\"size\":\"4Gi\"}}")
                .isRefused("""
                        2 problems, nothing was changed

                        streamset:storage.size = 10Gi
                        problem                : the volumes have 20Gi, and volumes do not shrink
                        fix                    : pulumi config set --path 'streamset:storage.size' 20Gi

                        streamset:wal.volume.size = 4Gi
                        problem                   : the volumes have 8Gi, and volumes do not shrink
                        fix                       : pulumi config set --path 'streamset:wal.volume.size' 8Gi
                        """);
    }

    @Test
    void volumesKeepTheirClass() {
        change.key("storage", "{\"className\":\"slow\"}", "{\"className\":\"fast\"}")
                .key("wal", "{\"volume\":{\"size\":\"8Gi\"}}", "{\"volume\":{\"size\":\"8Gi\",\"className\":\"fast\"}}")
                .isRefused("""
                        2 problems, nothing was changed

                        streamset:storage.className = fast
                        problem                     : the volumes have the StorageClass slow, and the class of a volume cannot change
                        fix                         : pulumi config set --path 'streamset:storage.className' slow
                                                      or move the pods one by one: docs/operations.md, To another StorageClass

                        streamset:wal.volume.className = fast
                        problem                        : the volumes have the cluster's default StorageClass, and the class of a volume cannot change
                        fix                            : pulumi config rm --path 'streamset:wal.volume.className'
                                                         or move the pods one by one: docs/operations.md, To another StorageClass
                        """);
    }

    @Test
    void volumesKeepTheirClassWhenTheStackSaysNothing() {
        change.before("storage", "{\"className\":\"slow\"}").isRefused("""
                1 problem, nothing was changed

                streamset:storage.className = (not set)
                problem                     : the volumes have the StorageClass slow, and the class of a volume cannot change
                fix                         : pulumi config set --path 'streamset:storage.className' slow
                                              or move the pods one by one: docs/operations.md, To another StorageClass
                """);
    }

    @Test
    void walDoesNotComeBackFromItsVolume() {
        change.before("wal", "{\"volume\":{\"size\":\"4Gi\"}}").isRefused("""
                1 problem, nothing was changed

                streamset:wal.volume = (not set)
                problem              : WAL is on its own volume, without which no server starts
                fix                  : pulumi config set --path 'streamset:wal.volume.size' 4Gi
                """);
    }

    @Test
    void walDoesNotMoveToAVolumeWhileTheStatefulSetIsThere() {
        change.after("wal", "{\"volume\":{\"size\":\"4Gi\"}}").isRefused("""
                1 problem, nothing was changed

                streamset:wal.volume.size = 4Gi
                problem                   : a StatefulSet never gets another volume: it must be deleted first, which stops all pods, and is then recreated; their data stay
                fix                       : kubectl --context kind -n postgresql delete statefulset postgresql-sfs
                                            pulumi refresh
                                            pulumi up
                """);
    }

    @Test
    void thePrimaryOfNowIsNotScaledAwayEvenWhenAnotherIsDeclared() {
        change.key("replicas", "5", "1").before("primary", "4").isRefused("""
                1 problem, nothing was changed

                streamset:replicas   = 1
                problem              : postgresql-sfs-4 is primary now, and with 1 pod it would be removed before it has handed over
                fix                  : pulumi config set streamset:replicas 5, then: pulumi up (it hands over); then: pulumi config set streamset:replicas 1
                """);
    }

    @Test
    void aPodThatHasBegunToTakeOverIsNotScaledAwayEither() {
        change.key("replicas", "5", "3")
                .found(before -> before.withAppointed(3))
                .isRefused("""
                1 problem, nothing was changed

                streamset:replicas   = 3
                problem              : postgresql-sfs-3 is primary now, and with 3 pods it would be removed before it has handed over
                fix                  : pulumi config set streamset:replicas 5, then: pulumi up (it hands over); then: pulumi config set streamset:replicas 3
                """);
    }

    @Test
    void aPodThatDoesNotExistYetIsNoPrimary() {
        change.key("replicas", "1", "3").after("primary", "2").isRefused("""
                1 problem, nothing was changed

                streamset:primary    = 2
                problem              : postgresql-sfs-2 does not exist yet, so it has no data to go on with
                fix                  : pulumi config set streamset:primary 0, then: pulumi up; then: pulumi config set streamset:primary 2
                """);
    }

    @Test
    void aPodThatHasNeverExistedIsNoPrimaryOfAStatefulSetThatIsMissing() {
        change.key("replicas", "1", "3")
                .after("primary", "2")
                .found(there -> there.without("StatefulSet postgresql-sfs"))
                .isRefused("""
                1 problem, nothing was changed

                streamset:primary    = 2
                problem              : postgresql-sfs-2 does not exist yet, so it has no data to go on with
                fix                  : pulumi config set streamset:primary 0, then: pulumi up; then: pulumi config set streamset:primary 2
                """);
    }

    @Test
    void thePrimaryStaysWhereTheStatefulSetIsMissing() {
        change.key("replicas", "5", "3")
                .before("primary", "3")
                .found(there -> there.without("StatefulSet postgresql-sfs"))
                .isRefused("""
                1 problem, nothing was changed

                streamset:replicas   = 3
                problem              : postgresql-sfs-3 is primary now, and with 3 pods it would be removed before it has handed over
                fix                  : pulumi config set streamset:replicas 5, then: pulumi up (it hands over); then: pulumi config set streamset:replicas 3
                """);
    }

    @Test
    void allAreToldAtOnce() {
        change.key("replicas", "5", "3")
                .key("primary", "3", "0")
                .key("version", "17", "18")
                .key("storage", "{\"size\":\"20Gi\"}", "{\"size\":\"10Gi\"}")
                .isRefused("""
                        3 problems, nothing was changed

                        streamset:version    = 18
                        problem              : the data are of PostgreSQL 17, and 18 cannot read them
                        fix                  : pulumi config set streamset:version 17; to go to 18: pulumi stack init <name>, and pg_dumpall from this cluster into that one

                        streamset:storage.size = 10Gi
                        problem                : the volumes have 20Gi, and volumes do not shrink
                        fix                    : pulumi config set --path 'streamset:storage.size' 20Gi

                        streamset:replicas   = 3
                        problem              : postgresql-sfs-3 is primary now, and with 3 pods it would be removed before it has handed over
                        fix                  : pulumi config set streamset:replicas 5, then: pulumi up (it hands over); then: pulumi config set streamset:replicas 3
                        """);
    }
}
