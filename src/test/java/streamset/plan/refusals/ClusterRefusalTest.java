package streamset.plan.refusals;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import streamset.cluster.Place;
import streamset.plan.Change;
import streamset.problems.BadInput;
import streamset.problems.Problems;

@Tag("unit")
class ClusterRefusalTest {
    private static final String OTHER_CONTEXT = """
            1 problem, nothing was changed

            kubernetes:context   = prod
            problem              : the deployed cluster was reached by the context kind: under another one a new, empty cluster would take its place, and the data would stay behind
            fix                  : pulumi config set kubernetes:context kind; for another cluster: pulumi stack init <name>
                                   or, if both lead to the same: kubectl config rename-context prod kind, then: pulumi config set kubernetes:context kind
            """;

    @TempDir
    private Path folder;

    @Test
    void anotherContextMayLeadToAnotherCluster() {
        new Change(folder).after("kubernetes:context", "prod").isRefused(OTHER_CONTEXT);
    }

    /** Who knows both clusters' identity is asked before anything is declared. */
    @Test
    void anotherContextIsToldWhileTheClusterCanStillTellWhoItIs() {
        new Change(folder).recorded("1b2c").after("kubernetes:context", "prod").isPlanned("no pause", """

                          steps
                            1. the context changes from kind to prod; unless both lead to the same Kubernetes cluster, the update ends before it changes anything: no pause

                          replaced: only Jobs; all volumes stay, with their data
                        """);
    }

    @Test
    void theSameClusterMayBeReachedByAnotherContext() {
        check(place("kind", "1b2c"), place("prod", "1b2c"));
    }

    @Test
    void anotherClusterIsRefusedEvenBehindTheSameContext() {
        assertRefused("""
                1 problem, nothing was changed

                kubernetes:context   = kind
                problem              : leads to the Kubernetes cluster 3d4e (uid of its namespace kube-system), and the deployed cluster is in 1b2c: under another one a new, empty cluster would take its place, and the data would stay behind
                fix                  : pulumi config set kubernetes:context <the context of that one>; for another cluster: pulumi stack init <name>
                                       or, if that one is gone for good: pulumi refresh, then: pulumi up
                """, place("kind", "1b2c"), place("kind", "3d4e"));
    }

    @Test
    void anotherContextIsRefusedWhenTheClusterDoesNotTellWhoItIs() {
        assertRefused(OTHER_CONTEXT, place("kind", "1b2c"), place("prod", ""));
        assertRefused(OTHER_CONTEXT, place("kind", ""), place("prod", "1b2c"));
    }

    @Test
    void nothingIsKnownOfWhatOlderVersionsHaveDeployed() {
        check(Place.UNKNOWN, place("prod", "1b2c"));
    }

    private static Place place(String context, String uid) {
        return new Place(Optional.of(context), Optional.of(uid).filter(text -> !text.isEmpty()));
    }

    private static void check(Place before, Place after) {
        var problems = new Problems();
        new ClusterRefusal(before, after, problems).check();
        problems.throwIfAny();
    }

    private static void assertRefused(String message, Place before, Place after) {
        assertEquals(
                message,
                assertThrows(BadInput.class, () -> check(before, after)).getMessage());
    }
}
