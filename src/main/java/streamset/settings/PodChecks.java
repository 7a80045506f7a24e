package streamset.settings;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import streamset.catalog.ParameterName;
import streamset.config.Image;
import streamset.config.Keys;
import streamset.config.StackConfig;
import streamset.problems.Problems;

/**
 * Values that PostgreSQL accepts but that need what a pod does not have, whatever its image: no server would start, or nobody
 * could log in.
 *
 * @param taken the written settings that the servers accept
 */
record PodChecks(WrittenSettings taken, StackConfig config, Problems problems) {
    private static final Pattern LIST = Pattern.compile("\\s*,\\s*");
    private static final Set<String> ALL_ADDRESSES = Set.of("*", "0.0.0.0", "::");
    private static final Set<String> GROUPS = Set.of("", "postgres");
    private static final int OWNER_MAY_CONNECT = 0200; // write permission, which connecting to a socket needs
    private static final double STACK_BYTES =
            (8 * 1024 - 512) * 1024.0; // 8 MB without the part that PostgreSQL leaves free
    private static final Pattern FOLDER_IN_PODS =
            Pattern.compile("[^/].*|/(?:tmp|dev/shm|var/run/postgresql|run/postgresql)/?");

    void check() {
        addresses();
        certificates();
        logins();
        host();
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
                    if (inTheImage && !Image.isOfficial(config.image())) {
                        problems.warn(
                                written.subject(),
                                written.shown(),
                                "the certificate and its key must be in the image, readable only by its user",
                                written.removal());
                    } else {
                        problems.add(
                                written.subject(),
                                written.shown(),
                                "the pods have no certificate, so no server would start",
                                written.removal() + "; for TLS, with a Secret: "
                                        + new Keys(problems).set("tls.secretName", "postgresql-tls"));
                    }
                });
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
                "the pods have no huge pages without streamset:resources.hugePages, so no server would start; with try or off it"
                        + " takes normal pages");
        taken.get(ParameterName.IO_METHOD)
                .filter(written -> written.canonical().equals("io_uring"))
                .ifPresent(written -> problems.add(
                        written.subject(),
                        written.shown(),
                        "the pods run with their runtime's default seccomp profile, and most of these forbid io_uring, so no"
                                + " server would start; nor was it measured how much of the container's memory its queues use",
                        written.replacement("worker")));
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

    private void refuse(ParameterName name, Predicate<Setting> wrong, String reason) {
        taken.get(name)
                .filter(written -> wrong.test(written.setting()))
                .ifPresent(written -> problems.add(written.subject(), written.shown(), reason, written.removal()));
    }
}
