package streamset.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import streamset.conf.ConfFiles;
import streamset.units.ByteSize;

/**
 * A new database with WAL at a place of its own.
 *
 * @param programs of its version of PostgreSQL
 * @param data the data directory
 * @param folder where its conf files and logs go
 */
record Database(Path programs, Path data, Path folder) {
    static final String SIGNAL = "QUIT"; // its immediate shutdown: its data are deleted

    /** Makes the database as the init container does. */
    void initialize(Path pgWal, ByteSize segmentSize) {
        Command.run(Command.asServerUser(
                SIGNAL,
                programs.resolve("initdb").toString(),
                "--pgdata=" + data,
                "--waldir=" + pgWal,
                "--wal-segsize=" + segmentSize.megabytes(),
                "--username=postgres",
                "--auth=trust",
                "--encoding=UTF8",
                "--no-locale"));
    }

    /**
     * Starts the server with the files of a stack.
     *
     * @param forced settings that overrule the files
     */
    Process start(ConfFiles files, int port, List<String> forced) throws IOException {
        var conf = folder.resolve("postgresql.conf");
        Files.writeString(conf, files.postgresqlConf().replace(ConfFiles.DIRECTORY + "/", folder + "/"));
        // the load comes over TCP, and its login is nothing to be measured
        Files.writeString(
                folder.resolve("pg_hba.conf"), "host postgres postgres 127.0.0.1/32 trust\n" + files.pgHbaConf());
        var settings = new ArrayList<>(List.of("config_file=" + conf, "port=" + port, "unix_socket_directories="));
        settings.addAll(forced);
        var command = new ArrayList<>(List.of(programs.resolve("postgres").toString(), "-D", data.toString()));
        settings.forEach(setting -> command.addAll(List.of("-c", setting)));
        return Command.start(log(), Command.asServerUser(SIGNAL, command.toArray(String[]::new)));
    }

    Path log() {
        return folder.resolve("server.log");
    }
}
