package streamset.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class NamesTest {
    private static final String DIGEST = "0123456789abcdef";
    private static final int LARGEST_ORDINAL = 998;

    private final Names names = new Names("postgresql", "k8s-training", "cluster.local");

    @Test
    void areThoseOfTheDesign() {
        assertEquals("postgresql-configs", names.configMap());
        assertEquals("postgresql-scripts-0123456789", names.scripts(DIGEST));
        assertEquals("postgresql-jobs-0123456789", names.jobScripts(DIGEST));
        assertEquals("postgresql-candidate-0123456789", names.candidate(DIGEST));
        assertEquals("postgresql-topology", names.topology());
        assertEquals("postgresql-passwords", names.passwords());
        assertEquals("postgresql-svc", names.headlessService());
        assertEquals("postgresql-primary", names.primaryService());
        assertEquals("postgresql-read", names.readService());
        assertEquals("postgresql-sfs", names.statefulSet());
        assertEquals("postgresql-sfs-2", names.pod(2));
        assertEquals("data-postgresql-sfs-2", names.claim("data", 2));
        assertEquals("wal-postgresql-sfs-2", names.claim("wal", 2));
        assertEquals("postgresql-replicator-0123456789", names.job("replicator", DIGEST));
    }

    @Test
    void giveEveryPodAndServiceItsHost() {
        assertEquals("postgresql-primary.k8s-training.svc.cluster.local", names.host(names.primaryService()));
        assertEquals("postgresql-sfs-2.postgresql-svc.k8s-training.svc.cluster.local", names.podHost(2));
        assertEquals(
                List.of(
                        "postgresql-sfs-0.postgresql-svc.k8s-training.svc.cluster.local",
                        "postgresql-sfs-1.postgresql-svc.k8s-training.svc.cluster.local",
                        "postgresql-sfs-2.postgresql-svc.k8s-training.svc.cluster.local"),
                names.podHosts(3));
    }

    @Test
    void giveThePodsTheNamesThatEachServiceMakes() {
        assertEquals(
                List.of(
                        ".postgresql-svc.k8s-training.svc.cluster.local",
                        ".postgresql-primary.k8s-training.svc.cluster.local",
                        ".postgresql-read.k8s-training.svc.cluster.local"),
                names.podDomains());
    }

    @Test
    void areAllLegalWithTheLongestPrefix() {
        all("a".repeat(Names.PREFIX_LIMIT)).forEach(name -> assertEquals(name, KubernetesName.serviceLabel(name)));
    }

    @Test
    void areNotAllLegalWithOneCharacterMore() {
        var longest =
                all("a".repeat(Names.PREFIX_LIMIT + 1)).mapToInt(String::length).max();
        assertEquals(KubernetesName.LABEL_LIMIT + 1, longest.getAsInt());
    }

    private static Stream<String> all(String prefix) {
        var names = new Names(prefix, "ns", "cluster.local");
        return Stream.of(
                names.configMap(),
                names.scripts(DIGEST),
                names.jobScripts(DIGEST),
                names.candidate(DIGEST),
                names.topology(),
                names.passwords(),
                names.logins(),
                names.headlessService(),
                names.primaryService(),
                names.readService(),
                names.statefulSet(),
                names.pod(LARGEST_ORDINAL),
                names.claim("data", LARGEST_ORDINAL),
                names.claim("wal", LARGEST_ORDINAL),
                names.statefulSet() + "-0123456789", // the label controller-revision-hash of every pod
                names.job("replicator", DIGEST));
    }

    @Test
    void fitIntoTheDnsUpTo253Characters() {
        var fixed = new Names("postgresql", "postgresql", "").podHost(998).length();
        assertTrue(new Names("postgresql", "postgresql", "a".repeat(253 - fixed)).dnsNamesFit(999));
        assertFalse(new Names("postgresql", "postgresql", "a".repeat(254 - fixed)).dnsNamesFit(999));
        assertTrue(new Names("postgresql", "postgresql", "a".repeat(254 - fixed)).dnsNamesFit(99));
    }
}
