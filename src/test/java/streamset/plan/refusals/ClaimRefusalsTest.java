package streamset.plan.refusals;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import streamset.cluster.ClusterSpec;
import streamset.cluster.Place;
import streamset.config.StackDraft;
import streamset.features.walvolume.WalVolume;
import streamset.kubernetes.ClusterObjects;
import streamset.node.DeployedNodes;
import streamset.plan.reading.Claim;
import streamset.plan.reading.Declaration;
import streamset.plan.reading.WantedObjects;
import streamset.pod.VolumeKind;
import streamset.problems.BadInput;
import streamset.problems.Problems;
import streamset.units.ByteSize;

@Tag("unit")
class ClaimRefusalsTest {
    private final StackDraft draft = StackDraft.minimal()
            .with("namespace", "shop")
            .with("storage", "{\"size\":\"20Gi\"}")
            .with("wal", "{\"volume\":{\"size\":\"4Gi\"}}");

    @Test
    void aVolumeGrowsWhereItsClassAllowsIt() {
        assertAccepted(
                claim("data-postgresql-sfs-0", "10Gi", "10Gi", "fast", true),
                claim("wal-postgresql-sfs-0", "2Gi", "2Gi", "fast", true));
    }

    @Test
    void aVolumeThatIsAsDeclaredNeedsNoClassThatGrows() {
        assertAccepted(
                claim("data-postgresql-sfs-0", "20Gi", "20Gi", "slow", false),
                claim("wal-postgresql-sfs-0", "4Gi", "8Gi", "slow", false)); // a claim can get a larger volume
    }

    @Test
    void aClassThatDoesNotLetVolumesGrowIsNamedWithTheWaysOut() {
        assertRefused(
                """
                2 problems, nothing was changed

                streamset:storage.size = 20Gi
                problem                : data-postgresql-sfs-0, data-postgresql-sfs-1 has 10Gi of the StorageClass slow, which does not let volumes grow (allowVolumeExpansion)
                fix                    : pulumi config set --path 'streamset:storage.size' 10Gi
                                         or if its driver can: kubectl patch storageclass slow -p '{"allowVolumeExpansion":true}'
                                         or move to another StorageClass: docs/operations.md, Growing a volume

                streamset:wal.volume.size = 4Gi
                problem                   : wal-postgresql-sfs-2 has 2Gi of the StorageClass slow, which does not let volumes grow (allowVolumeExpansion)
                fix                       : pulumi config set --path 'streamset:wal.volume.size' 2Gi
                                            or if its driver can: kubectl patch storageclass slow -p '{"allowVolumeExpansion":true}'
                                            or move to another StorageClass: docs/operations.md, Growing a volume
                """,
                claim("data-postgresql-sfs-0", "10Gi", "10Gi", "slow", false),
                claim("data-postgresql-sfs-1", "10Gi", "10Gi", "slow", false),
                claim("wal-postgresql-sfs-2", "2Gi", "2Gi", "slow", false));
    }

    @Test
    void aVolumeOfNoClassDoesNotGrow() {
        assertRefused("""
                1 problem, nothing was changed

                streamset:storage.size = 20Gi
                problem                : data-postgresql-sfs-0 has 10Gi of no StorageClass, so it cannot grow
                fix                    : pulumi config set --path 'streamset:storage.size' 10Gi
                                         or move to a StorageClass that lets volumes grow: docs/operations.md, Growing a volume
                """, claim("data-postgresql-sfs-0", "10Gi", "10Gi", "", false));
    }

    @Test
    void noVolumeShrinks() {
        assertRefused(
                """
                1 problem, nothing was changed

                streamset:storage.size = 20Gi
                problem                : the volume of data-postgresql-sfs-1 has 40Gi, and no volume can shrink
                fix                    : pulumi config set --path 'streamset:storage.size' 40Gi
                """,
                claim("data-postgresql-sfs-0", "30Gi", "30Gi", "fast", true),
                claim("data-postgresql-sfs-1", "40Gi", "40Gi", "fast", true));
    }

    @Test
    void aClaimThatAskedForMoreThanThereIsCanBeLowered() {
        assertAccepted(claim("data-postgresql-sfs-0", "400Gi", "10Gi", "fast", true));
    }

    /** A driver that rounds up gives a volume more than its claim requested. */
    @Test
    void aClaimIsSetToWhatItsVolumeHas() {
        assertAccepted(
                claim("data-postgresql-sfs-0", "400Gi", "20Gi", "fast", true),
                claim("data-postgresql-sfs-1", "10Gi", "30Gi", "fast", true));
    }

    @Test
    void aClaimThatRequestsWhatIsDeclaredMayWaitForItsVolume() {
        assertAccepted(claim("data-postgresql-sfs-0", "20Gi", "", "slow", false));
    }

    @Test
    void aClaimWithoutAVolumeCanNotChange() {
        assertRefused(
                """
                1 problem, nothing was changed

                streamset:storage.size = 20Gi
                problem                : data-postgresql-sfs-0, data-postgresql-sfs-1 requests 900Gi and has no volume yet: only a claim with a volume can change
                fix                    : kubectl -n shop delete statefulset postgresql-sfs && kubectl -n shop delete pvc data-postgresql-sfs-0 data-postgresql-sfs-1
                                         (they are empty), then deploy again
                """,
                claim("data-postgresql-sfs-0", "900Gi", "", "fast", true),
                claim("data-postgresql-sfs-1", "900Gi", "", "fast", true));
    }

    @Test
    void keptClaimsOfPodsThatAreNotDeclaredDoNotCount() {
        assertAccepted(claim("data-postgresql-sfs-3", "10Gi", "10Gi", "slow", false));
    }

    private static final VolumeKind WAL = new WalVolume().volumes().get(0);

    private record Found(Claim claim, boolean growing) {}

    private static Found claim(String name, String requested, String capacity, String className, boolean growing) {
        var parts = name.split("-", 2);
        return new Found(
                new Claim(
                        parts[0].equals("wal") ? WAL : VolumeKind.DATA,
                        Integer.parseInt(name.substring(name.lastIndexOf('-') + 1)),
                        name,
                        ByteSize.parseQuantity(requested),
                        Optional.of(capacity).filter(size -> !size.isEmpty()).map(ByteSize::parseQuantity),
                        className),
                growing);
    }

    private void assertAccepted(Found... existing) {
        check(existing);
    }

    private void assertRefused(String message, Found... existing) {
        assertEquals(
                message, assertThrows(BadInput.class, () -> check(existing)).getMessage());
    }

    private void check(Found... existing) {
        var problems = new Problems();
        var spec = ClusterSpec.of(draft.raw(), Path.of(""), "test", problems);
        var objects = ClusterObjects.of(spec, Place.UNKNOWN, DeployedNodes.NONE).json();
        var after = WantedObjects.of(objects, spec).declaration();
        var before = withClaims(after, Arrays.stream(existing).map(Found::claim).toList());
        ClaimRefusals.check(before, after, problems);
        var fixed = Arrays.stream(existing)
                .filter(found -> !found.growing())
                .map(found -> found.claim().className())
                .collect(Collectors.toSet());
        ClaimRefusals.checkGrowth(before, after, fixed, problems);
        problems.throwIfAny();
    }

    private static Declaration withClaims(Declaration declared, List<Claim> claims) {
        return new Declaration(
                declared.names(),
                declared.place(),
                declared.version(),
                declared.pods(),
                declared.replicas(),
                declared.primary(),
                declared.declaredPrimary(),
                declared.patroni(),
                declared.lost(),
                declared.keepDiverged(),
                declared.segmentSize(),
                declared.volumes(),
                claims,
                declared.keeping(),
                declared.postgresqlConf(),
                declared.pgHbaConf(),
                declared.databases(),
                declared.archive(),
                declared.hasPods());
    }
}
