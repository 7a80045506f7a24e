package streamset.features;

import java.util.List;
import java.util.Optional;
import streamset.config.Section;
import streamset.pod.PodSelector;

/**
 * Reads an element of {@code from} in a NetworkPolicy.
 *
 * @param fields of the element
 */
public record PeerFields(Section fields) {
    private static final String PODS = "podSelector";
    private static final String NAMESPACES = "namespaceSelector";
    private static final String BLOCK = "ipBlock";
    private static final String RANGE = "cidr";
    private static final String EXCEPT = "except";
    private static final String EXAMPLE = "10.0.0.0/8";

    /** All elements of a list. */
    public static List<Peer> all(List<Section> elements) {
        return elements.stream().map(PeerFields::new).map(PeerFields::peer).toList();
    }

    private Peer peer() {
        var block = fields.object(BLOCK);
        var range = range(block);
        var peer = new Peer(
                selector(PODS),
                selector(NAMESPACES),
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

    private Optional<PodSelector> selector(String name) {
        var read = LabelRules.selector(fields.object(name));
        return fields.has(name) ? Optional.of(read) : Optional.empty();
    }

    private Optional<String> range(Section block) {
        if (!fields.has(BLOCK)) {
            return Optional.empty();
        }
        var range = new Field(block, RANGE)
                .required(PeerFields::parsedRange, EXAMPLE, "a block must say which addresses it has");
        range.flatMap(AddressRange::of)
                .filter(AddressRange::isAll)
                .ifPresent(all -> block.warn(
                        RANGE,
                        range.orElseThrow(),
                        "is every address there is: who reaches a node's network reaches PostgreSQL",
                        block.setCommand(RANGE, EXAMPLE)));
        return range;
    }

    private static String parsedRange(String text) {
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
