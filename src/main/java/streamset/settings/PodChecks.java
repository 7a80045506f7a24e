package streamset.settings;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import streamset.catalog.ParameterName;
import streamset.config.Image;
import streamset.config.StackConfig;
import streamset.problems.ConfigCommand;
import streamset.problems.Problems;

/**
 * Values that PostgreSQL accepts but that need what a pod does not have: no server would start, or nobody could log in. The
 * program does not know other images than the official one; for these it warns, and the Job {@code check} finds out.
 *
 * @param taken the written settings that the servers accept
 */
record PodChecks(WrittenSettings taken, StackConfig config, Problems problems) {
    private static final Pattern LIST = Pattern.compile("\\s*,\\s*");
    private static final Set<String> ALL_ADDRESSES = Set.of("*", "0.0.0.0", "::");
    private static final List<ParameterName> LIBRARIES = List.of(
            ParameterName.SHARED_PRELOAD_LIBRARIES,
            ParameterName.SESSION_PRELOAD_LIBRARIES,
            ParameterName.LOCAL_PRELOAD_LIBRARIES,
            ParameterName.ARCHIVE_LIBRARY,
            ParameterName.OAUTH_VALIDATOR_LIBRARIES);
    private static final String PLUGINS = "plugins/"; // below $libdir; the only libraries that any role may load
    private static final List<ParameterName> LOCALES = List.of(
            ParameterName.LC_MESSAGES, ParameterName.LC_MONETARY, ParameterName.LC_NUMERIC, ParameterName.LC_TIME);
    // as the C library compares them: without hyphens and in lower case after the dot
    private static final Set<String> OFFICIAL_LOCALES = Set.of("", "C", "POSIX", "C.utf8", "en_US.utf8");
    private static final Set<String> GROUPS = Set.of("", "postgres");
    private static final int OWNER_MAY_CONNECT = 0200; // write permission, which connecting to a socket needs
    private static final double STACK_BYTES =
            (8 * 1024 - 512) * 1024.0; // 8 MB without the part that PostgreSQL leaves free
    // programs for archiving, at any place in a command, that no official image has
    private static final Pattern ABSENT_PROGRAM =
            Pattern.compile("(?:^|[\\s;&|(\"'])((?:/\\S*/)?(?:pgbackrest|wal-g|wal-e"
                    + "|envdir|barman-[\\w-]+|pg_probackup|pghoard\\w*|aws|s3cmd|rclone|gsutil|az|rsync|ssh|scp|lz4|curl|wget)"
                    + "|/(?:usr/local|opt|home|root|scripts?|srv)/\\S+)(?=[\\s;&|)\"']|$)");
    private static final Pattern TARGET = Pattern.compile("[\\s\"'=](/\\S*%f)");
    private static final Pattern WRITABLE = Pattern.compile("/(?:tmp|dev|var/lib/postgresql)/.*");
    private static final Pattern PLACE_OF_A_ZONE = Pattern.compile("[A-Za-z]+(?:/[A-Za-z0-9_+-]+)+");
    private static final Set<String> ZONES =
            ZoneId.getAvailableZoneIds().stream().map(PodChecks::lowerCase).collect(Collectors.toUnmodifiableSet());
    private static final Pattern FOLDER_IN_PODS =
            Pattern.compile("[^/].*|/(?:tmp|dev/shm|var/run/postgresql|run/postgresql)/?");

    void check() {
        addresses();
        certificates();
        LIBRARIES.forEach(this::libraries);
        LOCALES.forEach(this::locale);
        logins();
        host();
        archiver();
        List.of(ParameterName.TIMEZONE, ParameterName.LOG_TIMEZONE).forEach(this::zone);
        refuse(
                ParameterName.STATS_TEMP_DIRECTORY,
                value -> !FOLDER_IN_PODS.matcher(value.value()).matches(),
                "the pods have no such folder: nothing would be counted, so autovacuum would never run");
    }

    private void addresses() {
        refuse(
                ParameterName.LISTEN_ADDRESSES,
                value -> LIST.splitAsStream(value.canonical().strip()).noneMatch(ALL_ADDRESSES::contains),
                "must be '*', which matches every address of a pod: with others no server starts, or standbys, Jobs and"
                        + " applications do not reach it");
    }

    private void certificates() {
        taken.get(ParameterName.SSL)
                .filter(written -> written.canonical().equals("on"))
                .ifPresent(written -> {
                    boolean inTheImage = Stream.of(ParameterName.SSL_CERT_FILE, ParameterName.SSL_KEY_FILE)
                            .allMatch(name -> taken.get(name)
                                    .filter(file -> file.setting().value().startsWith("/"))
                                    .isPresent());
                    if (inTheImage && !isOfficial()) {
                        warn(written, "the certificate and its key must be in the image, readable only by its user");
                    } else {
                        problems.add(
                                written.subject(),
                                written.shown(),
                                "the pods have no certificate, so no server would start",
                                written.removal()
                                        + "; for TLS: build an image on this one with a certificate and its key, name it"
                                        + " in streamset:image, and set ssl_cert_file and ssl_key_file to their paths"
                                        + " in it");
                    }
                });
    }

    private void libraries(ParameterName name) {
        taken.get(name).ifPresent(written -> {
            var absent = LIST.splitAsStream(written.setting().value().strip())
                    .map(PodChecks::unquoted)
                    .filter(library -> !library.isEmpty() && !isInOfficialImage(name, library))
                    .toList();
            if (!absent.isEmpty()) {
                var present = new ArrayList<>(
                        LIST.splitAsStream(written.setting().value().strip())
                                .map(PodChecks::unquoted)
                                .toList());
                present.removeAll(absent);
                var names = String.join(", ", absent);
                if (isOfficial()) {
                    problems.add(
                            written.subject(),
                            written.shown(),
                            "the official image has no library " + names + ": "
                                    + (name == ParameterName.SHARED_PRELOAD_LIBRARIES
                                            ? "no server would start"
                                            : "nobody could log in, or nothing would be archived"),
                            withAnImageThatHasIt(
                                    present.isEmpty()
                                            ? written.removal()
                                            : written.replacement(written.quoted(String.join(", ", present)))));
                } else {
                    warn(written, "the image must have the library " + names + "; the official one does not have it");
                }
            }
        });
    }

    /** Based on this image, so that data are not read by another version or on another Linux. */
    private String withAnImageThatHasIt(String removal) {
        return removal + "; or build an image on " + config.image() + " that has it: "
                + new ConfigCommand(StackConfig.NAMESPACE + ":", "image", false).set("<image>");
    }

    private static String unquoted(String name) {
        return name.replaceAll("^\"|\"$", "");
    }

    private boolean isInOfficialImage(ParameterName parameter, String library) {
        var name = library.replaceFirst("^\\$libdir/", "").replaceFirst("\\.so$", "");
        boolean local = parameter == ParameterName.LOCAL_PRELOAD_LIBRARIES || name.startsWith(PLUGINS);
        return !local && taken.catalog().hasLibrary(name);
    }

    private void locale(ParameterName name) {
        taken.get(name)
                .filter(written -> isOfficial()
                        && !OFFICIAL_LOCALES.contains(
                                normalized(written.setting().value())))
                .ifPresent(written -> problems.add(
                        written.subject(),
                        written.shown(),
                        "the official image has no such locale, only C, C.UTF-8, en_US.UTF-8 and POSIX: no server would"
                                + " start",
                        written.replacement("C.UTF-8")));
    }

    private static String normalized(String locale) {
        int dot = locale.indexOf('.');
        return dot < 0
                ? locale
                : locale.substring(0, dot)
                        + locale.substring(dot).replace("-", "").toLowerCase(Locale.ROOT);
    }

    private void logins() {
        refuse(
                ParameterName.UNIX_SOCKET_GROUP,
                value -> !GROUPS.contains(value.value()),
                "the server's user is in no such group, so no server would start");
        refuse(
                ParameterName.UNIX_SOCKET_PERMISSIONS,
                value -> (Integer.parseInt(value.canonical(), 8) & OWNER_MAY_CONNECT) == 0,
                "must let the server's own user connect (0700, for example): the probes do so");
        refuse(
                ParameterName.DB_USER_NAMESPACE,
                value -> value.canonical().equals("on"),
                "would turn postgres and replicator into other roles, and neither standbys nor Jobs could log in");
        for (var delay : List.of(ParameterName.PRE_AUTH_DELAY, ParameterName.POST_AUTH_DELAY)) {
            refuse(
                    delay,
                    value -> value.number() > 0,
                    "delays every login, also those of probes, Jobs and standbys, which do not wait that long");
        }
    }

    private void host() {
        refuse(
                ParameterName.HUGE_PAGES,
                value -> value.canonical().equals("on"),
                "the pods have no huge pages, so no server would start; with try it uses them if there are any");
        refuse(
                ParameterName.BONJOUR,
                value -> value.canonical().equals("on"),
                "no server for Linux is built with Bonjour, so none would start");
        refuse(
                ParameterName.MAX_STACK_DEPTH,
                value -> value.number() > STACK_BYTES,
                "a container's processes have a stack of 8 MB, of which PostgreSQL needs 512 kB free: no server would"
                        + " start");
    }

    private void archiver() {
        taken.get(ParameterName.ARCHIVE_COMMAND).filter(written -> isOfficial()).ifPresent(written -> {
            var command = written.setting().value();
            var program = ABSENT_PROGRAM.matcher(command);
            var target = TARGET.matcher(" " + command);
            if (program.find()) {
                cannotArchive(
                        written,
                        "the official image has no " + program.group(1),
                        withAnImageThatHasIt(written.removal()));
            } else if (target.find() && !WRITABLE.matcher(target.group(1)).matches()) {
                cannotArchive(
                        written,
                        "the file system of the pods is read-only, and they have no volume at " + target.group(1),
                        written.removal());
            }
        });
    }

    /** The mode goes with the command: without one nothing is archived either. */
    private void cannotArchive(WrittenSetting written, String reason, String fix) {
        var mode = taken.get(ParameterName.ARCHIVE_MODE)
                .map(other -> " and " + other.removal())
                .orElse("");
        problems.add(
                written.subject(),
                written.shown(),
                reason + ": nothing would be archived, and pg_wal would grow until its volume is full",
                fix.replaceFirst(
                        "^" + Pattern.quote(written.removal()), Matcher.quoteReplacement(written.removal() + mode)));
    }

    private void zone(ParameterName name) {
        taken.get(name)
                .filter(written ->
                        PLACE_OF_A_ZONE.matcher(written.setting().value()).matches())
                .filter(written -> !ZONES.contains(lowerCase(written.setting().value())))
                .ifPresent(written -> problems.add(
                        written.subject(),
                        written.shown(),
                        "is not a time zone that PostgreSQL knows: no server would start",
                        written.removal()));
    }

    private static String lowerCase(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    private boolean isOfficial() {
        return Image.isOfficial(config.image());
    }

    private void warn(WrittenSetting written, String reason) {
        problems.warn(written.subject(), written.shown(), reason, written.removal());
    }

    private void refuse(ParameterName name, Predicate<Setting> wrong, String reason) {
        taken.get(name)
                .filter(written -> wrong.test(written.setting()))
                .ifPresent(written -> problems.add(written.subject(), written.shown(), reason, written.removal()));
    }
}
