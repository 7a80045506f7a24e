package streamset.metrics;

import java.util.LinkedHashMap;
import java.util.Map;
import streamset.cluster.ClusterSpec;
import streamset.sizing.Alerts;

/** What rules and dashboards know of one cluster, by the names that stand for it in their templates. */
final class ClusterNumbers {
    private final Map<String, String> values = new LinkedHashMap<>();

    ClusterNumbers(ClusterSpec spec) {
        var names = spec.names();
        var alerts = Alerts.of(spec.budgets().wal());
        int servers = spec.config().replicas() - spec.config().roles().lost().size();
        values.put("namespace", names.namespace());
        values.put("name", names.prefix());
        values.put("statefulSet", names.statefulSet());
        values.put("pods", "namespace=\"" + names.namespace() + "\",pod=~\"" + names.statefulSet() + "-[0-9]+\"");
        values.put("servers", Integer.toString(servers));
        values.put("revision", spec.files().revision());
        values.put("pgWalBytes", Long.toString(alerts.pgWal().bytes()));
        values.put("slotBytes", Long.toString(alerts.slot().bytes()));
        long queue = spec.budgets().wal().queueSegments();
        values.put("queueFiles", Long.toString(queue));
        values.put("queueHalf", Long.toString(queue / 2));
        values.put("dataVolumeShare", Double.toString(alerts.dataVolumePercent() / 100.0));
    }

    ClusterNumbers and(String name, String value) {
        values.put(name, value);
        return this;
    }

    String in(String template) {
        var text = template;
        for (var value : values.entrySet()) {
            text = text.replace("${" + value.getKey() + "}", value.getValue());
        }
        return text;
    }
}
