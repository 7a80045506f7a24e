package streamset.metrics;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import streamset.cluster.ClusterSpec;
import streamset.features.ServerCertificate;
import streamset.sizing.Alerts;

/** The rules by which Prometheus alerts, with the numbers of one cluster. */
public record AlertRules(ClusterSpec spec) {
    /** The name of the file. */
    public static final String FILE = "alerts.yaml";

    private static final String OF_CERTIFICATE = "certificate-alert.yaml";

    // the first update in each quarter renews a certificate that is valid for more than a year: this one is long due
    private static final Duration BEFORE_EXPIRY = Duration.ofDays(30);

    /** The file that Prometheus reads. */
    public String text() {
        var certificate = spec.certificate().map(this::ofCertificate).orElse("");
        return filled(MetricsFiles.text(FILE), numbers()) + certificate;
    }

    private Map<String, String> numbers() {
        var alerts = Alerts.of(spec.budgets().wal());
        var numbers = ofCluster();
        numbers.put(
                "pods",
                "namespace=\"" + spec.names().namespace() + "\",pod=~\""
                        + spec.names().statefulSet() + "-[0-9]+\"");
        numbers.put("statefulSet", spec.names().statefulSet());
        numbers.put(
                "servers",
                Integer.toString(
                        spec.config().replicas() - spec.config().roles().lost().size()));
        numbers.put("revision", spec.files().revision());
        numbers.put("pgWalBytes", Long.toString(alerts.pgWal().bytes()));
        numbers.put("slotBytes", Long.toString(alerts.slot().bytes()));
        numbers.put("dataVolumeShare", Double.toString(alerts.dataVolumePercent() / 100.0));
        return numbers;
    }

    private Map<String, String> ofCluster() {
        var numbers = new LinkedHashMap<String, String>();
        numbers.put("namespace", spec.names().namespace());
        numbers.put("name", spec.names().prefix());
        return numbers;
    }

    private String ofCertificate(ServerCertificate certificate) {
        var numbers = ofCluster();
        var expires = certificate.expires();
        numbers.put(
                "certificateWarning", Long.toString(expires.minus(BEFORE_EXPIRY).getEpochSecond()));
        numbers.put(
                "certificateExpires",
                LocalDate.ofInstant(expires, ZoneOffset.UTC).toString());
        return filled(MetricsFiles.text(OF_CERTIFICATE), numbers);
    }

    private static String filled(String template, Map<String, String> values) {
        var text = template;
        for (var value : values.entrySet()) {
            text = text.replace("${" + value.getKey() + "}", value.getValue());
        }
        return text;
    }
}
