package streamset.metrics;

import java.util.Map;
import streamset.cluster.ClusterSpec;
import streamset.config.Digest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** A dashboard of one cluster for Grafana, in its JSON. */
public record Dashboard(ClusterSpec spec) {
    private static final String PANELS = "dashboard.yaml";
    private static final String OF_ARCHIVE = "archive-dashboard.yaml";

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private static final int SCHEMA = 39; // that of Grafana 10.2 and later ones, which move it on by themselves

    private static final String STAT = "stat";
    private static final String LINE = "line";
    private static final String STEPS = "steps";
    private static final String GRAPH = "timeseries";

    private static final int COLUMNS = 24; // of Grafana's grid, whose fields are the unit of the sizes

    private static final Map<String, Size> SIZES = Map.of(STAT, new Size(6, 4), GRAPH, new Size(12, 8));

    private record Size(int width, int height) {}

    /** The name of the file: what finds dashboards puts those of all clusters into one folder. */
    public String file() {
        return spec.names().namespace() + "-" + spec.names().prefix() + ".json";
    }

    /** The file that Grafana reads. */
    public String text() {
        var numbers = new ClusterNumbers(spec);
        var dashboard = JSON.createObjectNode();
        // by which Grafana knows it again; at most 40 characters
        dashboard.put(
                "uid",
                "streamset-" + Digest.of(spec.names().namespace(), spec.names().prefix()));
        dashboard.put("title", numbers.in("PostgreSQL ${namespace}/${name}"));
        dashboard.putArray("tags").add("streamset");
        dashboard.put("schemaVersion", SCHEMA);
        dashboard.put("refresh", "30s");
        dashboard.putObject("time").put("from", "now-6h").put("to", "now");
        dashboard
                .putObject("templating")
                .putArray("list")
                .addObject()
                .put("name", "datasource")
                .put("type", "datasource")
                .put("query", "prometheus");
        addPanels(dashboard.putArray("panels"), numbers);
        return JSON.writeValueAsString(dashboard) + "\n";
    }

    private String panels() {
        return MetricsFiles.text(PANELS) + (spec.archive().isPresent() ? MetricsFiles.text(OF_ARCHIVE) : "");
    }

    private void addPanels(ArrayNode panels, ClusterNumbers numbers) {
        int x = 0;
        int y = 0;
        int rowHeight = 0;
        for (var panel : new YAMLMapper().readTree(numbers.in(panels()))) {
            var kind = panel.path("kind").asString(GRAPH);
            var size = SIZES.get(kind);
            if (x + size.width() > COLUMNS || x > 0 && rowHeight != size.height()) {
                x = 0;
                y += rowHeight;
            }
            rowHeight = size.height();
            var added = panels.addObject();
            added.put("id", panels.size());
            added.put("type", kind);
            added.put("title", panel.path("title").asString());
            added.putObject("gridPos")
                    .put("x", x)
                    .put("y", y)
                    .put("w", size.width())
                    .put("h", size.height());
            added.putObject("datasource").put("type", "prometheus").put("uid", "$datasource");
            addQueries(added.putArray("targets"), panel.path("queries"));
            addForm(added.putObject("fieldConfig").putObject("defaults"), panel);
            x += size.width();
        }
    }

    private static void addQueries(ArrayNode targets, JsonNode queries) {
        for (var query : queries) {
            var target = targets.addObject();
            target.put("refId", Character.toString('A' + targets.size() - 1));
            target.put("expr", query.path("expr").asString());
            target.put("legendFormat", query.path("legend").asString("__auto"));
        }
    }

    private static void addForm(ObjectNode form, JsonNode panel) {
        form.put("unit", panel.path("unit").asString("short")).put("min", 0);
        if (panel.has(LINE)) {
            var steps = steps(form);
            addStep(steps, "transparent", panel.path("none"));
            addStep(steps, "red", panel.path(LINE));
            form.putObject("custom").putObject("thresholdsStyle").put("mode", LINE);
        } else if (panel.has(STEPS)) {
            var steps = steps(form);
            panel.path(STEPS).forEach(step -> addStep(steps, step.path(0).asString(), step.path(1)));
        }
    }

    private static ArrayNode steps(ObjectNode form) {
        return form.putObject("thresholds").put("mode", "absolute").putArray(STEPS);
    }

    /** The first one has no value: it is below all others. */
    private static void addStep(ArrayNode steps, String colour, JsonNode from) {
        var step = steps.addObject().put("color", colour);
        if (from.isMissingNode()) {
            step.putNull("value");
        } else {
            step.put("value", from.asDouble());
        }
    }
}
