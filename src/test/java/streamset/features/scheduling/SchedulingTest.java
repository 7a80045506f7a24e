package streamset.features.scheduling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import streamset.config.Section;
import streamset.config.StackConfig;
import streamset.config.StackDraft;
import streamset.features.Part;
import streamset.features.Parts;
import streamset.pod.Affinity;
import streamset.pod.Affinity.Weighted;
import streamset.pod.Affinity.Wish;
import streamset.pod.LabelRule;
import streamset.pod.Placement;
import streamset.pod.PodSelector;
import streamset.pod.PodTerm;
import streamset.pod.Spread;
import streamset.pod.Toleration;
import streamset.problems.BadInput;
import streamset.problems.Problems;

@Tag("unit")
class SchedulingTest {
    private final StackDraft stack = StackDraft.minimal();

    private Parts parts() {
        var problems = new Problems();
        var keys = Section.of(StackConfig.NAMESPACE, stack.raw(), problems);
        var parts = new Scheduling().read(keys, StackConfig.read(keys));
        keys.rejectUnknown();
        problems.throwIfAny();
        return parts;
    }

    private Placement placement(String scheduling) {
        stack.with("scheduling", scheduling);
        return parts().one(Part.Nodes.class).orElseThrow().placement();
    }

    private void isRefusedWith(String message) {
        assertEquals(message, assertThrows(BadInput.class, this::parts).getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"spread\":{\"hosts\":\"soft\"}}", "{\"tolerations\":[],\"nodeSelector\":{}}"})
    void changesNothingWhenItSaysNothingNew(String scheduling) {
        stack.with("scheduling", scheduling).with("imagePullSecrets", "[]");
        assertEquals(Parts.NONE, parts());
    }

    @Test
    void spreadsOverHostsAndZones() {
        assertEquals(
                List.of(new Spread("kubernetes.io/hostname", true), new Spread("topology.kubernetes.io/zone", false)),
                placement("{\"spread\":{\"hosts\":\"hard\",\"zones\":\"soft\"}}")
                        .spread());
    }

    @Test
    void choosesNodesByTheirLabelsAndTaints() {
        var placement = placement("""
                {"priorityClassName": "database", "nodeSelector": {"disktype": "nvme", "example.org/pool": "db"},
                 "tolerations": [{"operator": "Exists"},
                   {"key": "dedicated", "value": "db", "effect": "NoExecute", "tolerationSeconds": 30}]}""");
        assertEquals(Optional.of("database"), placement.priorityClass());
        assertEquals(Map.of("disktype", "nvme", "example.org/pool", "db"), placement.nodeLabels());
        var any = new Toleration(
                Optional.empty(), Optional.of("Exists"), Optional.empty(), Optional.empty(), Optional.empty());
        var dedicated = new Toleration(
                Optional.of("dedicated"),
                Optional.empty(),
                Optional.of("db"),
                Optional.of("NoExecute"),
                Optional.of(30));
        assertEquals(List.of(any, dedicated), placement.tolerations());
    }

    @Test
    void readsAffinitiesAsKubernetesDoes() {
        var affinity = placement("""
                {"affinity": {
                  "nodeAffinity": {
                    "requiredDuringSchedulingIgnoredDuringExecution": {"nodeSelectorTerms": [
                      {"matchExpressions": [{"key": "cores", "operator": "Gt", "values": ["7"]}]}]},
                    "preferredDuringSchedulingIgnoredDuringExecution": [
                      {"weight": 10, "preference": {"matchExpressions": [{"key": "fast", "operator": "Exists"}]}}]},
                  "podAntiAffinity": {
                    "requiredDuringSchedulingIgnoredDuringExecution": [
                      {"topologyKey": "kubernetes.io/hostname", "namespaces": ["batch"], "namespaceSelector": {},
                       "labelSelector": {"matchLabels": {"load": "heavy"}}}]}}}""").affinity();
        assertEquals(
                new Affinity(
                        new Wish<>(
                                List.of(List.of(new LabelRule("cores", "Gt", List.of("7")))),
                                List.of(new Weighted<>(10, List.of(new LabelRule("fast", "Exists", List.of()))))),
                        new Wish<>(List.of(), List.of()),
                        new Wish<>(
                                List.of(new PodTerm(
                                        new PodSelector(Map.of("load", "heavy"), List.of()),
                                        "kubernetes.io/hostname",
                                        List.of("batch"),
                                        Optional.of(new PodSelector(Map.of(), List.of())))),
                                List.of())),
                affinity);
    }

    @Test
    void keepsJobsOnTheNodesOfTheServersButNotAwayFromThem() {
        var placement = placement("""
                {"spread": {"hosts": "hard"}, "tolerations": [{"operator": "Exists"}], "affinity": {"podAntiAffinity": {
                  "requiredDuringSchedulingIgnoredDuringExecution": [
                    {"topologyKey": "kubernetes.io/hostname", "labelSelector": {}}]}}}""");
        var ofJobs = placement.ofJobs();
        assertEquals(List.of(), ofJobs.spread());
        assertEquals(Affinity.NONE, ofJobs.affinity());
        assertEquals(placement.tolerations(), ofJobs.tolerations());
    }

    @Test
    void fetchesTheImageWithSecrets() {
        stack.with("imagePullSecrets", "[\"registry\",\"mirror.example.org\"]");
        assertEquals(
                List.of("registry", "mirror.example.org"),
                parts().one(Part.Nodes.class).orElseThrow().placement().pullSecrets());
    }

    @Nested
    class IsRefused {
        @Test
        void withAllThatIsWrongAtOnce() {
            stack.with(
                            "scheduling",
                            "{\"spread\":{\"hosts\":\"Hard\",\"racks\":\"soft\"},\"priorityClassName\":\"High!\","
                                    + "\"nodeSelector\":{\"-a\":\"x\",\"b\":\"y z\"}}")
                    .with("imagePullSecrets", "[\"Registry\",\"a\",\"a\"]");
            isRefusedWith("""
                    7 problems, nothing was changed

                    streamset:scheduling.spread.hosts = Hard
                    problem                           : must be one of hard, soft
                    fix                               : pulumi config set --path 'streamset:scheduling.spread.hosts' soft

                    streamset:scheduling.priorityClassName = High!
                    problem                                : must be a DNS label: lower-case letters, digits and '-', a letter or digit at both ends
                    fix                                    : pulumi config set --path 'streamset:scheduling.priorityClassName' <priority class>

                    streamset:scheduling.nodeSelector.-a = x
                    problem                              : is not the key of a label: perhaps a DNS name and '/', then at most 63 letters, digits, '-', '_' and '.', a letter or digit at both ends
                    fix                                  : pulumi config rm --path 'streamset:scheduling.nodeSelector.-a'

                    streamset:scheduling.nodeSelector.b = y z
                    problem                             : is not the value of a label: at most 63 letters, digits, '-', '_' and '.', a letter or digit at both ends
                    fix                                 : pulumi config set --path 'streamset:scheduling.nodeSelector.b' <value>

                    streamset:imagePullSecrets = Registry
                    problem                    : must be a DNS label: lower-case letters, digits and '-', a letter or digit at both ends
                    fix                        : pulumi config set --plaintext --path 'streamset:imagePullSecrets[0]' <secret>

                    streamset:imagePullSecrets = a
                    problem                    : is in the list twice
                    fix                        : pulumi config set --plaintext --path 'streamset:imagePullSecrets[2]' <secret>

                    streamset:scheduling.spread.racks = soft
                    problem                           : no such key; there are: hosts, zones
                    fix                               : pulumi config rm --path 'streamset:scheduling.spread.racks'
                    """);
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                {"value":"a"} | tolerations[0].key | (not set) | only the operator Exists needs none, and with it every taint is tolerated | pulumi config set --path 'streamset:scheduling.tolerations[0].key' <taint>
                {"operator":"Exists","value":"a"} | tolerations[0].value | a | Exists takes no value | pulumi config rm --path 'streamset:scheduling.tolerations[0].value'
                {"key":"a","effect":"Never"} | tolerations[0].effect | Never | must be one of NoExecute, NoSchedule, PreferNoSchedule | pulumi config set --path 'streamset:scheduling.tolerations[0].effect' NoSchedule
                {"key":"a/b/c"} | tolerations[0].key | a/b/c | is not the key of a label: perhaps a DNS name and '/', then at most 63 letters, digits, '-', '_' and '.', a letter or digit at both ends | pulumi config set --path 'streamset:scheduling.tolerations[0].key' <taint>
                {"key":"a","tolerationSeconds":5} | tolerations[0].tolerationSeconds | 5 | counts only with the effect NoExecute | pulumi config rm --path 'streamset:scheduling.tolerations[0].tolerationSeconds'; or pulumi config set --path 'streamset:scheduling.tolerations[0].effect' NoExecute
                """)
        void aToleration(String toleration, String key, String value, String problem, String fix) {
            stack.with("scheduling", "{\"tolerations\":[" + toleration + "]}");
            isRefusedFor(key, value, problem, fix);
        }

        @Test
        void aListThatIsNone() {
            stack.with("scheduling", "{\"tolerations\":[\"all\"]}");
            isRefusedFor(
                    "tolerations",
                    "[\"all\"]",
                    "must be a list of objects with named fields, not a list",
                    "pulumi config rm --path 'streamset:scheduling.tolerations', then set each field: pulumi config set"
                            + " --path 'streamset:scheduling.tolerations[0].<field>' <value>");
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                {"key":"a","operator":"In"} | values | (not set) | In takes at least one value | pulumi config set --path '%s.values[0]' <value>
                {"key":"a","operator":"Exists","values":["b"]} | values | [b] | Exists takes no values | pulumi config rm --path '%s.values'
                {"key":"a","operator":"Gt","values":["b"]} | values | [b] | Gt takes one whole number | pulumi config rm --path '%s.values', then: pulumi config set --path '%s.values[0]' <number>
                {"key":"a","operator":"In","values":["b","c d"]} | values | c d | is not the value of a label: at most 63 letters, digits, '-', '_' and '.', a letter or digit at both ends | pulumi config set --path '%s.values[1]' <value>
                {"key":"a"} | operator | (not set) | an expression must say what it demands of the label | pulumi config set --path '%s.operator' Exists
                """)
        void anExpression(String expression, String field, String value, String problem, String fix) {
            var place =
                    "affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchExpressions[0]";
            stack.with("scheduling", """
                    {"affinity":{"nodeAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":{"nodeSelectorTerms":[
                      {"matchExpressions":[%s]}]}}}}""".formatted(expression));
            isRefusedFor(place + "." + field, value, problem, fix.replace("%s", "streamset:scheduling." + place));
        }

        @Test
        void aTermThatFitsNothing() {
            stack.with("scheduling", """
                    {"affinity":{"podAffinity":{"preferredDuringSchedulingIgnoredDuringExecution":[
                      {"weight":101,"podAffinityTerm":{"topologyKey":"zone"}}]}}}""");
            var place = "streamset:scheduling.affinity.podAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].";
            isRefusedWith("""
                    2 problems, nothing was changed

                    %1$sweight = 101
                    problem%2$s : must be a whole number, 1 … 100
                    fix%3$s : pulumi config set --path '%1$sweight' 1

                    %1$spodAffinityTerm.labelSelector = (not set)
                    problem%4$s : without a selector it is about no pod
                    fix%5$s : pulumi config set --path '%1$spodAffinityTerm.labelSelector.matchLabels.<label>' <value>
                    """.formatted(
                            place,
                            " ".repeat(place.length() + "weight".length() - "problem".length()),
                            " ".repeat(place.length() + "weight".length() - "fix".length()),
                            " ".repeat(place.length() + "podAffinityTerm.labelSelector".length() - "problem".length()),
                            " ".repeat(place.length() + "podAffinityTerm.labelSelector".length() - "fix".length())));
        }

        private void isRefusedFor(String key, String value, String problem, String fix) {
            var subject = "streamset:scheduling." + key;
            isRefusedWith("1 problem, nothing was changed\n\n" + subject + " = " + value + "\nproblem"
                    + " ".repeat(subject.length() - "problem".length()) + " : " + problem + "\nfix"
                    + " ".repeat(subject.length() - "fix".length()) + " : " + fix + "\n");
        }
    }
}
