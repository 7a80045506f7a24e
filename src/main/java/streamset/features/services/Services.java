package streamset.features.services;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import streamset.config.Section;
import streamset.config.StackConfig;
import streamset.features.AddressRange;
import streamset.features.BalancerAnnotation;
import streamset.features.Exposure;
import streamset.features.Feature;
import streamset.features.Parts;

/** {@code streamset:services}: whether a load balancer brings clients to the Services for writing and reading. */
public final class Services implements Feature {
    private static final String TYPE = "type";
    private static final String ANNOTATIONS = "annotations";
    private static final String RANGES = "loadBalancerSourceRanges";
    private static final String INSIDE = "ClusterIP";
    private static final String BALANCED = "LoadBalancer";

    @Override
    public Parts read(Section keys, StackConfig config) {
        var fields = keys.object("services");
        var type = fields.value(TYPE, Services::type, Optional.<String>empty(), BALANCED);
        var exposure = new Exposure(type, annotations(fields.object(ANNOTATIONS)), ranges(fields));
        if (type.isEmpty() && !fields.isFaulty(TYPE)) {
            refuseWithoutBalancer(fields, exposure);
        } else if (type.isPresent() && exposure.sourceRanges().isEmpty() && !isInternal(exposure.annotations())) {
            fields.warn(
                    TYPE,
                    BALANCED,
                    "most clouds give it a public address; neither an annotation nor a range of addresses says who reaches it",
                    fields.setCommand(RANGES, 0, "<range>"));
        }
        return exposure.equals(Exposure.INSIDE) ? Parts.NONE : Parts.of(exposure);
    }

    /** Kubernetes' default stays unsaid. */
    private static Optional<String> type(String text) {
        return switch (text) {
            case INSIDE -> Optional.empty();
            case BALANCED -> Optional.of(text);
            default -> throw new IllegalArgumentException("must be " + INSIDE + " or " + BALANCED);
        };
    }

    private static void refuseWithoutBalancer(Section fields, Exposure exposure) {
        if (!exposure.annotations().isEmpty()) {
            refuseWithoutBalancer(fields, ANNOTATIONS, exposure.annotations().toString());
        }
        if (!exposure.sourceRanges().isEmpty()) {
            refuseWithoutBalancer(fields, RANGES, exposure.sourceRanges().toString());
        }
    }

    private static void refuseWithoutBalancer(Section fields, String name, String value) {
        fields.problem(
                name,
                value,
                "has no effect: only Services of the type " + BALANCED + " have a load balancer",
                fields.removeCommand(name) + "; or " + fields.setCommand(TYPE, BALANCED));
    }

    private static boolean isInternal(Map<String, String> annotations) {
        return annotations.keySet().stream()
                .flatMap(key -> BalancerAnnotation.of(key).stream())
                .anyMatch(BalancerAnnotation::isInternal);
    }

    private static Map<String, String> annotations(Section fields) {
        var annotations = new TreeMap<String, String>();
        for (String key : fields.names()) {
            var value = fields.value(key, text -> text, "", "<value>");
            var known = BalancerAnnotation.of(key);
            if (known.isEmpty()) {
                fields.problem(key, value, "is not one of those that can be set: " + all(), fields.removeCommand(key));
            } else if (!value.isEmpty() && !known.get().takes(value)) {
                var values = known.get().valuesTaken();
                fields.problem(
                        key,
                        value,
                        "must be " + values.replace("|", " or "),
                        fields.setCommand(key, values.matches("\\w+") ? values : "<value>"));
            }
            if (!value.isEmpty()) {
                annotations.put(key, value);
            }
        }
        return annotations;
    }

    private static String all() {
        return Arrays.stream(BalancerAnnotation.values())
                .map(BalancerAnnotation::key)
                .collect(Collectors.joining(", "));
    }

    private static List<String> ranges(Section fields) {
        var ranges = fields.list(RANGES);
        for (int index = 0; index < ranges.size(); index++) {
            if (AddressRange.of(ranges.get(index)).isEmpty()) {
                fields.problem(
                        RANGES,
                        ranges.get(index),
                        "must contain ranges of addresses such as 10.0.0.0/8 or fd00::/8",
                        fields.setCommand(RANGES, index, "<range>"));
            }
        }
        return ranges;
    }
}
