package streamset.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("server")
class InterruptedInitTest {
    private static final long HALF_A_CLONE_BYTES = 8 << 20; // an empty cluster has more than 20 MB

    enum End {
        KILLED {
            @Override
            void of(Container container) {
                container.kill();
            }
        },
        TERMINATED {
            @Override
            void of(Container container) {
                container.terminate();
            }
        };

        abstract void of(Container container);
    }

    @AutoClose
    private final Pods pods = Pods.of(2);

    private final Pod primary = pods.get(0);
    private final Pod standby = pods.get(1);

    @ParameterizedTest
    @EnumSource
    void aCloneInTheMiddleIsNotTakenForDataButMadeAnew(End end) throws IOException {
        primary.withDataOfAPrimary().start();
        var half = standby.volume.resolve("pgdata.clone");
        try (var gate = Gate.to(primary, pods.port(), HALF_A_CLONE_BYTES)) {
            pods.redirect(primary, Gate.ADDRESS);
            var init = standby.init();
            Await.until("half a clone", () -> gate.isShut() && Files.exists(half.resolve("base")), init::output);

            end.of(init);
        }
        assertTrue(Files.exists(half.resolve("base")), "there is something that could be taken for data");
        assertEquals(List.of("pgdata.clone"), Machine.names(standby.volume));
        mark(half);

        pods.redirect(primary, primary.address);
        var init = standby.init().mustSucceed();

        assertEquals(List.of("standby of db-0.db-svc: clone ready"), init.said());
        assertMadeAnew(standby);
        standby.start();
        primary.awaitStandby(standby);
    }

    @ParameterizedTest
    @EnumSource
    void anInitdbInTheMiddleIsNotTakenForDataButMadeAnew(End end) {
        var half = primary.volume.resolve("pgdata.initdb");
        var init = primary.init();
        Await.until("half a database", () -> Files.exists(half.resolve("PG_VERSION")), init::output);

        end.of(init);
        assertEquals(List.of("pgdata.initdb"), Machine.names(primary.volume));
        mark(half);

        var second = primary.init().mustSucceed();

        assertEquals(
                List.of(
                        "primary: no data here, no server elsewhere; creating a new database",
                        "primary: new database ready"),
                second.said());
        assertMadeAnew(primary);
        primary.start();
        assertTrue(primary.accepts("postgres", "postgres-secret"));
    }

    private static void mark(Path leftover) {
        Machine.write(leftover.resolve("leftover"), "");
    }

    private static void assertMadeAnew(Pod pod) {
        assertEquals(List.of("pgdata"), Machine.names(pod.volume));
        assertTrue(Files.notExists(pod.data.resolve("leftover")));
    }
}
