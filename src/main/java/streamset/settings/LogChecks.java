package streamset.settings;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import streamset.catalog.ParameterName;
import streamset.problems.Problems;

/**
 * Whether the log goes where people look for it in a cluster: to standard error, which {@code kubectl logs} shows and the
 * Kubernetes node rotates. Files in the data directory have no limit, fill the volume, and are copied with every clone.
 *
 * @param taken the written settings that the servers accept
 */
record LogChecks(WrittenSettings taken, Problems problems) {
    private static final Pattern COMMA = Pattern.compile("\\s*,\\s*");
    // without a collector PostgreSQL writes these to standard error
    private static final List<String> SHOWN = List.of("stderr", "csvlog", "jsonlog");

    void check() {
        taken.get(ParameterName.LOGGING_COLLECTOR)
                .filter(value -> value.canonical().equals("on"))
                .ifPresent(written -> refuse(
                        written,
                        "moves the log from kubectl logs to files on the data volume, which have no limit that the"
                                + " program could count, and which every clone copies"));
        taken.get(ParameterName.LOG_DESTINATION)
                .filter(written ->
                        COMMA.splitAsStream(plain(written.canonical())).noneMatch(SHOWN::contains))
                .ifPresent(written -> refuse(
                        written,
                        "loses the log: kubectl logs shows only standard error, and no syslog runs in the pods"));
    }

    private static String plain(String list) {
        return list.replace("\"", "").strip().toLowerCase(Locale.ROOT);
    }

    private void refuse(WrittenSetting written, String reason) {
        problems.add(written.subject(), written.shown(), reason, written.removal());
    }
}
