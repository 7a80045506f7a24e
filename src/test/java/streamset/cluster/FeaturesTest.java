package streamset.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import streamset.catalog.ParameterName;
import streamset.conf.ConfSource;
import streamset.config.Keys;
import streamset.config.Section;
import streamset.config.StackConfig;
import streamset.config.StackDraft;
import streamset.features.Feature;
import streamset.features.FixedSetting;
import streamset.features.Part;
import streamset.features.Parts;
import streamset.features.PodAddition;
import streamset.features.State;
import streamset.kubernetes.ClusterObjects;
import streamset.node.DeployedNodes;
import streamset.objects.KubernetesObjects;
import streamset.plan.Plan;
import streamset.plan.reading.DeployedObjects;
import streamset.plan.reading.WantedObjects;
import streamset.pod.PodClaim;
import streamset.pod.PodMount;
import streamset.pod.PodVolume;
import streamset.pod.Volume;
import streamset.pod.VolumeKind;
import streamset.problems.BadInput;
import streamset.problems.Problems;
import streamset.sizing.WalSpace;
import streamset.units.ByteSize;
import tools.jackson.databind.JsonNode;

/** A feature that nothing but this test knows comes in through the one interface, and reaches all that it has to. */
@Tag("unit")
class FeaturesTest {
    private static final VolumeKind KIND = new VolumeKind("archive", "archive.volume", "archive");
    private static final String DECLARED = "{\"volume\":{\"size\":\"4Gi\"}}";

    /** It takes all that a feature can. */
    private record Archive() implements Feature {
        @Override
        public List<VolumeKind> volumes() {
            return List.of(KIND);
        }

        @Override
        public Parts read(Section keys, StackConfig config) {
            var size = keys.object("archive")
                    .object("volume")
                    .value(
                            "size",
                            text -> Optional.of(ByteSize.parseQuantity(text)),
                            Optional.<ByteSize>empty(),
                            "4Gi");
            return size.map(Archive::parts).orElse(Parts.NONE);
        }

        private static Parts parts(ByteSize size) {
            return Parts.of(
                    new FixedSetting(ParameterName.TCP_USER_TIMEOUT, "7s", "a test wants it"),
                    new Part.Wal(WalSpace.whole(KIND, size)),
                    new Part.Claimed(new PodClaim(KIND, new Volume(size, Optional.empty()))),
                    new Part.OfServers(new PodAddition(
                            List.of(new PodVolume.OfSecret("keys", "archive-keys", 0440)),
                            List.of(PodMount.readOnly("keys", "/etc/keys")),
                            Map.of("ARCHIVE", KIND.path()))));
        }

        @Override
        public void refuse(State before, State after, Keys keys) {
            if (before.volume(KIND).isPresent() && after.volume(KIND).isEmpty()) {
                keys.refuse(
                        "archive", Section.NOT_SET, "what is archived stays", keys.set("archive.volume.size", "4Gi"));
            }
        }
    }

    private final Problems problems = new Problems();

    private ClusterSpec spec(StackDraft draft) {
        return ClusterSpec.of(List.of(new Archive()), draft.raw(), ConfSource.ofProject(Path.of(""), "test"), problems);
    }

    private static StackDraft declared() {
        return StackDraft.minimal().with("archive", DECLARED);
    }

    private static List<JsonNode> objects(ClusterSpec spec) {
        return ClusterObjects.of(spec, Place.UNKNOWN, DeployedNodes.NONE).json();
    }

    private static JsonNode pod(ClusterSpec spec) {
        return KubernetesObjects.of(objects(spec))
                .get("StatefulSet", spec.names().statefulSet())
                .at("/spec/template/spec");
    }

    @Test
    void readsItsPartOfTheStackFile() {
        assertEquals(List.of(KIND), spec(declared()).features().volumes().subList(1, 2));
        problems.throwIfAny();
    }

    @Test
    void tellsMisspeltKeysOfItsPart() {
        isRefusedWith("""
                1 problem, nothing was changed

                streamset:archive.volume.sise = 4Gi
                problem                       : no such key, did you mean streamset:archive.volume.size?
                fix                           : pulumi config rm --path 'streamset:archive.volume.sise'
                """, () -> spec(StackDraft.minimal().with("archive", "{\"volume\":{\"sise\":\"4Gi\"}}")));
    }

    private void isRefusedWith(String message, Runnable step) {
        step.run();
        assertEquals(message, assertThrows(BadInput.class, problems::throwIfAny).getMessage());
    }

    @Test
    void fixesSettings() {
        var conf = spec(declared()).files().postgresqlConf();
        assertTrue(conf.contains("tcp_user_timeout = '7s'"), conf);
        assertTrue(conf.contains("fixed: a test wants it"), conf);
    }

    @Test
    void refusesOtherValuesOfWhatItFixes() {
        isRefusedWith("""
                1 problem, nothing was changed

                streamset:parameters.tcp_user_timeout = 8s
                problem                               : is fixed by the program to '7s': a test wants it
                fix                                   : pulumi config rm --path 'streamset:parameters.tcp_user_timeout'
                """, () -> spec(declared().with("parameters", "{\"tcp_user_timeout\":\"8s\"}")));
    }

    @Test
    void givesWalItsSpace() {
        assertEquals(KIND, spec(declared()).budgets().wal().space().kind());
        assertEquals(
                VolumeKind.DATA,
                spec(StackDraft.minimal()).budgets().wal().space().kind());
    }

    @Test
    void claimsVolumes() {
        var claims = KubernetesObjects.of(objects(spec(declared())))
                .ofKind("PersistentVolumeClaim")
                .map(claim -> KubernetesObjects.text(claim, "/metadata/name").orElseThrow())
                .filter(name -> name.startsWith("archive-"));
        assertEquals(
                List.of("archive-postgresql-sfs-0", "archive-postgresql-sfs-1", "archive-postgresql-sfs-2"),
                claims.toList());
    }

    @Test
    void reachesTheContainersOfTheServer() {
        var pod = pod(spec(declared()));
        assertTrue(pod.path("volumes").toString().contains("archive-keys"), pod::toPrettyString);
        for (var container : List.of(pod.at("/initContainers/0"), pod.at("/containers/0"))) {
            var text = container.toString();
            assertTrue(text.contains("\"mountPath\":\"/etc/keys\""), text);
            assertTrue(text.contains("\"mountPath\":\"/var/lib/postgresql/archive\""), text);
            assertTrue(text.contains("{\"name\":\"ARCHIVE\",\"value\":\"/var/lib/postgresql/archive\"}"), text);
        }
    }

    @Test
    void leavesNothingBehindWhenTheStackDoesNotAskForIt() {
        var text = objects(spec(StackDraft.minimal())).toString();
        assertFalse(Stream.of("archive-", "\"ARCHIVE\"", "/etc/keys", "7s").anyMatch(text::contains), text);
    }

    @Test
    void refusesWhatNoUpdateDoes() {
        var deployed = DeployedObjects.of(objects(spec(declared())));
        var spec = spec(StackDraft.minimal());
        isRefusedWith("""
                1 problem, nothing was changed

                streamset:archive    = (not set)
                problem              : what is archived stays
                fix                  : pulumi config set --path 'streamset:archive.volume.size' 4Gi
                """, () -> Plan.of(deployed, WantedObjects.of(objects(spec), spec), problems));
    }

    @Test
    void growsItsVolumesByAnUpdate() {
        var deployed = DeployedObjects.of(objects(spec(declared())));
        var spec = spec(StackDraft.minimal().with("archive", "{\"volume\":{\"size\":\"6Gi\"}}"));
        var plan = Plan.of(deployed, WantedObjects.of(objects(spec), spec), problems);
        problems.throwIfAny();
        var text = plan.orElseThrow().text("changes");
        assertTrue(
                text.contains("archive-postgresql-sfs-0 … archive-postgresql-sfs-2 grow in place from 4Gi to 6Gi"),
                text);
    }
}
