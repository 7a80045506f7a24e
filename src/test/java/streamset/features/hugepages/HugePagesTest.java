package streamset.features.hugepages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import streamset.cluster.ClusterSpec;
import streamset.cluster.Place;
import streamset.config.StackDraft;
import streamset.kubernetes.ClusterObjects;
import streamset.node.DeployedNodes;
import streamset.objects.KubernetesObjects;
import streamset.problems.BadInput;
import streamset.problems.Problems;
import streamset.settings.Setting;

@Tag("unit")
class HugePagesTest {
    private final StackDraft stack = StackDraft.minimal()
            .with("storage", "{\"size\":\"50Gi\"}")
            .with("resources", "{\"cpu\":\"1\",\"memory\":\"2Gi\",\"hugePages\":\"512Mi\"}");

    private ClusterSpec spec() {
        var problems = new Problems();
        var spec = ClusterSpec.of(stack.raw(), Path.of(""), "test", problems);
        problems.throwIfAny();
        return spec;
    }

    private Setting setting(String name) {
        return spec().settings().all().stream()
                .filter(setting -> setting.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private void isRefusedWith(String message) {
        assertEquals(message, assertThrows(BadInput.class, this::spec).getMessage());
    }

    @Test
    void haveTheSharedMemoryOfTheServers() {
        assertEquals("on", setting("huge_pages").value());
        assertEquals("2MB", setting("huge_page_size").value());
        assertEquals("459MB", setting("shared_buffers").value());
        assertEquals(
                "what 512Mi of huge pages hold beside the rest of the shared memory",
                setting("shared_buffers").reason());
        assertEquals("1920MB", setting("effective_cache_size").value());
        assertEquals(
                "75 % of 2Gi memory and 512Mi of huge pages",
                setting("effective_cache_size").reason());
        var budget = spec().budgets().memory();
        assertEquals(
                """
                459 MB  shared_buffers
                 44 MB  shared memory beside them, wal_buffers of 14688kB in it
                503 MB  = 252 pages of 2 MB, of 256""",
                budget.hugePages()
                        .orElseThrow()
                        .sum()
                        .text(budget.hugePages().orElseThrow().result()));
        assertEquals(
                List.of(),
                budget.use().sum().terms().stream()
                        .filter(term -> term.what().contains("shared"))
                        .toList());
    }

    @Test
    void areRequestedByInitContainerAndServerAlone() {
        var objects = KubernetesObjects.of(
                ClusterObjects.of(spec(), Place.UNKNOWN, DeployedNodes.NONE).json());
        var pod = objects.get("StatefulSet", "postgresql-sfs").at("/spec/template/spec");
        for (var container : List.of(pod.at("/initContainers/0"), pod.at("/containers/0"))) {
            assertEquals(
                    "512Mi", container.at("/resources/limits/hugepages-2Mi").asString());
            assertEquals(
                    "512Mi", container.at("/resources/requests/hugepages-2Mi").asString());
        }
        var jobs = objects.ofKind("Job")
                .flatMap(job -> Stream.of(job.at("/spec/template/spec").toString()));
        assertEquals(List.of(), jobs.filter(job -> job.contains("hugepages")).toList());
    }

    @Test
    void areNotThereUnlessTheStackSaysSo() {
        stack.with("resources", "{\"cpu\":\"1\",\"memory\":\"2Gi\"}");
        assertEquals("512MB", setting("shared_buffers").value());
        assertEquals("off", setting("huge_pages").value());
    }

    @ParameterizedTest
    @CsvSource({"1001Mi, 1002Mi", "1M, 2Mi", "3Ki, 2Mi"})
    void areWholePages(String amount, String better) {
        stack.with("resources", "{\"hugePages\":\"" + amount + "\"}");
        isRefusedWith("""
                1 problem, nothing was changed

                streamset:resources.hugePages = %s
                problem                       : must be a multiple of 2Mi, the size of a page; did you mean %s?
                fix                           : pulumi config set --path 'streamset:resources.hugePages' %s
                """.formatted(amount, better, better));
    }

    @Test
    void mustHoldAllSharedMemory() {
        stack.with("parameters", "{\"shared_buffers\":\"600MB\",\"huge_pages\":\"try\"}");
        isRefusedWith("""
                2 problems, nothing was changed

                streamset:parameters.huge_pages = try
                problem                         : is fixed by the program to 'on': streamset:resources.hugePages
                fix                             : pulumi config rm --path 'streamset:parameters.huge_pages'

                streamset:resources.hugePages = 512Mi
                problem                       : no server would start, since its shared memory must fit into its huge pages:
                                                600 MB  shared_buffers
                                                 50 MB  shared memory beside them, wal_buffers of 16MB in it
                                                650 MB  = 326 pages of 2 MB, of 256
                fix                           : pulumi config set --path 'streamset:parameters.shared_buffers' 467MB   (the largest that fits)
                                                or pulumi config set --path 'streamset:resources.hugePages' 652Mi   (the smallest that does)
                """);
    }

    @Test
    void cannotBeFewerThanTheRestOfTheSharedMemoryNeeds() {
        stack.with("resources", "{\"cpu\":\"1\",\"memory\":\"2Gi\",\"hugePages\":\"16Mi\"}");
        isRefusedWith("""
                1 problem, nothing was changed

                streamset:resources.hugePages = 16Mi
                problem                       : no server would start, since its shared memory must fit into its huge pages:
                                                16 MB  shared_buffers
                                                12 MB  shared memory beside them, wal_buffers of 512kB in it
                                                28 MB  = 15 pages of 2 MB, of 8
                fix                           : pulumi config set --path 'streamset:resources.hugePages' 30Mi   (the smallest that does)
                """);
    }
}
