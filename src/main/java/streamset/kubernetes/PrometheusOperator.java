package streamset.kubernetes;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import streamset.config.Target;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** What a Kubernetes cluster must have before the objects of the Prometheus operator can be in it. */
public final class PrometheusOperator {
    /** The CustomResourceDefinitions of the kinds that the program declares. */
    static final List<String> DEFINITIONS =
            List.of("podmonitors.monitoring.coreos.com", "prometheusrules.monitoring.coreos.com");

    private PrometheusOperator() {}

    /** Those of them that it lacks; none where kubectl is not installed, or the user may not read them. */
    public static List<String> lacking(Target target) {
        var what = new ArrayList<>(List.of("customresourcedefinition"));
        what.addAll(DEFINITIONS);
        return new Kubectl(target).get(what).map(PrometheusOperator::lacking).orElse(List.of());
    }

    /** @param json the output of kubectl: one, a list, or nothing when there is none */
    static List<String> lacking(String json) {
        if (json.isBlank()) {
            return DEFINITIONS;
        }
        try {
            var found = JsonMapper.shared().readTree(json);
            var names = Stream.concat(Stream.of(found), found.path("items").valueStream())
                    .map(one -> one.at("/metadata/name").asString(""))
                    .toList();
            return DEFINITIONS.stream().filter(name -> !names.contains(name)).toList();
        } catch (JacksonException e) {
            return List.of();
        }
    }
}
