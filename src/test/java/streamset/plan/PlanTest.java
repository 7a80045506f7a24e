package streamset.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("unit")
class PlanTest {
    @TempDir
    private Path folder;

    private Change change;

    @BeforeEach
    void threePodsThatSayNothingParticular() {
        change = new Change(folder);
    }

    @Nested
    class OfTheSame {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "replicas     | 5",
                    "primary      | 2",
                    "lost         | [2]",
                    "synchronous  | {\"standbys\":1}",
                    "storage      | {\"size\":\"20Gi\",\"className\":\"fast\"}",
                    "wal          | {\"volume\":{\"size\":\"4Gi\",\"className\":\"fast\"},\"segmentSize\":\"64MB\"}",
                    "version      | 14",
                    "parameters   | {\"log_min_duration_statement\":\"1s\"}"
                })
        void saysThatNothingChanges(String key, String value) {
            change.always(key, value).isPlanned("none", "");
        }
    }

    @Nested
    class OfConfFiles {
        @Test
        void reloadsWithoutAPause() {
            change.conf("work_mem = 2MB\n", "work_mem = 1MB\n").isPlanned("no pause", """

                      setting   from  to   by
                      work_mem  2MB   1MB  reload

                      steps
                        1. a separate server checks the conf files first; if it cannot run with them, the update ends before it changes anything: no pause
                        2. every pod gets the conf files within a few seconds, and its server reads them: no pause

                      replaced: only Jobs; all volumes stay, with their data
                    """);
        }

        @Test
        void restartsThePodsOneAtATime() {
            change.conf("max_connections = 30\n", "max_connections = 40\n")
                    .isPlanned("writes pause for about 3 s", """

                              setting          from   to     by
                              max_connections  30     40     restart
                              work_mem         149MB  111MB  restart

                              steps
                                1. a separate server checks the conf files first; if it cannot run with them, the update ends before it changes anything: no pause
                                2. each pod gets the conf files with its restart; the reload Job leaves it alone until then: no pause
                                3. pods restart one at a time, each streaming before the next (postgresql-sfs-2, postgresql-sfs-1, postgresql-sfs-0); the update ends when all have; clients' connections end once at each pod, at the primary last: writes pause for about 3 s, at postgresql-sfs-0

                              replaced: the pods; all volumes stay, with their data
                            """);
        }

        @Test
        void reloadsPgHbaConf() {
            change.hba("", "host all all 10.0.0.0/8 md5\n").isPlanned("no pause", """

                      pg_hba.conf, by reload
                        + host all all 10.0.0.0/8 md5

                      steps
                        1. a separate server checks the conf files first; if it cannot run with them, the update ends before it changes anything: no pause
                        2. every pod gets the conf files within a few seconds, and its server reads them: no pause

                      replaced: only Jobs; all volumes stay, with their data
                    """);
        }

        @Test
        void tellsWhenOnlyCommentsDiffer() {
            change.conf("# old\n", "# new\n").hba("# old\n", "# new\n").isPlanned("no pause", """

                      steps
                        1. a separate server checks the conf files first; if it cannot run with them, the update ends before it changes anything: no pause
                        2. the conf files differ in comments and spelling only; nothing changes in the servers: no pause

                      replaced: only Jobs; all volumes stay, with their data
                    """);
        }

        @Test
        void doesBothKindsOnce() {
            change.conf("max_connections = 30\n", "max_connections = 40\nlog_statement = ddl\n")
                    .hba("host all all 10.0.0.0/8 md5\n", "")
                    .isPlanned("writes pause for about 3 s", """

                              setting          from            to     by
                              log_statement    default (none)  ddl    restart
                              max_connections  30              40     restart
                              work_mem         149MB           111MB  restart

                              pg_hba.conf, by restart
                                - host all all 10.0.0.0/8 md5

                              steps
                                1. a separate server checks the conf files first; if it cannot run with them, the update ends before it changes anything: no pause
                                2. each pod gets the conf files with its restart; the reload Job leaves it alone until then: no pause
                                3. pods restart one at a time, each streaming before the next (postgresql-sfs-2, postgresql-sfs-1, postgresql-sfs-0); the update ends when all have; clients' connections end once at each pod, at the primary last: writes pause for about 3 s, at postgresql-sfs-0

                              replaced: the pods; all volumes stay, with their data
                            """);
        }

        @Test
        void restartsAPrimaryAlone() {
            change.always("replicas", "1")
                    .conf("max_locks_per_transaction = 64\n", "max_locks_per_transaction = 128\n")
                    .isPlanned("writes pause for about 3 s", """

                              setting                    from  to   by
                              max_locks_per_transaction  64    128  restart

                              steps
                                1. a separate server checks the conf files first; if it cannot run with them, the update ends before it changes anything: no pause
                                2. each pod gets the conf files with its restart; the reload Job leaves it alone until then: no pause
                                3. postgresql-sfs-0 restarts; clients' connections end: writes pause for about 3 s

                              replaced: the pods; all volumes stay, with their data
                            """);
        }

        @Test
        void restartsNothingForASettingOfAnExtension() {
            change.conf("timescaledb.telemetry_level = off\n", "timescaledb.telemetry_level = basic\n")
                    .isPlanned("no pause", """

                              setting                      from  to     by
                              timescaledb.telemetry_level  off   basic  reload

                              steps
                                1. a separate server checks the conf files first; if it cannot run with them, the update ends before it changes anything: no pause
                                2. every pod gets the conf files within a few seconds, and its server reads them: no pause

                              replaced: only Jobs; all volumes stay, with their data
                            """);
        }

        @Test
        void pausesAtEveryPodWhenEveryStandbyCounts() {
            change.always("synchronous", "{\"standbys\":2}")
                    .conf("", "max_locks_per_transaction = 128\n")
                    .isPlanned("writes pause for about 9 s", """

                              setting                    from          to   by
                              max_locks_per_transaction  default (64)  128  restart

                              steps
                                1. a separate server checks the conf files first; if it cannot run with them, the update ends before it changes anything: no pause
                                2. each pod gets the conf files with its restart; the reload Job leaves it alone until then: no pause
                                3. pods restart one at a time, each streaming before the next (postgresql-sfs-2, postgresql-sfs-1, postgresql-sfs-0); the update ends when all have; clients' connections end once at each pod, at the primary last: writes pause for about 9 s, at every pod, because commits wait for all standbys

                              replaced: the pods; all volumes stay, with their data
                            """);
        }

        @Test
        void tellsWhenConnectionsToThePrimaryEnd() {
            var plan = change.always("primary", "1")
                    .conf("", "max_locks_per_transaction = 128\n")
                    .plan();
            assertTrue(
                    plan.contains(
                            "; the update ends when all have; clients' connections end once at each pod, at the primary as number 2 of 3: writes"),
                    plan);
        }

        @Test
        void tellsThatAStandbyReplaysFirstWhatItHasHeldBack() {
            var plan = change.always("parameters", "{\"recovery_min_apply_delay\":\"90s\"}")
                    .key("primary", "0", "1")
                    .plan();
            assertTrue(
                    plan.contains(
                            "postgresql-sfs-0 hands over to postgresql-sfs-1 and follows it, when postgresql-sfs-1 has"
                                    + " replayed what recovery_min_apply_delay (90s) has held back; writes go on until then; no"
                                    + " acknowledged commit is lost: writes pause for about 1 s"),
                    plan);
        }

        @Test
        void tellsThatLessWalIsKept() {
            var less =
                    "less WAL is kept: a standby that is away at that moment and needs what is removed must be cloned"
                            + " again: no pause\n";
            var plan = change.key("wal", "{\"keepSize\":\"304MB\"}", "{\"keepSize\":\"152MB\"}")
                    .plan();
            assertTrue(plan.contains(less), plan);
            plan = change.key("wal", "{\"keepSize\":\"152MB\"}", "{\"keepSize\":\"304MB\"}")
                    .plan();
            assertFalse(plan.contains(less), plan);
        }

        @Test
        void tellsAPrimaryAloneOfNoStandbyThatNeedsWal() {
            change.always("replicas", "1").key("wal", "{\"keepSize\":\"304MB\"}", "{\"keepSize\":\"152MB\"}");
            var plan = change.plan();
            assertTrue(plan.contains("  wal_keep_size "), plan);
            assertFalse(plan.contains("less WAL is kept"), plan);
        }

        @Test
        void leavesOutCommentsBesideOtherSteps() {
            change.conf("# old\n", "# new\n").after("keepDiverged", "true").isPlanned("no pause", """

                      steps
                        1. a separate server checks the conf files first; if it cannot run with them, the update ends before it changes anything: no pause
                        2. from now on, a lost pod that returns keeps a copy of its old data, if its volume has room for it: no pause

                      replaced: only Jobs; all volumes stay, with their data
                    """);
        }

        @Test
        void restartsForMoreMemory() {
            change.key("resources", "{\"memory\":\"512Mi\"}", "{\"memory\":\"1Gi\"}")
                    .isPlanned("writes pause for about 3 s", """

                              setting                                 from    to      by
                              effective_cache_size                    384MB   768MB   restart
                              maintenance_work_mem                    32MB    64MB    restart
                              max_connections                         20      40      restart
                              shared_buffers                          128MB   256MB   restart
                              work_mem                                1536kB  2240kB  restart
                              streamset:resources.memory              512Mi   1Gi     restart
                              pod.spec.terminationGracePeriodSeconds  66      72      restart

                              steps
                                1. a separate server checks the conf files first; if it cannot run with them, the update ends before it changes anything: no pause
                                2. each pod gets the conf files with its restart; the reload Job leaves it alone until then: no pause
                                3. pods restart one at a time, each streaming before the next (postgresql-sfs-2, postgresql-sfs-1, postgresql-sfs-0); the update ends when all have; clients' connections end once at each pod, at the primary last: writes pause for about 3 s, at postgresql-sfs-0

                              replaced: the pods; all volumes stay, with their data
                            """);
        }

        @Test
        void tellsOfAnotherClusterDomain() {
            change.after("clusterDomain", "k.test").isPlanned("no pause", """

                      pg_hba.conf, by reload
                        - host replication replicator .postgresql-svc.postgresql.svc.cluster.local scram-sha-256
                        - host replication replicator .postgresql-primary.postgresql.svc.cluster.local scram-sha-256
                        - host replication replicator .postgresql-read.postgresql.svc.cluster.local scram-sha-256
                        + host replication replicator .postgresql-svc.postgresql.svc.k.test scram-sha-256
                        + host replication replicator .postgresql-primary.postgresql.svc.k.test scram-sha-256
                        + host replication replicator .postgresql-read.postgresql.svc.k.test scram-sha-256

                      steps
                        1. a separate server checks the conf files first; if it cannot run with them, the update ends before it changes anything: no pause
                        2. the pods' names end in k.test from now on, also in the connection strings: no pause
                        3. every pod gets the conf files within a few seconds, and its server reads them: no pause

                      replaced: only Jobs; all volumes stay, with their data
                    """);
        }
    }

    @Nested
    class OfTheTopology {
        @Test
        void addsStandbys() {
            change.key("replicas", "1", "3").isPlanned("no pause", """

                      steps
                        1. a separate server checks the conf files first; if it cannot run with them, the update ends before it changes anything: no pause
                        2. postgresql-sfs-1, postgresql-sfs-2 start as standbys, by a clone or with the data that earlier pods have left; together they take 2 CPU, 32Gi of memory and 20Gi of volumes: no pause

                      replaced: only Jobs; all volumes stay, with their data
                    """);
        }

        @Test
        void removesStandbys() {
            change.key("replicas", "5", "3").isPlanned("no pause", """

                      steps
                        1. a separate server checks the conf files first; if it cannot run with them, the update ends before it changes anything: no pause
                        2. postgresql-sfs-4, postgresql-sfs-3 and their slots are removed; their volumes stay: no pause

                      replaced: only Jobs; all other volumes stay, with their data
                    """);
        }

        @Test
        void removesAPodThatWasLost() {
            change.key("replicas", "5", "3").before("lost", "[3]").isPlanned("no pause", """

                      steps
                        1. a separate server checks the conf files first; if it cannot run with them, the update ends before it changes anything: no pause
                        2. ConfigMap postgresql-topology changes: data.topology.lost from 3 to '': no pause
                        3. postgresql-sfs-4, postgresql-sfs-3 and their slots are removed; their volumes stay: no pause

                      replaced: only Jobs; all other volumes stay, with their data
                    """);
        }

        @Test
        void handsOver() {
            change.key("primary", "0", "2").isPlanned("writes pause for about 1 s", """

                      steps
                        1. postgresql-sfs-0 hands over to postgresql-sfs-2 and follows it; no acknowledged commit is lost: writes pause for about 1 s

                      replaced: only Jobs; all volumes stay, with their data
                    """);
        }

        @Test
        void handsOverAndRestarts() {
            change.key("primary", "0", "1")
                    .conf("", "max_locks_per_transaction = 128\n")
                    .isPlanned("writes pause for about 1 s", """

                              setting                    from          to   by
                              max_locks_per_transaction  default (64)  128  restart

                              steps
                                1. a separate server checks the conf files first; if it cannot run with them, the update ends before it changes anything: no pause
                                2. each pod gets the conf files with its restart; the reload Job leaves it alone until then: no pause
                                3. postgresql-sfs-0 hands over to postgresql-sfs-1 and follows it; no acknowledged commit is lost: writes pause for about 1 s
                                4. pods restart one at a time, beside the change of the primary, each streaming before the next (postgresql-sfs-2, postgresql-sfs-1, postgresql-sfs-0); the update ends when all have; clients' connections end once at each pod: no pause, besides the handover: postgresql-sfs-1 restarts before that

                              replaced: the pods; all volumes stay, with their data
                            """);
        }

        @Test
        void mayRestartTwoPrimariesWhenTheNodeScriptsChange() {
            var plan = change.key("primary", "0", "1")
                    .found(before -> before.withScripts("0123456789"))
                    .plan();
            assertTrue(plan.startsWith("changes since yesterday: writes pause for about 11 s\n"), plan);
            assertTrue(
                    plan.contains(
                            "clients' connections end once at each pod: writes pause for about 10 s, at most: the old primary may"
                                    + " restart and then the new one; two updates, one after the other, pause for a shorter time\n"),
                    plan);
        }

        @Test
        void restartsAfterTheHandoverIfTheNewPrimaryIsBelowTheOldOne() {
            change.key("primary", "2", "0")
                    .conf("", "max_locks_per_transaction = 128\n")
                    .isPlanned("writes pause for about 4 s", """

                              setting                    from          to   by
                              max_locks_per_transaction  default (64)  128  restart

                              steps
                                1. a separate server checks the conf files first; if it cannot run with them, the update ends before it changes anything: no pause
                                2. each pod gets the conf files with its restart; the reload Job leaves it alone until then: no pause
                                3. postgresql-sfs-2 hands over to postgresql-sfs-0 and follows it; no acknowledged commit is lost: writes pause for about 1 s
                                4. pods restart one at a time, after the change of the primary, each streaming before the next (postgresql-sfs-2, postgresql-sfs-1, postgresql-sfs-0); the update ends when all have; clients' connections end once at each pod: writes pause for about 3 s, at postgresql-sfs-0

                              replaced: the pods; all volumes stay, with their data
                            """);
        }

        @Test
        void restartsTheNewPrimaryAloneWhenTheOldOneIsLost() {
            change.key("primary", "0", "1")
                    .after("lost", "[0]")
                    .conf("", "max_locks_per_transaction = 128\n")
                    .isPlanned("writes pause for about 16 s", """

                              setting                    from          to   by
                              max_locks_per_transaction  default (64)  128  restart

                              steps
                                1. a separate server checks the conf files first; if it cannot run with them, the update ends before it changes anything: no pause
                                2. each pod gets the conf files with its restart; the reload Job leaves it alone until then: no pause
                                3. postgresql-sfs-1 takes over from postgresql-sfs-0, by force when that does not answer, unless another standby has more (then the update fails and names it); what postgresql-sfs-0 has not sent is lost: writes pause for about 13 s, if they have not stopped already
                                4. pods restart one at a time, beside the change of the primary, each streaming before the next (postgresql-sfs-2, postgresql-sfs-1, postgresql-sfs-0); the update ends when all have; clients' connections end once at each pod: writes pause for about 3 s, at postgresql-sfs-1

                              replaced: the pods; all volumes stay, with their data
                            """);
        }

        @Test
        void promotesByForceWhenThePrimaryIsLost() {
            change.key("primary", "0", "1").after("lost", "[0]").isPlanned("writes pause for about 13 s", """

                      steps
                        1. postgresql-sfs-1 takes over from postgresql-sfs-0, by force when that does not answer, unless another standby has more (then the update fails and names it); what postgresql-sfs-0 has not sent is lost: writes pause for about 13 s, if they have not stopped already

                      replaced: only Jobs; all volumes stay, with their data
                    """);
        }

        @Test
        void losesNothingByForceWhenCommitsHaveWaitedForAStandby() {
            change.key("primary", "0", "1")
                    .after("lost", "[0]")
                    .always("synchronous", "{\"standbys\":1}")
                    .isPlanned("writes pause for about 13 s", """

                              steps
                                1. postgresql-sfs-1 takes over from postgresql-sfs-0, by force when that does not answer, unless another standby has more (then the update fails and names it); every acknowledged commit is on an existing standby, so none is lost: writes pause for about 13 s, if they have not stopped already

                              a commit waits for 1 of 2 standbys: while 1 of them is away, writes go on; with 2 away they wait

                              replaced: only Jobs; all volumes stay, with their data
                            """);
        }

        @Test
        void losesCommitsThatOnlyLostStandbysHave() {
            change.always("replicas", "5")
                    .key("primary", "0", "1")
                    .after("lost", "[0,2]")
                    .always("synchronous", "{\"standbys\":1}")
                    .isPlanned("writes pause for about 13 s", """

                              steps
                                1. postgresql-sfs-1 takes over from postgresql-sfs-0, by force when that does not answer, unless another standby has more (then the update fails and names it); what postgresql-sfs-0 has not sent is lost: writes pause for about 13 s, if they have not stopped already
                                2. nobody waits for postgresql-sfs-2 any more; what only it has is discarded when it returns: no pause

                              a commit waits for 1 of 4 standbys: while 3 of them are away, writes go on; with 4 away they wait

                              replaced: only Jobs; all volumes stay, with their data
                            """);
        }

        @Test
        void givesUpALostStandby() {
            change.after("lost", "[2]").isPlanned("no pause", """

                      steps
                        1. nobody waits for postgresql-sfs-2 any more; what only it has is discarded when it returns: no pause

                      replaced: only Jobs; all volumes stay, with their data
                    """);
        }

        @Test
        void takesALostPodBack() {
            change.always("primary", "1").before("lost", "[0]").isPlanned("no pause", """

                      steps
                        1. postgresql-sfs-0 counts again; none of its data are discarded without asking: no pause

                      replaced: only Jobs; all volumes stay, with their data
                    """);
        }

        @Test
        void letsCommitsWaitForStandbys() {
            change.after("synchronous", "{\"standbys\":1}").isPlanned("no pause", """

                      setting                    from     to                                                            by
                      synchronous_standby_names  default  ANY 1 ("postgresql-sfs-0", "postgresql-sfs-1", "postgresql-…  reload

                      steps
                        1. a separate server checks the conf files first; if it cannot run with them, the update ends before it changes anything: no pause
                        2. every pod gets the conf files within a few seconds, and its server reads them: no pause

                      a commit waits for 1 of 2 standbys: while 1 of them is away, writes go on; with 2 away they wait

                      replaced: only Jobs; all volumes stay, with their data
                    """);
        }

        @Test
        void letsCommitsWaitForNobody() {
            change.before("synchronous", "{\"standbys\":1}").isPlanned("no pause", """

                      setting                    from                                                          to       by
                      synchronous_standby_names  ANY 1 ("postgresql-sfs-0", "postgresql-sfs-1", "postgresql-…  default  reload

                      steps
                        1. a separate server checks the conf files first; if it cannot run with them, the update ends before it changes anything: no pause
                        2. every pod gets the conf files within a few seconds, and its server reads them: no pause

                      a commit waits for no standby: what the primary has not sent yet is lost with it

                      replaced: only Jobs; all volumes stay, with their data
                    """);
        }
    }

    @Nested
    class OfVolumes {
        @Test
        void growsThemInPlace() {
            change.always("wal", "{\"keepSize\":\"152MB\",\"volume\":{\"size\":\"4Gi\"}}")
                    .after("wal", "{\"keepSize\":\"152MB\",\"volume\":{\"size\":\"8Gi\"}}")
                    .key("storage", "{\"size\":\"2Gi\"}", "{\"size\":\"4Gi\"}")
                    .always("parameters", "{\"max_wal_size\":\"1GB\"}")
                    .isPlanned("writes pause for about 3 s", """

                              setting                                 from    to    by
                              shared_buffers                          2442MB  4GB   restart
                              work_mem                                15MB    11MB  restart
                              pod.spec.terminationGracePeriodSeconds  182     264   restart

                              steps
                                1. a separate server checks the conf files first; if it cannot run with them, the update ends before it changes anything: no pause
                                2. data-postgresql-sfs-0 … data-postgresql-sfs-2 grow in place from 2Gi to 4Gi, if the StorageClass allows it: no pause
                                3. wal-postgresql-sfs-0 … wal-postgresql-sfs-2 grow in place from 4Gi to 8Gi, if the StorageClass allows it: no pause
                                4. each pod gets the conf files with its restart; the reload Job leaves it alone until then: no pause
                                5. pods restart one at a time, each streaming before the next (postgresql-sfs-2, postgresql-sfs-1, postgresql-sfs-0); the update ends when all have; clients' connections end once at each pod, at the primary last: writes pause for about 3 s, at postgresql-sfs-0

                              replaced: the pods; all volumes stay, with their data
                            """);
        }
    }

    @Nested
    class AfterAnInterruption {
        @Test
        void handsOverAgainWhenTheServiceStillLeadsToTheOldPrimary() {
            change.key("primary", "0", "1")
                    .found(before -> before.withAppointed(1))
                    .isPlanned("writes pause for about 1 s", """

                              steps
                                1. postgresql-sfs-0 hands over to postgresql-sfs-1 and follows it; no acknowledged commit is lost: writes pause for about 1 s

                              replaced: only Jobs; all volumes stay, with their data
                            """);
        }

        @Test
        void takesAHandOverBack() {
            change.found(before -> before.withAppointed(2)).isPlanned("writes pause for about 1 s", """

                      steps
                        1. postgresql-sfs-2 hands over to postgresql-sfs-0 and follows it; no acknowledged commit is lost: writes pause for about 1 s

                      replaced: only Jobs; all volumes stay, with their data
                    """);
        }

        @Test
        void promotesByForceWhenTheHandOverCouldNotBegin() {
            change.key("primary", "0", "1")
                    .after("lost", "[0]")
                    .found(before -> before.withAppointed(1))
                    .isPlanned("writes pause for about 13 s", """

                              steps
                                1. postgresql-sfs-1 takes over from postgresql-sfs-0, by force when that does not answer, unless another standby has more (then the update fails and names it); what postgresql-sfs-0 has not sent is lost: writes pause for about 13 s, if they have not stopped already

                              replaced: only Jobs; all volumes stay, with their data
                            """);
        }

        @Test
        void restartsForSettingsThatTheConfFilesHaveAlready() {
            change.found(before -> before.withRestart("another")).isPlanned("writes pause for about 3 s", """

                      steps
                        1. pods restart one at a time, each streaming before the next (postgresql-sfs-2, postgresql-sfs-1, postgresql-sfs-0), for settings that an earlier update wrote to the conf files; the update ends when all have; clients' connections end once at each pod, at the primary last: writes pause for about 3 s, at postgresql-sfs-0

                      replaced: the pods; all volumes stay, with their data
                    """);
        }
    }

    @Nested
    class WithoutSomeObjects {
        @Test
        void makesConfFilesAnew() {
            change.found(before -> before.without("ConfigMap postgresql-configs"))
                    .isPlanned("no pause", """

                              steps
                                1. ConfigMap postgresql-configs does not exist and is created: no pause

                              replaced: only Jobs; all volumes stay, with their data
                            """);
        }

        @Test
        void makesTheStatefulSetAnew() {
            change.found(before -> before.without("StatefulSet postgresql-sfs"))
                    .isPlanned("writes pause for about 11 s", """

                      steps
                        1. postgresql-sfs does not exist and is created: every pod starts: writes pause for about 11 s, besides the time that it was missing

                      replaced: the pods; all volumes stay, with their data
                    """);
        }

        @Test
        void makesFewerPodsAnew() {
            change.key("replicas", "5", "3")
                    .always("keepVolumes", "false")
                    .found(before -> before.without("StatefulSet postgresql-sfs"))
                    .isPlanned("writes pause for about 11 s", """

                      steps
                        1. postgresql-sfs does not exist and is created: every pod starts: writes pause for about 11 s, besides the time that it was missing
                        2. postgresql-sfs-4, postgresql-sfs-3 and their slots are removed; their volumes are deleted with their data: no pause

                      replaced: the pods; all other volumes stay, with their data
                    """);
        }

        @Test
        void movesWalToAVolumeOfItsOwn() {
            change.after("wal", "{\"volume\":{\"size\":\"4Gi\"}}")
                    .found(before -> before.without("StatefulSet postgresql-sfs"))
                    .isPlanned("writes pause for about 11 s", """

                              setting                 from   to      by
                              max_slot_wal_keep_size  912MB  1552MB  restart
                              max_wal_size            864MB  1504MB  restart
                              min_wal_size            432MB  752MB   restart
                              shared_buffers          457MB  783MB   restart
                              wal_keep_size           912MB  1552MB  restart
                              work_mem                20MB   19MB    restart

                              steps
                                1. each pod gets the conf files with its restart; the reload Job leaves it alone until then: no pause
                                2. postgresql-sfs does not exist and is created: every pod moves its WAL to the new volume and starts: writes pause for about 11 s, besides the time that it was missing

                              replaced: the pods; all volumes stay, with their data
                            """);
        }
    }

    @Nested
    class OfAFirstDeployment {
        @Test
        void tellsWhatIsMade() {
            change.after("namespace", "shop").after("primary", "1").after("wal", "{\"volume\":{\"size\":\"4Gi\"}}");
            assertEquals("""
                    first deployment in the namespace shop: PostgreSQL 18, postgresql-sfs-1 as primary and 2 standbys, each with 10Gi and 4Gi for WAL.
                    Volumes that an earlier cluster of this name has left are reused, with their data.
                    """, Plan.ofFirst(change.wanted()));
        }

        @Test
        void tellsWhatIsKnownOfAnImageByDigest() {
            change.after("image", "docker.io/library/postgres@sha256:" + "0123456789abcdef".repeat(4));
            assertEquals("""
                    first deployment in the namespace postgresql: PostgreSQL 18, postgresql-sfs-0 as primary and 2 standbys, each with 10Gi.
                    image sha256:0123456789ab…: declared as PostgreSQL 18; the pods refuse another major version, and nothing verifies the minor one.
                    Volumes that an earlier cluster of this name has left are reused, with their data.
                    """, Plan.ofFirst(change.wanted()));
        }

        @Test
        void countsAPrimaryAlone() {
            change.after("replicas", "1");
            assertEquals("""
                    first deployment in the namespace postgresql: PostgreSQL 18, postgresql-sfs-0, a primary alone, each with 10Gi.
                    Volumes that an earlier cluster of this name has left are reused, with their data.
                    """, Plan.ofFirst(change.wanted()));
        }
    }
}
