package streamset.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import streamset.conf.SourceFile;
import streamset.conf.hba.HbaFile;
import streamset.problems.Problems;

/** One pod of the StatefulSet: its volume, its copy of the conf files, and its containers. */
final class Pod {
    /** All that makes a server write down statements. */
    static final String LOG_EVERYTHING = """
            log_statement = all
            log_min_duration_statement = 0
            log_min_error_statement = debug5
            log_min_messages = debug2
            debug_print_parse = on
            """;

    /** Of the template of the pods. */
    static final String FIRST_DIGEST = "0123456789abcdef";

    final String name;
    final String host;
    final String address;

    /** The volume's mount point. */
    final Path volume;

    /** PGDATA. */
    final Path data;

    /** The mount point of the volume for WAL, where there is one. */
    final Path walVolume;

    /** Where its WAL lies then. */
    final Path wal;

    /** The mount point of the conf files' ConfigMap. */
    final Path conf;

    /** The folder of the conf files that the server reads; the pod's own. */
    final Path etc;

    /** The pod's folder for sockets. */
    final Path run;

    private final Pods pods;
    private final Path folder;
    private String moreHba = "";
    private String moreConf = "";
    private String revision = Pods.FIRST_REVISION;
    private int segmentMegabytes = 16; // initdb's default
    private boolean withWalVolume;
    private boolean hasDatabases;
    private boolean forPatroni;
    private boolean requiresTls;
    private boolean requiresClientCertificates;
    private boolean hasMetrics;
    private boolean isArchived;
    private int queue;
    private String digest = FIRST_DIGEST;

    Pod(Pods pods, Path folder, int ordinal) {
        this.pods = pods;
        this.folder = folder;
        this.name = "db-" + ordinal;
        this.host = name + ".db-svc";
        this.address = "127.0.1." + (ordinal + 1);
        this.volume = folder.resolve("volume");
        this.data = volume.resolve("pgdata");
        this.walVolume = folder.resolve("wal");
        this.wal = walVolume.resolve("pg_wal");
        this.conf = folder.resolve("conf");
        this.etc = folder.resolve("etc");
        this.run = folder.resolve("run");
        pods.makeWritable(volume);
        pods.makeWritable(run);
        pods.makeWritable(folder.resolve("tmp"));
        pods.makeWritable(etc);
        writeConf();
    }

    Path folder() {
        return folder;
    }

    /** Lines for the end of postgresql.conf, where they win. */
    Pod conf(String lines) {
        moreConf = lines;
        writeConf();
        return this;
    }

    /** Lines of pg_hba.conf behind the cluster's own, which are all that lets the scripts in. */
    Pod hba(String lines) {
        moreHba = lines;
        writeConf();
        return this;
    }

    /** From now on with the access that the Job for databases needs. */
    Pod withDatabases() {
        hasDatabases = true;
        writeConf();
        return this;
    }

    /** From now on with an exporter of metrics, which {@link Exporting} runs. */
    Pod withMetrics() {
        hasMetrics = true;
        writeConf();
        pods.makeWritable(passwordOfMetrics().getParent());
        return this;
    }

    /** The file with the password of the exporter. */
    Path passwordOfMetrics() {
        return folder.resolve("metrics").resolve("password");
    }

    /** From now on its WAL is archived, by {@link Archiving}: so many segments may wait. */
    Pod archived(int segments) {
        isArchived = true;
        pods.makeWritable(spool());
        queue = segments;
        return conf(archiveConf());
    }

    /** The lines of postgresql.conf that say so. */
    String archiveConf() {
        var command =
                "bash " + pods.folder().resolve("scripts/backup/archive.sh") + " \"%p\" " + queue + " # pgbackrest";
        return "archive_mode = on\narchive_command = '" + command + "'\narchive_timeout = 60";
    }

    /** The folder that its server shares with the archiver. */
    Path spool() {
        return folder.resolve("archive");
    }

    /** From now on with the access that Patroni needs to the server of its own pod. */
    Pod forPatroni() {
        forPatroni = true;
        writeConf();
        return this;
    }

    /** The files as the kubelet brings them: both in one step. */
    Pod revision(String value) {
        revision = value;
        writeConf();
        return this;
    }

    private void writeConf() {
        // all servers share the machine's loopback, so every pod comes from localhost
        var hba = moreHba + "\nhost all guest all scram-sha-256\nlocal all,replication all reject\n"
                + "host all,replication all all reject\n";
        Machine.write(conf.resolve("pg_hba.conf"), rendered(hba));
        Machine.write(
                conf.resolve("postgresql.conf"),
                Machine.read(Path.of("src/main/postgresql/postgresql.conf"))
                        + "\nlisten_addresses = '" + address + "'"
                        + "\nport = " + pods.port()
                        + "\nunix_socket_directories = '" + run + "'"
                        + "\nhba_file = '" + etc.resolve("pg_hba.conf") + "'"
                        + "\nfsync = off" // nothing here survives the machine
                        + "\nwal_retrieve_retry_interval = 100ms" // else a standby takes 5 s to try again
                        + "\nstreamset.revision = '" + revision + "'  # as the program writes it\n" + moreConf + "\n");
    }

    private String rendered(String hba) {
        var file = HbaFile.parse(new SourceFile("pg_hba.conf", hba), 15, new Problems());
        var administered = hasDatabases ? file.toEveryDatabase() : file;
        var measured = hasMetrics ? administered.withMetrics() : administered;
        var encrypted = requiresTls ? measured.requiringTls() : measured;
        var served = requiresClientCertificates ? encrypted.requiringClientCertificates() : encrypted;
        return forPatroni ? served.renderForPatroni(List.of("localhost")) : served.render(List.of("localhost"));
    }

    /** The server serves the certificate that the scripts have adopted. */
    Pod serveTls() {
        var adopted = volume.resolve("tls/current");
        return conf("ssl = on\nssl_cert_file = '" + adopted.resolve("tls.crt") + "'\nssl_key_file = '"
                + adopted.resolve("tls.key") + "'\nssl_ca_file = '" + adopted.resolve("ca.crt")
                + "'\nssl_min_protocol_version = 'TLSv1.3'");
    }

    /** And lets nobody in without it. */
    Pod requireTls() {
        requiresTls = true;
        return serveTls();
    }

    /** Whether it lets replicator in with a certificate alone. */
    Pod requireClientCertificates(boolean required) {
        requiresClientCertificates = required;
        return serveTls();
    }

    /** Declares a volume for WAL; a new one has what every file system's root has. */
    Pod withWalVolume() {
        withWalVolume = true;
        pods.makeWritable(walVolume.resolve("lost+found"));
        Machine.give(walVolume);
        return this;
    }

    /** Declares none again; the volume stays, but is not mounted. */
    Pod withoutWalVolume() {
        withWalVolume = false;
        Machine.run("mv", walVolume.toString(), walVolume + ".unmounted");
        return this;
    }

    /** Declares the size of WAL segments. */
    Pod segmentMegabytes(int megabytes) {
        segmentMegabytes = megabytes;
        return this;
    }

    /** The init container of a recreated pod: only its volumes remain. */
    Container init() {
        recreated();
        return script("init.sh");
    }

    /** What the volumes of the pod itself had is gone. */
    void recreated() {
        digest = pods.podDigest();
        Machine.run(
                "rm",
                "-f",
                etc.resolve("postgresql.conf").toString(),
                etc.resolve("pg_hba.conf").toString(),
                run.resolve("streamset.topology").toString(),
                run.resolve("streamset.waits").toString(),
                run.resolve("streamset.conf").toString());
    }

    /** The main container, when its server accepts connections. */
    Container start() {
        var server = startWithoutWaiting();
        Await.until(
                "the server of " + name + " accepts connections",
                () -> {
                    if (!server.isRunning()) {
                        throw new AssertionError("the server of " + name + " ended:\n" + server.output());
                    }
                    return server.output().contains("ready to accept");
                },
                server::output);
        return server;
    }

    Container startWithoutWaiting() {
        return script("start.sh");
    }

    /** Both containers, one after the other, as the kubelet runs them. */
    Container initAndStart() {
        init().mustSucceed();
        return start();
    }

    /** A script in this pod. */
    Container script(String script) {
        return script(script, Map.of());
    }

    /** The same with more variables in its environment. */
    Container script(String script, Map<String, String> more) {
        var environment = new HashMap<>(Map.of(
                "PGDATA", data.toString(),
                "WAL_SEGMENT_MEGABYTES", Integer.toString(segmentMegabytes),
                "POD_DIGEST", digest));
        if (hasMetrics) {
            environment.put("METRICS_PASSWORD", passwordOfMetrics().toString());
            environment.put("STREAMSET_LOOPBACK", address);
        }
        if (isArchived) {
            environment.put("ARCHIVE_SPOOL", spool().toString());
        }
        if (withWalVolume) {
            environment.put("WALDIR", wal.toString());
        }
        environment.putAll(more);
        return pods.run(script, name, folder, environment);
    }

    /** The Job that checks conf files, with this pod's: the candidate is mounted where servers look for their files. */
    Container check() {
        Machine.run("cp", "-r", conf + "/.", etc.toString());
        return pods.run(
                "jobs/check.sh",
                "check",
                folder,
                Map.of(
                        "PGDATA", data.toString(),
                        "WAL_SEGMENT_MEGABYTES", "16",
                        "STREAMSET_CANDIDATE", etc.toString()));
    }

    /** Its volume gets the data of a primary that was started once and shut down. */
    Pod withDataOfAPrimary() {
        Machine.run("cp", "-a", Template.data().toString(), data.toString());
        return this;
    }

    /** The first column of the first row; as superuser, over TCP, with the declared password. */
    String ask(String sql) {
        try (var connection = connect("postgres", pods.password("postgres"));
                var statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return "";
            }
            try (var rows = statement.getResultSet()) {
                return rows.next() ? rows.getString(1) : "";
            }
        } catch (SQLException e) {
            throw new AssertionError(name + ", " + sql + ": " + e.getMessage(), e);
        }
    }

    /** Also of a server that starts meanwhile. */
    void awaitAnswer(String sql, String answer) {
        Await.until(
                name + " answers " + sql + " with " + answer,
                () -> answer.equals(answerOrError(sql)),
                () -> "but " + answerOrError(sql));
    }

    /** Until its node has made the role with which nodes query each other, which it does beside what tests look at. */
    void awaitNodeRole() {
        awaitAnswer("SELECT obj_description(to_regnamespace('streamset'), 'pg_namespace') IS NOT NULL", "t");
    }

    /** Whether its server lets anybody in. */
    boolean answers() {
        try (var connection = connect("postgres", pods.password("postgres"))) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    private String answerOrError(String sql) {
        try {
            return ask(sql);
        } catch (AssertionError e) {
            return e.getMessage();
        }
    }

    void awaitStandby(Pod standby) {
        // a clone that is being made streams too, but replays nothing
        var sql = "SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming' AND replay_lsn IS NOT NULL"
                + " AND application_name = '" + standby.name + "'";
        Await.until(
                standby.name + " streams from " + name,
                () -> "1".equals(answerOrError(sql)),
                () -> pods.latest(standby).output());
    }

    Connection connect(String user, String password) throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("options", pods.programs().sessionOptions(user.equals("postgres")));
        if (user.equals("replicator")) { // who gets in for replication only
            properties.setProperty("replication", "true");
            properties.setProperty("preferQueryMode", "simple");
            properties.setProperty("assumeMinServerVersion", "14");
        }
        return DriverManager.getConnection(
                "jdbc:postgresql://" + address + ":" + pods.port() + "/postgres", properties);
    }

    boolean accepts(String user, String password) {
        try (var connection = connect(user, password)) {
            return connection.isValid(1);
        } catch (SQLException e) {
            if (e.getSQLState().startsWith("28")) { // wrong password, or pg_hba.conf
                return false;
            }
            throw new AssertionError(name + ": " + e.getMessage(), e);
        }
    }

    /** What pg_controldata tells under this label. */
    String controlData(String label) {
        return Machine.run(pods.programs().path("pg_controldata"), data.toString())
                .lines()
                .filter(line -> line.startsWith(label + ":"))
                .map(line -> line.substring(label.length() + 1).strip())
                .findFirst()
                .orElseThrow();
    }

    /** Another value means that the file was recreated. */
    Object identityOf(String file) {
        try {
            return Files.getAttribute(data.resolve(file), "unix:ino");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
