package streamset.features.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import streamset.config.Section;
import streamset.config.StackConfig;
import streamset.config.StackDraft;
import streamset.features.Parts;
import streamset.features.Peer;
import streamset.features.Peers;
import streamset.pod.LabelRule;
import streamset.pod.PodSelector;
import streamset.problems.BadInput;
import streamset.problems.Problems;

@Tag("unit")
class ClientsTest {
    private static final PodSelector ALL = new PodSelector(Map.of(), List.of());

    private final Problems problems = new Problems();

    private Parts parts(String clients) {
        var keys = Section.of(
                StackConfig.NAMESPACE,
                StackDraft.minimal().with("clients", clients).raw(),
                problems);
        var parts = new Clients().read(keys, StackConfig.read(keys));
        keys.rejectUnknown();
        problems.throwIfAny();
        return parts;
    }

    private List<Peer> peers(String clients) {
        return parts(clients).one(Peers.class).orElseThrow().all();
    }

    private void isRefused(String clients, String message) {
        assertEquals(message, assertThrows(BadInput.class, () -> parts(clients)).getMessage());
    }

    @Test
    void areEverybodyByDefault() {
        assertEquals(Parts.NONE, parts("[]"));
    }

    @Test
    void arePodsByTheirLabelsAndThoseOfTheirNamespaces() {
        var shop = new PodSelector(Map.of("app", "shop"), List.of());
        var teams = new PodSelector(Map.of(), List.of(new LabelRule("team", "In", List.of("a", "b"))));
        assertEquals(
                List.of(
                        new Peer(Optional.of(shop), Optional.empty(), Optional.empty(), List.of()),
                        new Peer(Optional.of(ALL), Optional.of(teams), Optional.empty(), List.of()),
                        new Peer(Optional.empty(), Optional.of(ALL), Optional.empty(), List.of())),
                peers("""
                        [{"podSelector": {"matchLabels": {"app": "shop"}}},
                         {"podSelector": {}, "namespaceSelector":
                           {"matchExpressions": [{"key": "team", "operator": "In", "values": ["a", "b"]}]}},
                         {"namespaceSelector": {}}]"""));
    }

    @Test
    void areAddresses() {
        assertEquals(
                List.of(
                        new Peer(Optional.empty(), Optional.empty(), Optional.of("10.0.0.0/8"), List.of("10.1.0.0/16")),
                        new Peer(Optional.empty(), Optional.empty(), Optional.of("fd00::/8"), List.of())),
                peers("""
                        [{"ipBlock": {"cidr": "10.0.0.0/8", "except": ["10.1.0.0/16"]}},
                         {"ipBlock": {"cidr": "fd00::/8"}}]"""));
        assertEquals(List.of(), problems.warnings());
    }

    @Test
    void warnOfABlockThatIsEverybody() {
        peers("[{\"ipBlock\": {\"cidr\": \"0.0.0.0/0\"}}]");
        assertEquals(
                List.of("streamset:clients[0].ipBlock.cidr = 0.0.0.0/0: is every address there is"),
                problems.warnings().stream()
                        .map(warning -> warning.subject() + " = " + warning.value() + ": "
                                + warning.reason().replaceAll(":.*", ""))
                        .toList());
    }

    @Test
    void areRefusedByTheRulesOfKubernetes() {
        isRefused("""
                [{},
                 {"podSelector": {"app": "shop"}},
                 {"podSelector": {}, "ipBlock": {"cidr": "10.0.0.0/8"}},
                 {"ipBlock": {}},
                 {"ipBlock": {"cidr": "10.0.0.0"}},
                 {"ipBlock": {"cidr": "10.0.0.0/8", "except": ["10.1.0.0/16", "10.0.0.0/8", "x"]}},
                 {"namespaceSelector": {"matchLabels": {"a b": "c"}}}]""", """
                8 problems, nothing was changed

                streamset:clients[0].podSelector = (not set)
                problem                          : an element must say which clients it lets in: by podSelector, namespaceSelector or ipBlock
                fix                              : pulumi config set --path 'streamset:clients[0].podSelector.matchLabels.<label>' <value>

                streamset:clients[2].ipBlock = set together with podSelector
                problem                      : pods are chosen by their labels, and all others by their addresses: an element of its own for each
                fix                          : pulumi config rm --path 'streamset:clients[2].ipBlock'

                streamset:clients[3].ipBlock.cidr = (not set)
                problem                           : a block must say which addresses it has
                fix                               : pulumi config set --path 'streamset:clients[3].ipBlock.cidr' 10.0.0.0/8

                streamset:clients[4].ipBlock.cidr = 10.0.0.0
                problem                           : must be a range of addresses such as 10.0.0.0/8 or fd00::/8
                fix                               : pulumi config set --path 'streamset:clients[4].ipBlock.cidr' 10.0.0.0/8

                streamset:clients[5].ipBlock.except = 10.0.0.0/8
                problem                             : must contain ranges within 10.0.0.0/8, and smaller ones
                fix                                 : pulumi config set --path 'streamset:clients[5].ipBlock.except[1]' <range>

                streamset:clients[5].ipBlock.except = x
                problem                             : must contain ranges within 10.0.0.0/8, and smaller ones
                fix                                 : pulumi config set --path 'streamset:clients[5].ipBlock.except[2]' <range>

                streamset:clients[6].namespaceSelector.matchLabels.a b = c
                problem                                                : is not the key of a label: perhaps a DNS name and '/', then at most 63 letters, digits, '-', '_' and '.', a letter or digit at both ends
                fix                                                    : pulumi config rm --path 'streamset:clients[6].namespaceSelector.matchLabels.a b'

                streamset:clients[1].podSelector.app = shop
                problem                              : no such key; there are: matchExpressions, matchLabels
                fix                                  : pulumi config rm --path 'streamset:clients[1].podSelector.app'
                """);
    }
}
