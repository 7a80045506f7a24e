package streamset.review;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import streamset.problems.BadInput;
import streamset.problems.Problems;

@Tag("unit")
class ExplainTest {
    private static final Path PROJECT = Path.of("");
    private static final int SCREEN_LINES = 66;

    @TempDir
    private Path folder;

    private final Problems problems = new Problems();

    @Test
    void tellsWhatAStackComesTo() throws IOException {
        var text = explain("""
                config:
                  kubernetes:context: kind
                  streamset:namespace: shop
                  streamset:replicas: 5
                  streamset:version: 17
                  streamset:resources: {cpu: 4, memory: 8Gi}
                  streamset:storage: {size: 100Gi, kind: hdd}
                  streamset:wal: {standbyOutage: 30m, writeRate: 2MB, volume: {size: 12Gi}}
                  streamset:parameters: {work_mem: 4MB}
                """);
        assertEquals("""
                Stack qa: PostgreSQL 17 in the namespace shop, a primary and 4 standbys,
                each with 4 CPU, 8Gi of memory, a data volume of 100Gi (hdd), a WAL volume of 12Gi

                WAL for standbys that are away (declared: 30 min × 2 MB/s)

                   3600 MB  kept for standbys
                   5856 MB  max_wal_size, between two checkpoints
                    946 MB  10 % for bursts
                     32 MB  two segments, at the borders
                  10434 MB  = the most that pg_wal grows to, of 10444 MB = 85 % of the WAL volume of 12Gi

                  What is kept lasts 1 h 0 min at 1 MB/s of WAL, 6 min 0 s at 10 MB/s. 20 WAL senders; 13 are in use when all standbys clone at once.
                  Alert when pg_wal is larger than 10.2 GB, a slot holds back more than 1800 MB, or a data volume is fuller than 80 %.
                  Counted on the declared size: a server whose volume is still smaller keeps the WAL settings it has.

                Memory if every process uses its limit

                  2048 MB  shared_buffers
                    93 MB  shared memory beside them, wal_buffers of 16MB in it
                  3400 MB  200 connections × (work_mem of 4MB × 2.0 + 9.0MB each)
                    68 MB  4 parallel workers × the same
                  1563 MB  3 autovacuum workers × (512MB + 9.0MB each)
                    40 MB  20 WAL senders × 2.0MB
                    18 MB  3 workers of logical replication × 6.0MB
                    36 MB  background processes
                  7266 MB  = the worst case, of 8192 MB; what is not in use caches files

                Each container requests 128Mi of its node's disk, and may fill 1Gi (docs/pods.md).

                Settings

                  name                              value                        change   origin    why
                  effective_cache_size              6144MB                       reload   computed  75 % of 8Gi memory
                  effective_io_concurrency          2                            reload   computed  the storage is hdd
                  hba_file                          /etc/postgresql/pg_hba.conf  restart  file      src/main/postgresql/postgresql.conf:9
                  hot_standby                       on                           restart  file      src/main/postgresql/postgresql.conf:13
                  huge_pages                        off                          restart  computed  the pods have none without streamset:resources.hugePages
                  jit                               off                          reload   computed  after one large query, its connection would keep 22 MB of memory
                  listen_addresses                  *                            restart  file      src/main/postgresql/postgresql.conf:8
                  log_checkpoints                   on                           reload   file      src/main/postgresql/postgresql.conf:20
                  log_destination                   stderr                       reload   file      src/main/postgresql/postgresql.conf:17
                  log_line_prefix                   %m [%p] %q%u@%d %a %h        reload   file      src/main/postgresql/postgresql.conf:19
                  log_replication_commands          on                           reload   file      src/main/postgresql/postgresql.conf:21
                  logging_collector                 off                          restart  file      src/main/postgresql/postgresql.conf:18
                  maintenance_io_concurrency        2                            reload   computed  the storage is hdd
                  maintenance_work_mem              512MB                        reload   computed  1/16 of 8Gi memory, at most 2 GB
                  max_connections                   200                          restart  computed  as many as 8Gi of memory allow, each with a useful work_mem
                  max_parallel_maintenance_workers  2                            reload   computed  follows from 4 CPU: half of the cores, at most 4
                  max_parallel_workers              4                            reload   computed  follows from 4 CPU
                  max_parallel_workers_per_gather   2                            reload   computed  follows from 4 CPU: half of the cores, at most 4
                  max_replication_slots             10                           restart  computed  one for each standby, and some of your own
                  max_slot_wal_keep_size            3600MB                       reload   computed  as wal_keep_size; without a cap one dead slot fills the volume
                  max_wal_senders                   20                           restart  computed  5 pods need 13 when all standbys clone at once
                  max_wal_size                      5856MB                       reload   computed  what is left of 10.2 GB for WAL (85 % of the WAL volume of 12Gi)
                  max_worker_processes              8                            restart  computed  parallel workers and 4 others, at least 8
                  min_wal_size                      2048MB                       reload   computed  half of max_wal_size, ready for bursts
                  random_page_cost                  4                            reload   computed  the storage is hdd
                  shared_buffers                    2048MB                       restart  computed  25 % of 8Gi memory
                  tcp_user_timeout                  10s                          reload   computed  a standby that is gone soon releases its slot
                  wal_keep_size                     3600MB                       reload   pinned    streamset:wal.standbyOutage
                  wal_level                         replica                      restart  file      src/main/postgresql/postgresql.conf:12
                  wal_log_hints                     on                           restart  file      src/main/postgresql/postgresql.conf:14
                  wal_retrieve_retry_interval       1s                           reload   computed  a standby reconnects sooner than after 5 s
                  work_mem                          4MB                          reload   pinned    streamset:parameters.work_mem
                """, text);
    }

    @Test
    void saysHowLongAnArchiveCanBeAwayAndWhatIsLostWithAllVolumes() throws IOException {
        var text = explain("""
                config:
                  kubernetes:context: kind
                  streamset:namespace: shop
                  streamset:wal: {writeRate: 2MB, volume: {size: 12Gi}}
                  streamset:backup: {bucket: backups, endpoint: s3.example.org, secretName: store, image: pgbackrest:18, outage: 50m}
                """);
        assertTrue(text.contains("   6000 MB  waiting for the archive\n"), text);
        assertTrue(text.contains("""
                Archive of WAL and base backups in s3://backups/shop/postgresql at s3.example.org

                  375 segments of 16 MB may wait for it: it can be away for 1 h 40 min at 1 MB/s of WAL, 10 min 0 s at 10 MB/s.
                  Beyond that the server goes on without it: pg_wal keeps its bound, and a new base backup ends a gap in the archive.
                  With all volumes, the last 60s of commits can be lost (archive_timeout), and what waits.
                  Points in time can be restored for 14 days.
                  The newest backup is restored as a test at 0 6 * * 0 (cron, in UTC), on a volume of its own that is as large as those of a pod.
                  A restoration takes about this long at most (190 MB and 45 MB a second were measured with 2 CPU, and these pods have 500m):

                      216 s  a base backup of 10.0 GB, all that the data volume has room for
                    15360 s  WAL of 24 h 0 min, the longest between two base backups, of 2 MB a second (streamset:wal.writeRate)
                    15576 s  = 4 h 19 min until the primary can be used
                """), text);
    }

    @Test
    void saysHowLongTheRestorationTakesThatAStackBeginsWith() throws IOException {
        var text = explain("""
                config:
                  kubernetes:context: kind
                  streamset:resources: {cpu: "4", memory: 4Gi}
                  streamset:restore:
                    from: {bucket: backups, endpoint: s3.example.org, path: /shop/postgresql, secretName: store}
                    image: pgbackrest:18
                    latest: "true"
                """);
        assertTrue(text.contains("""
                Begins with the data in s3://backups/shop/postgresql at s3.example.org

                  A restoration takes about this long at most (190 MB and 45 MB a second were measured with 2 CPU, and these pods have 4):

                    54 s  a base backup of 10.0 GB, all that the data volume has room for
                    23 s  each 1024 MB of WAL since then
                """), text);
    }

    @Test
    void countsAPrimaryAlone() throws IOException {
        var text = explain("config: {kubernetes:context: kind, streamset:replicas: 1}");
        assertTrue(text.startsWith("Stack qa: PostgreSQL 18 in the namespace postgresql, a primary alone,\n"), text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void fitsOnOneScreen(String stack) {
        var text = Explain.text(PROJECT, stack, PROJECT.resolve("Pulumi." + stack + ".yaml"), problems);
        assertTrue(text.lines().count() <= SCREEN_LINES, text);
        assertTrue(text.lines().allMatch(line -> line.length() <= 150), text);
        assertEquals(0, problems.warnings().size());
    }

    @Test
    void tellsWhatIsWrongInstead() {
        var refusal = assertThrows(BadInput.class, () -> explain("config: {streamset:replicas: 4}"));
        assertTrue(refusal.getMessage().contains("must be odd"), refusal::getMessage);
    }

    private String explain(String stackFile) throws IOException {
        var file = Files.writeString(folder.resolve("Pulumi.qa.yaml"), stackFile);
        return Explain.text(PROJECT, "qa", file, problems);
    }
}
