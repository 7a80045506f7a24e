package streamset.features.clients;

import java.util.List;
import java.util.Optional;
import streamset.config.Section;
import streamset.config.StackConfig;
import streamset.features.AddressRange;
import streamset.features.Feature;
import streamset.features.Field;
import streamset.features.LabelRules;
import streamset.features.Parts;
import streamset.features.Peer;
import streamset.features.Peers;
import streamset.pod.PodSelector;

/** {@code streamset:clients}: who reaches the servers over the network; everybody unless it is set. */
public final class Clients implements Feature {
    private static final String PODS = "podSelector";
    private static final String NAMESPACES = "namespaceSelector";
    private static final String BLOCK = "ipBlock";
    private static final String RANGE = "cidr";
    private static final String EXCEPT = "except";
    private static final String EXAMPLE = "10.0.0.0/8";

    @Override
    public Parts read(Section keys, StackConfig config) {
        var peers = keys.objects("clients").stream().map(Clients::peer).toList();
        return peers.isEmpty() ? Parts.NONE : Parts.of(new Peers(peers));
    }

    private static Peer peer(Section fields) {
        var block = fields.object(BLOCK);
        var range = range(fields, block);
        var peer = new Peer(
                selector(fields, PODS),
                selector(fields, NAMESPACES),
                range,
                range.map(all -> except(block, all)).orElse(List.of()));
        boolean ofPods = fields.has(PODS) || fields.has(NAMESPACES);
        if (ofPods && fields.has(BLOCK)) {
            fields.problem(
                    BLOCK,
                    "set together with " + (fields.has(PODS) ? PODS : NAMESPACES),
                    "pods are chosen by their labels, and all others by their addresses: an element of its own for each",
                    fields.removeCommand(BLOCK));
        } else if (!ofPods && !fields.has(BLOCK)) {
            fields.problem(
                    PODS,
                    Section.NOT_SET,
                    "an element must say which clients it lets in: by " + PODS + ", " + NAMESPACES + " or " + BLOCK,
                    fields.setInner(PODS + ".matchLabels", "<label>", "<value>"));
        }
        return peer;
    }

    private static Optional<PodSelector> selector(Section fields, String name) {
        var selector = fields.object(name);
        var read = LabelRules.selector(selector);
        return fields.has(name) ? Optional.of(read) : Optional.empty();
    }

    private static Optional<String> range(Section fields, Section block) {
        if (!fields.has(BLOCK)) {
            return Optional.empty();
        }
        var range =
                new Field(block, RANGE).required(Clients::range, EXAMPLE, "a block must say which addresses it has");
        range.flatMap(AddressRange::of)
                .filter(AddressRange::isAll)
                .ifPresent(all -> block.warn(
                        RANGE,
                        range.orElseThrow(),
                        "is every address there is: who reaches a node's network reaches PostgreSQL",
                        block.setCommand(RANGE, EXAMPLE)));
        return range;
    }

    private static String range(String text) {
        if (AddressRange.of(text).isEmpty()) {
            throw new IllegalArgumentException("must be a range of addresses such as " + EXAMPLE + " or fd00::/8");
        }
        return text;
    }

    private static List<String> except(Section block, String range) {
        var whole = AddressRange.of(range).orElseThrow();
        var ranges = block.list(EXCEPT);
        for (int index = 0; index < ranges.size(); index++) {
            if (AddressRange.of(ranges.get(index)).filter(whole::contains).isEmpty()) {
                block.problem(
                        EXCEPT,
                        ranges.get(index),
                        "must contain ranges within " + range + ", and smaller ones",
                        block.setCommand(EXCEPT, index, "<range>"));
            }
        }
        return ranges;
    }
}
