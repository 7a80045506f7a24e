package streamset.metrics;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import streamset.cluster.ClusterSpec;
import streamset.features.ServerCertificate;
import tools.jackson.core.type.TypeReference;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The rules by which Prometheus alerts, with the numbers of one cluster. */
public record AlertRules(ClusterSpec spec) {
    /** The name of the file. */
    public static final String FILE = "alerts.yaml";

    private static final YAMLMapper YAML = new YAMLMapper();
    private static final String OF_PRIMARY = "primary-alert.yaml";
    private static final String OF_CERTIFICATE = "certificate-alert.yaml";

    // the first update in each quarter renews a certificate that is valid for more than a year: this one is long due
    private static final Duration BEFORE_EXPIRY = Duration.ofDays(30);

    /** The file that Prometheus reads. */
    public String text() {
        var numbers = new ClusterNumbers(spec);
        return numbers.in(MetricsFiles.text(FILE))
                + (spec.config().failover().automatic() ? "" : ofPrimary(numbers))
                + spec.archive()
                        .map(archive -> new ArchiveAlerts(spec, archive).text())
                        .orElse("")
                + spec.certificate()
                        .map(certificate -> ofCertificate(certificate, numbers))
                        .orElse("");
    }

    /** The same as data: {@code groups} with rules. */
    public Map<String, Object> data() {
        return YAML.readValue(text(), new TypeReference<>() {});
    }

    /** Elsewhere nobody declares who writes. */
    private String ofPrimary(ClusterNumbers numbers) {
        return numbers.and("primary", spec.names().pod(spec.primary())).in(MetricsFiles.text(OF_PRIMARY));
    }

    private static String ofCertificate(ServerCertificate certificate, ClusterNumbers numbers) {
        var expires = certificate.expires();
        return numbers.and(
                        "certificateWarning",
                        Long.toString(expires.minus(BEFORE_EXPIRY).getEpochSecond()))
                .and(
                        "certificateExpires",
                        LocalDate.ofInstant(expires, ZoneOffset.UTC).toString())
                .in(MetricsFiles.text(OF_CERTIFICATE));
    }
}
