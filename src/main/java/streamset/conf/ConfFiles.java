package streamset.conf;

import java.nio.charset.StandardCharsets;
import streamset.config.Digest;
import streamset.problems.Problems;

/**
 * The two files that the servers read.
 *
 * @param revision changes with every change of either file; the servers show it as {@value #REVISION}, which proves that they
 *     have reloaded
 */
public record ConfFiles(String postgresqlConf, String pgHbaConf, String revision) {
    /** The name of this file, and its key in the ConfigMap. */
    public static final String POSTGRESQL_CONF = "postgresql.conf";

    /** The name of this file, and its key in the ConfigMap. */
    public static final String PG_HBA_CONF = "pg_hba.conf";

    /** The folder of the two files in the pods. */
    public static final String DIRECTORY = "/etc/postgresql";

    /** The parameter in postgresql.conf with the revision. */
    public static final String REVISION = "streamset.revision";

    private static final int CONFIG_MAP_LIMIT_BYTES = 1 << 20; // of the API server, over all keys

    /** Adds the revision to complete files. */
    public static ConfFiles of(String postgresqlConf, String pgHbaConf, Problems problems) {
        var revision = Digest.of(postgresqlConf, pgHbaConf);
        var line = new AddedLine(REVISION, revision, "of both files").text() + "\n";
        var files = new ConfFiles(postgresqlConf + line, pgHbaConf, revision);
        files.checkSize(problems);
        return files;
    }

    private void checkSize(Problems problems) {
        int bytes = postgresqlConf.getBytes(StandardCharsets.UTF_8).length
                + pgHbaConf.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > CONFIG_MAP_LIMIT_BYTES) {
            problems.add(
                    "ConfigMap",
                    bytes + " bytes",
                    "postgresql.conf and pg_hba.conf together must have at most " + CONFIG_MAP_LIMIT_BYTES + " bytes",
                    "shorten the files; comments count");
        }
    }
}
