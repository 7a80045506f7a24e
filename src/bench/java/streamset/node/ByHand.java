package streamset.node;

import java.util.Map;

/** Base backups and restores as somebody makes them who knows pgBackRest, with the options that the cluster's configuration has. */
record ByHand(Archiving archive, Pod pod) {
    private static final String TOOL = """
            set -euo pipefail
            PGBACKREST_REPO1_S3_KEY=$(<"$BACKUP_SECRET/access-key-id")
            PGBACKREST_REPO1_S3_KEY_SECRET=$(<"$BACKUP_SECRET/secret-access-key")
            PGBACKREST_REPO1_CIPHER_PASS=$(<"$BACKUP_SECRET/cipher-passphrase")
            export PGBACKREST_REPO1_S3_KEY PGBACKREST_REPO1_S3_KEY_SECRET PGBACKREST_REPO1_CIPHER_PASS
            tool() { pgbackrest --config="$BACKUP_CONF" --stanza=postgresql "$@"; }
            """;
    private static final String BACKUP = TOOL + "tool --type=full backup\n";
    private static final String RESTORE = TOOL + """
            mkdir -m 700 "$PGDATA"
            tool --pg1-path="$PGDATA" --archive-mode=off --type=default restore
            echo 'local all all trust' >"$TMPDIR/hba"
            server() { pg_ctl -D "$PGDATA" -w -t 300 "$@" >"$TMPDIR/log"; }
            server -o "-c listen_addresses='' -c unix_socket_directories=$TMPDIR -c hba_file=$TMPDIR/hba -c hot_standby=off" start
            until [ "$(psql -XAtq -h "$TMPDIR" -U postgres -c 'SELECT pg_is_in_recovery()' postgres)" = f ]; do sleep 0.1; done
            server -m fast stop
            """;

    static ByHand of(Pods pods, Archiving archive, Pod pod) {
        pods.addScript("by-hand-backup.sh", BACKUP);
        pods.addScript("by-hand-restore.sh", RESTORE);
        return new ByHand(archive, pod);
    }

    void backup() {
        archive.run("by-hand-backup.sh", pod, Map.of()).mustSucceed(ArchivedPair.LIMIT);
    }

    /** To all that the archive has, until the server could be used. */
    void restore() {
        archive.run("by-hand-restore.sh", pod, Map.of()).mustSucceed(ArchivedPair.LIMIT);
    }
}
