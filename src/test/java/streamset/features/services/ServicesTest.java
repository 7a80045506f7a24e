package streamset.features.services;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import streamset.config.Section;
import streamset.config.StackConfig;
import streamset.config.StackDraft;
import streamset.features.Exposure;
import streamset.features.Parts;
import streamset.problems.BadInput;
import streamset.problems.Problem;
import streamset.problems.Problems;

@Tag("unit")
class ServicesTest {
    private static final String INTERNAL = "networking.gke.io/load-balancer-type";

    private final Problems problems = new Problems();

    private Parts parts(String services) {
        var keys = Section.of(
                StackConfig.NAMESPACE,
                StackDraft.minimal().with("services", services).raw(),
                problems);
        var parts = new Services().read(keys, StackConfig.read(keys));
        keys.rejectUnknown();
        problems.throwIfAny();
        return parts;
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"type\":\"ClusterIP\"}", "{\"annotations\":{},\"loadBalancerSourceRanges\":[]}"})
    void areInsideTheClusterByDefault(String services) {
        assertEquals(Parts.NONE, parts(services));
    }

    @Test
    void areBehindALoadBalancerThatOnlyTheNetworkReaches() {
        assertEquals(
                new Exposure(
                        Optional.of("LoadBalancer"), Map.of(INTERNAL, "Internal"), List.of("10.0.0.0/8", "fd00::/8")),
                parts("{\"type\":\"LoadBalancer\",\"annotations\":{\"" + INTERNAL
                                + "\":\"Internal\"},\"loadBalancerSourceRanges\":[\"10.0.0.0/8\",\"fd00::/8\"]}")
                        .one(Exposure.class)
                        .orElseThrow());
        assertEquals(List.of(), problems.warnings());
    }

    @Test
    void warnOfALoadBalancerThatEverybodyMayReach() {
        parts("{\"type\":\"LoadBalancer\"}");
        assertEquals(
                List.of(new Problem(
                        "streamset:services.type",
                        "LoadBalancer",
                        "most clouds give it a public address; neither an annotation nor a range of addresses says who"
                                + " reaches it",
                        "pulumi config set --path 'streamset:services.loadBalancerSourceRanges[0]' <range>")),
                problems.warnings());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"type":"NodePort"} | type | NodePort | must be ClusterIP or LoadBalancer | pulumi config set --path 'streamset:services.type' LoadBalancer
            {"annotations":{"networking.gke.io/load-balancer-type":"Internal"}} | annotations | {networking.gke.io/load-balancer-type=Internal} | has no effect: only Services of the type LoadBalancer have a load balancer | pulumi config rm --path 'streamset:services.annotations'; or pulumi config set --path 'streamset:services.type' LoadBalancer
            {"loadBalancerSourceRanges":["10.0.0.0/8"]} | loadBalancerSourceRanges | [10.0.0.0/8] | has no effect: only Services of the type LoadBalancer have a load balancer | pulumi config rm --path 'streamset:services.loadBalancerSourceRanges'; or pulumi config set --path 'streamset:services.type' LoadBalancer
            {"type":"LoadBalancer","loadBalancerSourceRanges":["10.0.0.0/8","10.0.0.0/33"]} | loadBalancerSourceRanges | 10.0.0.0/33 | must contain ranges of addresses such as 10.0.0.0/8 or fd00::/8 | pulumi config set --path 'streamset:services.loadBalancerSourceRanges[1]' <range>
            {"type":"LoadBalancer","annotations":{"networking.gke.io/load-balancer-type":"External"}} | annotations.networking.gke.io/load-balancer-type | External | must be Internal | pulumi config set --path 'streamset:services.annotations["networking.gke.io/load-balancer-type"]' Internal
            """)
    void areRefused(String services, String key, String value, String problem, String fix) {
        var subject = "streamset:services." + key;
        assertEquals(
                "1 problem, nothing was changed\n\n" + subject + " = " + value + "\nproblem"
                        + " ".repeat(subject.length() - "problem".length()) + " : " + problem + "\nfix"
                        + " ".repeat(subject.length() - "fix".length()) + " : " + fix + "\n",
                assertThrows(BadInput.class, () -> parts(services)).getMessage());
    }

    @Test
    void takeNoOtherAnnotations() {
        var refusal = assertThrows(
                        BadInput.class,
                        () -> parts("{\"type\":\"LoadBalancer\",\"annotations\":{\"external-dns/hostname\":\"db\"}}"))
                .getMessage();
        assertEquals(
                true,
                refusal.contains(
                        "is not one of those that can be set: service.beta.kubernetes.io/aws-load-balancer-scheme,"),
                refusal);
    }
}
