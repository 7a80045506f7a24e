package streamset.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("server")
class SegmentSizeTest {
    private static final String BYTES = "Bytes per WAL segment";

    @AutoClose
    private final Pods pods = Pods.of(2);

    private final Pod primary = pods.get(0);
    private final Pod standby = pods.get(1);

    private static void assertStopsSaying(Container init, String... said) {
        assertEquals(1, init.exitCode(), init.output());
        assertEquals(List.of(said), init.said());
    }

    @Test
    void ofANewDatabaseAndItsClonesIsTheDeclaredOne() {
        primary.segmentMegabytes(4).initAndStart();
        pods.job("replicator.sh").mustSucceed();
        standby.segmentMegabytes(4).initAndStart();

        primary.awaitStandby(standby);
        assertEquals("4MB", primary.ask("SHOW wal_segment_size"));
        assertEquals("4MB", standby.ask("SHOW wal_segment_size"));
    }

    @Test
    void canNotChangeForDataThatAreHere() {
        primary.withDataOfAPrimary();

        assertStopsSaying(
                primary.segmentMegabytes(64).init(),
                "the data here have WAL segments of 16 MB, but the stack declares 64 MB:"
                        + " data keep the size that they were created with",
                "what to do: pulumi config set --path streamset:wal.segmentSize 16MB");

        assertEquals(
                List.of("primary: data found"),
                primary.segmentMegabytes(16).init().mustSucceed().said());
    }

    @Test
    void ofAStandbyIsThePrimarysAndClonedOnlyOnceToFindThatOut() {
        primary.withDataOfAPrimary().start();
        standby.segmentMegabytes(1);
        var fact = "the data here have WAL segments of 16 MB, but the stack declares 1 MB:"
                + " data keep the size that they were created with";
        var remedy = "what to do: pulumi config set --path streamset:wal.segmentSize 16MB";

        assertStopsSaying(standby.init(), "standby of db-0.db-svc: clone ready", fact, remedy);
        var file = standby.identityOf("PG_VERSION");
        assertStopsSaying(standby.init(), fact, remedy);

        assertEquals(file, standby.identityOf("PG_VERSION"));
        assertEquals(Integer.toString(16 << 20), standby.controlData(BYTES));
    }
}
