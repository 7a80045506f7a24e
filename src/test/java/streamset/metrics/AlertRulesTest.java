package streamset.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import streamset.cluster.ClusterSpec;
import streamset.conf.ProjectDraft;
import streamset.config.StackDraft;
import streamset.features.Features;
import streamset.features.ServerCertificate;
import streamset.sizing.Alerts;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The rules for alerts, tried by promtool. */
@Tag("server")
class AlertRulesTest {
    private static final Path TESTS = Path.of("src/test/resources/streamset/metrics/alerts.test.yaml");
    private static final Instant EXPIRES =
            Instant.EPOCH.plus(Duration.ofDays(30)).plus(Duration.ofMinutes(30));
    private static final Pattern METRIC = Pattern.compile("\\b(streamset_[a-z_]+|pg_up)\\{");
    private static final String BACKUP =
            "{\"bucket\":\"backups\",\"endpoint\":\"s3.example.org\",\"secretName\":\"store\",\"image\":\"pgbackrest:18\"}";
    private static final int LIMIT_SECONDS = 60;

    @TempDir
    private Path folder;

    private ClusterSpec spec() {
        var draft =
                StackDraft.minimal().with("metrics", "{\"enabled\":\"true\"}").with("backup", BACKUP);
        var spec = ProjectDraft.in(folder).spec(draft);
        var parts = spec.features().parts().with(new ServerCertificate(Map.of(), EXPIRES));
        return new ClusterSpec(
                spec.config(),
                new Features(spec.features().known(), parts),
                spec.budgets(),
                spec.settings(),
                spec.files());
    }

    private String promtool(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("promtool"));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS), output);
        assertEquals(0, process.exitValue(), output);
        return output;
    }

    private static JsonNode rules(String text) {
        return new YAMLMapper().readTree(text).at("/groups/0/rules");
    }

    @Test
    void areRulesOfPrometheusWithoutAnyPlaceholder() throws IOException, InterruptedException {
        var text = new AlertRules(spec()).text();
        Files.writeString(folder.resolve("alerts.yaml"), text);

        assertFalse(text.contains("${"), text);
        var said = promtool("check", "rules", "alerts.yaml");
        assertTrue(said.contains("SUCCESS: 24 rules found"), said);
    }

    @Test
    void eachAlertFiresForItsFaultAndIsSilentWhenAllIsWell() throws IOException, InterruptedException {
        var spec = spec();
        Files.writeString(folder.resolve("alerts.yaml"), new AlertRules(spec).text());
        var tests = Files.readString(TESTS);
        for (var number : numbers(spec).entrySet()) {
            tests = tests.replace("${" + number.getKey() + "}", number.getValue());
        }
        Files.writeString(folder.resolve("alerts.test.yaml"), tests);

        assertTrue(promtool("test", "rules", "alerts.test.yaml").contains("SUCCESS"));
        for (var rule : rules(new AlertRules(spec).text())) {
            var name = rule.path("alert").asString();
            assertTrue(tests.contains("alertname: " + name + "\n"), "no fault for " + name);
        }
    }

    private static Map<String, String> numbers(ClusterSpec spec) {
        var alerts = Alerts.of(spec.budgets().wal());
        long overSlot = alerts.slot().bytes() + (1 << 20);
        long overWal = alerts.pgWal().bytes() + (1 << 20);
        var numbers = new LinkedHashMap<String, String>();
        numbers.put("revision", spec.files().revision());
        numbers.put("slotBytes", Long.toString(alerts.slot().bytes()));
        numbers.put("pgWalBytes", Long.toString(alerts.pgWal().bytes()));
        numbers.put("volumeOk", Integer.toString(alerts.dataVolumePercent()));
        long queue = spec.budgets().wal().queueSegments();
        numbers.put("queueHalf", Long.toString(queue / 2));
        numbers.put("queueFiles", Long.toString(queue));
        numbers.put("overQueue", Long.toString(queue / 2 + 1));
        numbers.put("lateBackup", Long.toString(Duration.ofDays(2).toSeconds()));
        numbers.put("lateWeekly", Long.toString(Duration.ofDays(8).toSeconds()));
        numbers.put("overSlot", Long.toString(overSlot));
        numbers.put("overSlotWords", words(overSlot));
        numbers.put("overWal", Long.toString(overWal));
        numbers.put("overWalWords", words(overWal));
        return numbers;
    }

    /** As humanize1024 of Prometheus writes it. */
    private static String words(long bytes) {
        double value = bytes;
        var units = "kMG";
        var unit = "";
        for (int index = 0; index < units.length() && value >= 1024; index++) {
            value /= 1024;
            unit = units.charAt(index) + "i";
        }
        var digits = String.format(Locale.ROOT, "%.4g", value);
        return (digits.contains(".") ? digits.replaceAll("\\.?0+$", "") : digits) + unit;
    }

    @Test
    void namesOnlyMetricsThatTheQueriesHave() throws IOException {
        var known = new TreeSet<String>();
        new YAMLMapper()
                .readTree(MetricsFiles.all(true).get(MetricsFiles.QUERIES))
                .properties()
                .forEach(query -> query.getValue()
                        .path("metrics")
                        .forEach(column ->
                                column.propertyNames().forEach(name -> known.add(query.getKey() + "_" + name))));
        known.add("pg_up"); // the exporter's own
        METRIC.matcher(new AlertRules(spec()).text())
                .results()
                .forEach(found -> assertTrue(known.contains(found.group(1)), found.group(1)));
    }

    @Test
    void sayNothingOfADeclaredPrimaryWhereThePodsElectIt() {
        var automatic = StackDraft.minimal()
                .with("metrics", "{\"enabled\":\"true\"}")
                .with("failover", "automatic")
                .with("image", "patroni:18");
        var text = new AlertRules(ProjectDraft.in(folder).spec(automatic)).text();
        assertFalse(text.contains("StreamsetOtherPrimary"), text);
        assertTrue(text.contains("StreamsetTwoPrimaries"), text);
    }

    @Test
    void haveNumbersOfTheSchedule() {
        var often = BACKUP.replace(
                "}", ",\"incremental\":\"0 */6 * * *\",\"verify\":\"none\",\"restoreTest\":\"0 6 1 * *\"}");
        var text = new AlertRules(ProjectDraft.in(folder)
                        .spec(StackDraft.minimal()
                                .with("metrics", "{\"enabled\":\"true\"}")
                                .with("backup", often)))
                .text();
        assertTrue(text.contains("task=\"backup\"} > " + Duration.ofHours(12).toSeconds() + "\n"), text);
        assertTrue(
                text.contains("task=\"restoretest\"} > " + Duration.ofDays(32).toSeconds() + "\n"), text);
        assertFalse(text.contains("StreamsetArchiveCheck"), text);
    }

    @Test
    void eachRunbookIsASection() throws IOException {
        for (var rule : rules(new AlertRules(spec()).text())) {
            var runbook = rule.at("/annotations/runbook").asString().split("#");
            var headings = Files.readAllLines(Path.of(runbook[0])).stream()
                    .filter(line -> line.startsWith("#"))
                    .map(line -> line.replaceFirst("^#+ ", "")
                            .toLowerCase(Locale.ROOT)
                            .replaceAll("[^a-z0-9 -]", ""))
                    .map(line -> line.replace(' ', '-'))
                    .toList();
            assertTrue(headings.contains(runbook[1]), String.join("#", runbook));
        }
    }
}
