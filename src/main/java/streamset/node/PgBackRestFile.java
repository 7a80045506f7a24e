package streamset.node;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import streamset.features.Archive;
import streamset.features.Repository;
import streamset.features.Restoration;

/**
 * What pgBackRest reads, and the only place that knows its options. The credentials are not in it: the scripts give them to each call.
 *
 * @param authority the folder with the certificate of the store's authority
 * @param keepDays how long points in time can be restored; empty where nothing is stored
 */
public record PgBackRestFile(Repository repository, String authority, Optional<Integer> keepDays) {
    /** The key of the ConfigMap, and the name of the file. */
    public static final String NAME = "pgbackrest.conf";

    private static final String STANZA = "postgresql"; // of every cluster: the path tells them apart
    private static final String BUCKET = "repo1-s3-bucket";
    private static final String PATH = "repo1-path";
    private static final String ENDPOINT = "repo1-s3-endpoint";
    private static final String PORT = "repo1-storage-port";

    /** What is written and expired there. */
    public static PgBackRestFile of(Archive archive) {
        return new PgBackRestFile(archive.repository(), Archive.AUTHORITY_MOUNT, Optional.of(archive.keepDays()));
    }

    /** What is read only. */
    public static PgBackRestFile of(Restoration restoration) {
        return new PgBackRestFile(restoration.repository(), Restoration.AUTHORITY_MOUNT, Optional.empty());
    }

    /** The file. */
    public String text() {
        return "[global]\n" + lines(global()) + "\n[" + STANZA + "]\n" + lines(cluster());
    }

    private Map<String, String> global() {
        var options = new LinkedHashMap<String, String>();
        options.put("repo1-type", "s3");
        options.put(PATH, repository.path());
        options.put(BUCKET, repository.bucket());
        options.put(ENDPOINT, repository.endpoint().host());
        repository.endpoint().port().ifPresent(port -> options.put(PORT, Integer.toString(port)));
        options.put("repo1-s3-region", repository.region());
        options.put("repo1-s3-uri-style", repository.uriStyle());
        repository.authority().ifPresent(secret -> options.put("repo1-storage-ca-file", authority + "/ca.crt"));
        options.put("repo1-cipher-type", repository.encrypted() ? "aes-256-cbc" : "none");
        options.put("repo1-bundle", "y"); // small files together: each request to a store takes milliseconds
        options.put("repo1-block", "y"); // of large files only what has changed: measured, half the time
        keepDays.ifPresent(days -> {
            options.put("repo1-retention-full-type", "time");
            options.put("repo1-retention-full", Integer.toString(days));
        });
        options.put("compress-type", "zst");
        options.put("log-level-file", "off"); // there is no disk for it
        options.put("lock-path", Paths.TMP + "/lock");
        options.put("spool-path", Paths.TMP + "/spool");
        options.put("process-max", "2");
        options.put("io-timeout", "10"); // seconds: a store that says nothing for so long is away
        options.put("archive-timeout", "600"); // seconds: the WAL of a backup waits behind all that waits already
        options.put("start-fast", "y"); // or a backup would begin minutes later, with the next checkpoint
        return options;
    }

    private static Map<String, String> cluster() {
        var options = new LinkedHashMap<String, String>();
        options.put("pg1-path", Paths.data());
        options.put("pg1-socket-path", Paths.RUN);
        options.put("pg1-user", "postgres");
        return options;
    }

    private static String lines(Map<String, String> options) {
        return options.entrySet().stream()
                .map(option -> option.getKey() + "=" + option.getValue() + "\n")
                .collect(Collectors.joining());
    }

    /** The place that a file of this form names. */
    public static Optional<String> place(String text) {
        return value(text, BUCKET)
                .flatMap(bucket -> value(text, PATH)
                        .flatMap(path -> value(text, ENDPOINT)
                                .map(host -> Repository.words(
                                        bucket,
                                        path,
                                        host
                                                + value(text, PORT)
                                                        .map(":"::concat)
                                                        .orElse("")))));
    }

    private static Optional<String> value(String text, String option) {
        return Pattern.compile("(?m)^" + Pattern.quote(option) + "=(.*)$")
                .matcher(text)
                .results()
                .map(line -> line.group(1))
                .findFirst();
    }
}
